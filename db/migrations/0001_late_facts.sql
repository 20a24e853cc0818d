CREATE TABLE `calendar_decisions` (
	`id` integer PRIMARY KEY NOT NULL,
	`title` text NOT NULL,
	`document` text NOT NULL,
	`calendar_version_id` integer NOT NULL,
	`recorded_at` integer NOT NULL,
	`actor_id` integer,
	`undone_at` integer,
	`undone_by` integer,
	`undone_version_id` integer,
	FOREIGN KEY (`calendar_version_id`) REFERENCES `calendar_versions`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`actor_id`) REFERENCES `officers`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`undone_by`) REFERENCES `officers`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`undone_version_id`) REFERENCES `calendar_versions`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `calendar_moves` (
	`decision_id` integer NOT NULL,
	`dossier_id` integer NOT NULL,
	`due_before` integer NOT NULL,
	`due_after` integer NOT NULL,
	`appointment_before` integer,
	`appointment_after` integer,
	`late_before` text,
	`late_after` text,
	`undo` text DEFAULT 'none' NOT NULL,
	PRIMARY KEY(`decision_id`, `dossier_id`),
	FOREIGN KEY (`decision_id`) REFERENCES `calendar_decisions`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`dossier_id`) REFERENCES `dossiers`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `calendar_moves_dossier` ON `calendar_moves` (`dossier_id`);--> statement-breakpoint
CREATE TABLE `reorganisations` (
	`id` integer PRIMARY KEY NOT NULL,
	`on_day` text NOT NULL,
	`document` text NOT NULL,
	`title` text NOT NULL,
	`plan` text NOT NULL,
	`recorded_at` integer NOT NULL,
	`actor_id` integer,
	`applied_at` integer,
	`moved_dossiers` integer,
	FOREIGN KEY (`actor_id`) REFERENCES `officers`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `reorganisations_document` ON `reorganisations` (`document`,`on_day`);--> statement-breakpoint
CREATE TABLE `correction_requests` (
	`id` integer PRIMARY KEY NOT NULL,
	`dossier_id` integer,
	`unit_id` integer NOT NULL,
	`act` text NOT NULL,
	`day` text NOT NULL,
	`request` blob,
	`reason` text NOT NULL,
	`requested_by` integer,
	`requested_at` integer NOT NULL,
	`status` text NOT NULL,
	`decided_by` integer,
	`decided_at` integer,
	`decision_note` text,
	`event_id` integer,
	FOREIGN KEY (`dossier_id`) REFERENCES `dossiers`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`requested_by`) REFERENCES `officers`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`decided_by`) REFERENCES `officers`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`event_id`) REFERENCES `events`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `correction_requests_waiting` ON `correction_requests` (`unit_id`,`requested_at`) WHERE status = 'waiting';--> statement-breakpoint
CREATE INDEX `correction_requests_dossier` ON `correction_requests` (`dossier_id`);--> statement-breakpoint
CREATE INDEX `correction_requests_event` ON `correction_requests` (`event_id`);--> statement-breakpoint
CREATE TABLE `emergency_slips` (
	`id` integer PRIMARY KEY NOT NULL,
	`unit_id` integer NOT NULL,
	`number` text NOT NULL,
	`printed_at` integer NOT NULL,
	`printed_by` integer,
	`dossier_id` integer,
	`entered_at` integer,
	`cancelled_at` integer,
	`cancel_reason` text,
	FOREIGN KEY (`unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`printed_by`) REFERENCES `officers`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`dossier_id`) REFERENCES `dossiers`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `emergency_slips_number_unique` ON `emergency_slips` (`number`);--> statement-breakpoint
CREATE INDEX `emergency_slips_unit` ON `emergency_slips` (`unit_id`,`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `emergency_slips_dossier` ON `emergency_slips` (`dossier_id`);--> statement-breakpoint
CREATE TABLE `outages` (
	`id` integer PRIMARY KEY NOT NULL,
	`unit_id` integer NOT NULL,
	`from_at` integer NOT NULL,
	`to_at` integer,
	`reason` text NOT NULL,
	`declared_by` integer,
	`declared_at` integer NOT NULL,
	FOREIGN KEY (`unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`declared_by`) REFERENCES `officers`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `outages_unit` ON `outages` (`unit_id`,`from_at`);--> statement-breakpoint
CREATE TABLE `late_changes` (
	`id` integer PRIMARY KEY NOT NULL,
	`event_id` integer NOT NULL,
	`day` text NOT NULL,
	`unit_id` integer NOT NULL,
	`receiving_unit_id` integer NOT NULL,
	`procedure_id` integer NOT NULL,
	`channel` integer NOT NULL,
	`officer_id` integer NOT NULL,
	`flow` text NOT NULL,
	`n` integer NOT NULL,
	FOREIGN KEY (`event_id`) REFERENCES `events`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `late_changes_unit` ON `late_changes` (`unit_id`,`day`);--> statement-breakpoint
CREATE INDEX `late_changes_event` ON `late_changes` (`event_id`);--> statement-breakpoint
CREATE TABLE `documents` (
	`id` integer PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`subject` text NOT NULL,
	`version` integer NOT NULL,
	`dossier_id` integer,
	`dossier_version` integer,
	`template` text NOT NULL,
	`media_type` text NOT NULL,
	`sha256` text NOT NULL,
	`bytes` integer NOT NULL,
	`issued_at` integer NOT NULL,
	`issued_by` integer,
	`voided_at` integer,
	`void_cause` text,
	FOREIGN KEY (`dossier_id`) REFERENCES `dossiers`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`issued_by`) REFERENCES `officers`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `documents_version` ON `documents` (`kind`,`subject`,`version`);--> statement-breakpoint
CREATE INDEX `documents_dossier` ON `documents` (`dossier_id`);--> statement-breakpoint
CREATE INDEX `documents_hash` ON `documents` (`sha256`);--> statement-breakpoint
CREATE TABLE `dossier_units` (
	`dossier_id` integer NOT NULL,
	`from_on` text NOT NULL,
	`to_on` text NOT NULL,
	`unit_id` integer NOT NULL,
	`receiving_unit_id` integer NOT NULL,
	PRIMARY KEY(`dossier_id`, `from_on`),
	FOREIGN KEY (`dossier_id`) REFERENCES `dossiers`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`receiving_unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `dossier_units_unit` ON `dossier_units` (`unit_id`);--> statement-breakpoint
CREATE INDEX `dossier_units_receiving` ON `dossier_units` (`receiving_unit_id`);--> statement-breakpoint
ALTER TABLE `snapshots` ADD `kind` text DEFAULT 'full' NOT NULL;--> statement-breakpoint
ALTER TABLE `snapshots` ADD `through_change` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `dossiers` ADD `unit_since` text;--> statement-breakpoint
ALTER TABLE `dossiers` ADD `end_entered_late` integer DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX `dossiers_late` ON `dossiers` (`unit_id`,`late_on`) WHERE late_on is not null;--> statement-breakpoint
CREATE INDEX `dossiers_moved` ON `dossiers` (`unit_since`) WHERE unit_since is not null;--> statement-breakpoint
CREATE INDEX `periods_closed` ON `periods` (`to_on`) WHERE closed_at is not null;