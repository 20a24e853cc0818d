CREATE TABLE `calendar_days` (
	`id` integer PRIMARY KEY NOT NULL,
	`date` text NOT NULL,
	`unit_id` integer,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`document` text,
	`provisional` integer NOT NULL,
	`added_in` integer NOT NULL,
	`removed_in` integer,
	FOREIGN KEY (`unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`added_in`) REFERENCES `calendar_versions`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`removed_in`) REFERENCES `calendar_versions`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `calendar_days_date` ON `calendar_days` (`date`);--> statement-breakpoint
CREATE TABLE `calendar_versions` (
	`id` integer PRIMARY KEY NOT NULL,
	`label` text NOT NULL,
	`document` text NOT NULL,
	`decided_through` integer NOT NULL,
	`recorded_at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `calendar_versions_label_unique` ON `calendar_versions` (`label`);--> statement-breakpoint
CREATE TABLE `fields` (
	`id` integer PRIMARY KEY NOT NULL,
	`slug` text NOT NULL,
	`name` text NOT NULL,
	`code` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `fields_slug_unique` ON `fields` (`slug`);--> statement-breakpoint
CREATE TABLE `memberships` (
	`id` integer PRIMARY KEY NOT NULL,
	`officer_id` integer NOT NULL,
	`unit_id` integer NOT NULL,
	`role` text NOT NULL,
	`title` text NOT NULL,
	`valid_from` text NOT NULL,
	`valid_to` text,
	`field_slugs` text NOT NULL,
	FOREIGN KEY (`officer_id`) REFERENCES `officers`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `memberships_officer` ON `memberships` (`officer_id`);--> statement-breakpoint
CREATE INDEX `memberships_unit` ON `memberships` (`unit_id`);--> statement-breakpoint
CREATE TABLE `office_hours` (
	`id` integer PRIMARY KEY NOT NULL,
	`unit_id` integer,
	`valid_from` text NOT NULL,
	`week` text NOT NULL,
	`reception` text,
	FOREIGN KEY (`unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `officers` (
	`id` integer PRIMARY KEY NOT NULL,
	`key` text NOT NULL,
	`name` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `officers_key_unique` ON `officers` (`key`);--> statement-breakpoint
CREATE TABLE `procedure_components` (
	`id` integer PRIMARY KEY NOT NULL,
	`procedure_version_id` integer NOT NULL,
	`position` integer NOT NULL,
	`name` text NOT NULL,
	`original` integer NOT NULL,
	`copies` integer NOT NULL,
	`required` integer NOT NULL,
	FOREIGN KEY (`procedure_version_id`) REFERENCES `procedure_versions`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `procedure_components_position` ON `procedure_components` (`procedure_version_id`,`position`);--> statement-breakpoint
CREATE TABLE `procedure_steps` (
	`id` integer PRIMARY KEY NOT NULL,
	`procedure_version_id` integer NOT NULL,
	`position` integer NOT NULL,
	`name` text NOT NULL,
	`actor` text NOT NULL,
	`limit_text` text,
	FOREIGN KEY (`procedure_version_id`) REFERENCES `procedure_versions`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `procedure_steps_position` ON `procedure_steps` (`procedure_version_id`,`position`);--> statement-breakpoint
CREATE TABLE `procedure_versions` (
	`id` integer PRIMARY KEY NOT NULL,
	`procedure_id` integer NOT NULL,
	`valid_from` text NOT NULL,
	`valid_to` text,
	`limit_text` text NOT NULL,
	`cutoff_minute` integer,
	`mode` text NOT NULL,
	`lateness` text NOT NULL,
	`online_level` integer,
	`online_mode` text,
	`fee` integer NOT NULL,
	`fee_note` text,
	`instant` integer NOT NULL,
	`supplement_policy` text NOT NULL,
	`payment_policy` text NOT NULL,
	`verification_policy` text NOT NULL,
	`consultation_policy` text NOT NULL,
	`extension_days` integer,
	`publication_decision` text,
	`verified` integer NOT NULL,
	`source` text NOT NULL,
	FOREIGN KEY (`procedure_id`) REFERENCES `procedures`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `procedure_versions_from` ON `procedure_versions` (`procedure_id`,`valid_from`);--> statement-breakpoint
CREATE TABLE `procedures` (
	`id` integer PRIMARY KEY NOT NULL,
	`code` text NOT NULL,
	`name` text NOT NULL,
	`field_id` integer NOT NULL,
	`level` text NOT NULL,
	`inter_agency` integer NOT NULL,
	`resolver_unit_id` integer,
	FOREIGN KEY (`field_id`) REFERENCES `fields`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`resolver_unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `procedures_code_unique` ON `procedures` (`code`);--> statement-breakpoint
CREATE TABLE `rate_variants` (
	`code` text PRIMARY KEY NOT NULL,
	`position` integer NOT NULL,
	`definition` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `regimes` (
	`id` integer PRIMARY KEY NOT NULL,
	`key` text NOT NULL,
	`name` text NOT NULL,
	`valid_from` text NOT NULL,
	`valid_to` text,
	`supplement_expiry_days` integer,
	`supplement_expiry_verified` integer NOT NULL,
	`channel_labels` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `regimes_key_unique` ON `regimes` (`key`);--> statement-breakpoint
CREATE TABLE `settings` (
	`key` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `unit_lineage` (
	`id` integer PRIMARY KEY NOT NULL,
	`from_unit_id` integer NOT NULL,
	`to_unit_id` integer NOT NULL,
	`kind` text NOT NULL,
	`on_day` text NOT NULL,
	`document` text NOT NULL,
	`share` real,
	FOREIGN KEY (`from_unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`to_unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `unit_versions` (
	`id` integer PRIMARY KEY NOT NULL,
	`unit_id` integer NOT NULL,
	`name` text NOT NULL,
	`short_name` text NOT NULL,
	`level` text NOT NULL,
	`gso_code` text,
	`agency_code` text NOT NULL,
	`code_format` text NOT NULL,
	`parent_unit_id` integer,
	`valid_from` text NOT NULL,
	`valid_to` text,
	`document` text,
	FOREIGN KEY (`unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`parent_unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `unit_versions_from` ON `unit_versions` (`unit_id`,`valid_from`);--> statement-breakpoint
CREATE TABLE `units` (
	`id` integer PRIMARY KEY NOT NULL,
	`key` text NOT NULL,
	`kind` text NOT NULL,
	`vertical` integer NOT NULL,
	`receiving_shop_id` integer,
	FOREIGN KEY (`receiving_shop_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `units_key_unique` ON `units` (`key`);--> statement-breakpoint
CREATE TABLE `day_cells` (
	`day` text NOT NULL,
	`unit_id` integer NOT NULL,
	`receiving_unit_id` integer NOT NULL,
	`procedure_id` integer NOT NULL,
	`channel` integer NOT NULL,
	`officer_id` integer NOT NULL,
	`received` integer DEFAULT 0 NOT NULL,
	`eligible` integer DEFAULT 0 NOT NULL,
	`assisted` integer DEFAULT 0 NOT NULL,
	`digitised` integer DEFAULT 0 NOT NULL,
	`fee_due` integer DEFAULT 0 NOT NULL,
	`paid_online` integer DEFAULT 0 NOT NULL,
	`entered_late` integer DEFAULT 0 NOT NULL,
	`multi_supplement` integer DEFAULT 0 NOT NULL,
	`early` integer DEFAULT 0 NOT NULL,
	`on_time` integer DEFAULT 0 NOT NULL,
	`late` integer DEFAULT 0 NOT NULL,
	`refused` integer DEFAULT 0 NOT NULL,
	`e_result` integer DEFAULT 0 NOT NULL,
	`withdrawn_in_time` integer DEFAULT 0 NOT NULL,
	`withdrawn_late` integer DEFAULT 0 NOT NULL,
	`stopped_in_time` integer DEFAULT 0 NOT NULL,
	`stopped_late` integer DEFAULT 0 NOT NULL,
	`not_accepted` integer DEFAULT 0 NOT NULL,
	`supplements` integer DEFAULT 0 NOT NULL,
	`receipts_in_time` integer DEFAULT 0 NOT NULL,
	`late_receipts` integer DEFAULT 0 NOT NULL,
	`due` integer DEFAULT 0 NOT NULL,
	`due_met` integer DEFAULT 0 NOT NULL,
	`became_late` integer DEFAULT 0 NOT NULL,
	`apologised` integer DEFAULT 0 NOT NULL,
	`overdue_delta` integer DEFAULT 0 NOT NULL,
	`transferred_in` integer DEFAULT 0 NOT NULL,
	`transferred_out` integer DEFAULT 0 NOT NULL,
	`handed_in` integer DEFAULT 0 NOT NULL,
	`handed_out` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`day`, `unit_id`, `receiving_unit_id`, `procedure_id`, `channel`, `officer_id`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `day_cells_unit` ON `day_cells` (`unit_id`,`day`);--> statement-breakpoint
CREATE INDEX `day_cells_receiving` ON `day_cells` (`receiving_unit_id`,`day`);--> statement-breakpoint
CREATE TABLE `formulas` (
	`version` text PRIMARY KEY NOT NULL,
	`variants` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `periods` (
	`key` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`scheme` text NOT NULL,
	`from_on` text NOT NULL,
	`to_on` text NOT NULL,
	`label` text NOT NULL,
	`closed_at` integer
) STRICT;
--> statement-breakpoint
CREATE INDEX `periods_anchor` ON `periods` (`to_on`) WHERE kind = 'month' and scheme = 'calendar' and closed_at is not null;--> statement-breakpoint
CREATE TABLE `snapshots` (
	`id` integer PRIMARY KEY NOT NULL,
	`period_key` text NOT NULL,
	`unit_id` integer NOT NULL,
	`revision` integer NOT NULL,
	`closed_at` integer NOT NULL,
	`taken_at` integer NOT NULL,
	`formula_version` text NOT NULL,
	`calendar_version` text NOT NULL,
	`figures` text NOT NULL,
	`breakdown` text NOT NULL,
	`hash` text NOT NULL,
	`cause` text,
	FOREIGN KEY (`period_key`) REFERENCES `periods`(`key`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `snapshots_revision` ON `snapshots` (`period_key`,`unit_id`,`revision`);--> statement-breakpoint
CREATE TABLE `stock_anchors` (
	`day` text NOT NULL,
	`unit_id` integer NOT NULL,
	`receiving_unit_id` integer NOT NULL,
	`procedure_id` integer NOT NULL,
	`channel` integer NOT NULL,
	`officer_id` integer NOT NULL,
	`open` integer NOT NULL,
	`overdue` integer NOT NULL,
	PRIMARY KEY(`day`, `unit_id`, `receiving_unit_id`, `procedure_id`, `channel`, `officer_id`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `stock_anchors_unit` ON `stock_anchors` (`unit_id`);--> statement-breakpoint
CREATE TABLE `stocks` (
	`unit_id` integer NOT NULL,
	`receiving_unit_id` integer NOT NULL,
	`procedure_id` integer NOT NULL,
	`channel` integer NOT NULL,
	`officer_id` integer NOT NULL,
	`open` integer NOT NULL,
	`overdue` integer NOT NULL,
	PRIMARY KEY(`unit_id`, `receiving_unit_id`, `procedure_id`, `channel`, `officer_id`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `code_sequences` (
	`agency_code` text NOT NULL,
	`day` text NOT NULL,
	`last` integer NOT NULL,
	PRIMARY KEY(`agency_code`, `day`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `dossier_papers` (
	`dossier_id` integer NOT NULL,
	`position` integer NOT NULL,
	`name` text NOT NULL,
	`form` text NOT NULL,
	`copies` integer NOT NULL,
	`digitised` integer NOT NULL,
	PRIMARY KEY(`dossier_id`, `position`),
	FOREIGN KEY (`dossier_id`) REFERENCES `dossiers`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `dossier_stays` (
	`dossier_id` integer NOT NULL,
	`from_on` text NOT NULL,
	`officer_id` integer NOT NULL,
	PRIMARY KEY(`dossier_id`, `from_on`),
	FOREIGN KEY (`dossier_id`) REFERENCES `dossiers`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `dossier_steps` (
	`dossier_id` integer NOT NULL,
	`position` integer NOT NULL,
	`name` text NOT NULL,
	`actor` text NOT NULL,
	`limit_text` text,
	`started_at` integer,
	`due_at` integer,
	`ended_at` integer,
	PRIMARY KEY(`dossier_id`, `position`),
	FOREIGN KEY (`dossier_id`) REFERENCES `dossiers`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `dossier_texts` (
	`id` integer PRIMARY KEY NOT NULL,
	`dossier_id` integer NOT NULL,
	`seq` integer NOT NULL,
	`kind` text NOT NULL,
	`text` text NOT NULL,
	FOREIGN KEY (`dossier_id`) REFERENCES `dossiers`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `dossier_texts_dossier` ON `dossier_texts` (`dossier_id`);--> statement-breakpoint
CREATE TABLE `dossiers` (
	`id` integer PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`code` text,
	`slip_number` text,
	`applicant_id` integer,
	`proxy_id` integer,
	`recorded_at` integer NOT NULL,
	`state` text NOT NULL,
	`sub_state` text,
	`channel` text NOT NULL,
	`assisted` integer NOT NULL,
	`kiosk` integer NOT NULL,
	`by_proxy` integer NOT NULL,
	`procedure_id` integer NOT NULL,
	`procedure_version_id` integer NOT NULL,
	`receiving_unit_id` integer NOT NULL,
	`unit_id` integer NOT NULL,
	`holder_unit_id` integer NOT NULL,
	`assignee_id` integer,
	`eligible` integer NOT NULL,
	`submitted_at` integer,
	`receiving_due_at` integer,
	`receiving_due_on` text,
	`received_late` integer NOT NULL,
	`refused_intake_on` text,
	`accepted_at` integer,
	`accepted_on` text,
	`receipt_day` text,
	`entered_late` integer NOT NULL,
	`transfer_due_at` integer,
	`transferred_at` integer,
	`first_due_at` integer,
	`due_at` integer,
	`due_on` text,
	`appointment_at` integer,
	`clock_started_at` integer,
	`attended` integer NOT NULL,
	`extension_days` integer NOT NULL,
	`late_on` text,
	`paused_since` integer,
	`supplement_count` integer NOT NULL,
	`late_supplement_request` integer NOT NULL,
	`apologised_at` integer,
	`apology_in_time` integer NOT NULL,
	`reappointed` integer NOT NULL,
	`resolved_at` integer,
	`returned_at` integer,
	`ended_at` integer,
	`ended_on` text,
	`end_kind` text,
	`end_class` text,
	`outcome` text,
	`overdue_reason` text,
	`return_mode` text NOT NULL,
	`returned_mode` text,
	`quantity` integer NOT NULL,
	`fee` integer NOT NULL,
	`fee_paid_at` integer,
	`fee_payment` text,
	`digitised` integer NOT NULL,
	`e_result` integer NOT NULL,
	`explanation_id` integer,
	`last_occurred_at` integer NOT NULL,
	FOREIGN KEY (`applicant_id`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`proxy_id`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`procedure_id`) REFERENCES `procedures`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`procedure_version_id`) REFERENCES `procedure_versions`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`receiving_unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`holder_unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`assignee_id`) REFERENCES `officers`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`explanation_id`) REFERENCES `explanations`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `dossiers_code_unique` ON `dossiers` (`code`);--> statement-breakpoint
CREATE INDEX `dossiers_unit_received` ON `dossiers` (`unit_id`,`accepted_on`);--> statement-breakpoint
CREATE INDEX `dossiers_unit_ended` ON `dossiers` (`unit_id`,`ended_on`);--> statement-breakpoint
CREATE INDEX `dossiers_receiving_received` ON `dossiers` (`receiving_unit_id`,`accepted_on`);--> statement-breakpoint
CREATE INDEX `dossiers_applicant` ON `dossiers` (`applicant_id`);--> statement-breakpoint
CREATE INDEX `dossiers_pending` ON `dossiers` (`unit_id`,`due_at`) WHERE accepted_at is not null and ended_at is null;--> statement-breakpoint
CREATE INDEX `dossiers_assigned` ON `dossiers` (`assignee_id`,`due_at`) WHERE accepted_at is not null and ended_at is null;--> statement-breakpoint
CREATE INDEX `dossiers_to_receive` ON `dossiers` (`receiving_unit_id`,`receiving_due_at`) WHERE state = 'submitted';--> statement-breakpoint
CREATE INDEX `dossiers_to_return` ON `dossiers` (`receiving_unit_id`,`resolved_at`) WHERE state = 'result_ready';--> statement-breakpoint
CREATE TABLE `events` (
	`id` integer PRIMARY KEY NOT NULL,
	`dossier_id` integer NOT NULL,
	`seq` integer NOT NULL,
	`act` text NOT NULL,
	`occurred_at` integer NOT NULL,
	`recorded_at` integer NOT NULL,
	`actor_id` integer,
	`changes` text NOT NULL,
	FOREIGN KEY (`dossier_id`) REFERENCES `dossiers`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`actor_id`) REFERENCES `officers`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `events_seq` ON `events` (`dossier_id`,`seq`);--> statement-breakpoint
CREATE TABLE `explanations` (
	`id` integer PRIMARY KEY NOT NULL,
	`hash` text NOT NULL,
	`strip` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `explanations_hash_unique` ON `explanations` (`hash`);--> statement-breakpoint
CREATE TABLE `idempotency_keys` (
	`actor_id` integer NOT NULL,
	`operation` text NOT NULL,
	`key` text NOT NULL,
	`request_hash` text NOT NULL,
	`outcome` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`actor_id`, `operation`, `key`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `idempotency_keys_created` ON `idempotency_keys` (`created_at`);--> statement-breakpoint
CREATE TABLE `overdue_spells` (
	`dossier_id` integer NOT NULL,
	`from_on` text NOT NULL,
	`to_on` text NOT NULL,
	PRIMARY KEY(`dossier_id`, `from_on`),
	FOREIGN KEY (`dossier_id`) REFERENCES `dossiers`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `pauses` (
	`id` integer PRIMARY KEY NOT NULL,
	`dossier_id` integer NOT NULL,
	`kind` text NOT NULL,
	`policy` text NOT NULL,
	`from_at` integer NOT NULL,
	`to_at` integer,
	`due_at` integer,
	FOREIGN KEY (`dossier_id`) REFERENCES `dossiers`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `pauses_dossier` ON `pauses` (`dossier_id`);--> statement-breakpoint
CREATE TABLE `persons` (
	`id` integer PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`name_folded` text NOT NULL,
	`birth_year` integer,
	`sex` text,
	`id_number_sealed` blob,
	`id_number_hash` blob,
	`phone_sealed` blob,
	`phone_hash` blob,
	`address` text
) STRICT;
--> statement-breakpoint
CREATE INDEX `persons_id_number` ON `persons` (`id_number_hash`);--> statement-breakpoint
CREATE INDEX `persons_phone` ON `persons` (`phone_hash`);--> statement-breakpoint
CREATE INDEX `persons_name` ON `persons` (`name_folded`);--> statement-breakpoint
CREATE TABLE `alarms` (
	`id` integer PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`subject` text NOT NULL,
	`detail` text NOT NULL,
	`raised_at` integer NOT NULL,
	`cleared_at` integer
) STRICT;
--> statement-breakpoint
CREATE INDEX `alarms_open` ON `alarms` (`kind`,`subject`);--> statement-breakpoint
CREATE TABLE `job_runs` (
	`id` integer PRIMARY KEY NOT NULL,
	`job` text NOT NULL,
	`subject` text NOT NULL,
	`version` integer NOT NULL,
	`runner` text NOT NULL,
	`started_at` integer NOT NULL,
	`finished_at` integer,
	`outcome` text NOT NULL,
	`rows` integer,
	`checksum` text,
	`detail` text,
	`attempts` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `job_runs_subject` ON `job_runs` (`job`,`subject`,`version`);--> statement-breakpoint
CREATE INDEX `job_runs_started` ON `job_runs` (`started_at`);--> statement-breakpoint
CREATE TABLE `outbox` (
	`id` integer PRIMARY KEY NOT NULL,
	`job` text NOT NULL,
	`payload` text NOT NULL,
	`created_at` integer NOT NULL,
	`sent_at` integer
) STRICT;
--> statement-breakpoint
CREATE TABLE `criteria_sets` (
	`id` integer PRIMARY KEY NOT NULL,
	`set_id` text NOT NULL,
	`version` integer NOT NULL,
	`year` integer NOT NULL,
	`unit_level` text NOT NULL,
	`status` text NOT NULL,
	`definition` text NOT NULL,
	`hash` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `criteria_sets_version` ON `criteria_sets` (`set_id`,`version`);--> statement-breakpoint
CREATE TABLE `index_runs` (
	`id` integer PRIMARY KEY NOT NULL,
	`criteria_set_id` integer NOT NULL,
	`as_of` text NOT NULL,
	`computed_at` integer NOT NULL,
	`formula_version` text NOT NULL,
	`checksum` text NOT NULL,
	FOREIGN KEY (`criteria_set_id`) REFERENCES `criteria_sets`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `index_runs_night` ON `index_runs` (`criteria_set_id`,`as_of`);--> statement-breakpoint
CREATE TABLE `index_scores` (
	`run_id` integer NOT NULL,
	`unit_id` integer NOT NULL,
	`criterion` text NOT NULL,
	`numerator` integer,
	`denominator` integer,
	`points` real,
	`max` real NOT NULL,
	`explanation` text NOT NULL,
	PRIMARY KEY(`run_id`, `unit_id`, `criterion`),
	FOREIGN KEY (`run_id`) REFERENCES `index_runs`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `index_sheets` (
	`run_id` integer NOT NULL,
	`unit_id` integer NOT NULL,
	`points` real NOT NULL,
	`max` real NOT NULL,
	`score` real,
	`rescaled` integer NOT NULL,
	`rank` integer,
	`grade` text,
	PRIMARY KEY(`run_id`, `unit_id`),
	FOREIGN KEY (`run_id`) REFERENCES `index_runs`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
