CREATE TABLE `feed_children` (
	`id` integer PRIMARY KEY NOT NULL,
	`installation` text NOT NULL,
	`label` text NOT NULL,
	`public_key` text NOT NULL,
	`since_on` text NOT NULL,
	`until_on` text,
	`added_at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `feed_children_installation_unique` ON `feed_children` (`installation`);--> statement-breakpoint
CREATE TABLE `feed_received` (
	`child_id` integer NOT NULL,
	`unit_id` integer NOT NULL,
	`period_key` text NOT NULL,
	`revision` integer NOT NULL,
	`received_at` integer NOT NULL,
	`closed_at` integer NOT NULL,
	`hash` text NOT NULL,
	`message` text NOT NULL,
	`signature` text NOT NULL,
	PRIMARY KEY(`child_id`, `unit_id`, `period_key`, `revision`),
	FOREIGN KEY (`child_id`) REFERENCES `feed_children`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `feed_received_period` ON `feed_received` (`period_key`);--> statement-breakpoint
CREATE TABLE `feed_sent` (
	`period_key` text NOT NULL,
	`unit_id` integer NOT NULL,
	`revision` integer NOT NULL,
	`sent_at` integer NOT NULL,
	`attempts` integer NOT NULL,
	`acknowledged_at` integer,
	`refusal` text,
	PRIMARY KEY(`period_key`, `unit_id`, `revision`),
	FOREIGN KEY (`period_key`) REFERENCES `periods`(`key`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `feed_units` (
	`child_id` integer NOT NULL,
	`unit_id` integer NOT NULL,
	PRIMARY KEY(`child_id`, `unit_id`),
	FOREIGN KEY (`child_id`) REFERENCES `feed_children`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `feed_units_unit` ON `feed_units` (`unit_id`);--> statement-breakpoint
CREATE TABLE `watched_files` (
	`id` integer PRIMARY KEY NOT NULL,
	`folder` text NOT NULL,
	`name` text NOT NULL,
	`sha256` text NOT NULL,
	`found_at` integer NOT NULL,
	`outcome` text NOT NULL,
	`report` text
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `watched_files_content` ON `watched_files` (`folder`,`sha256`);--> statement-breakpoint
CREATE TABLE `webhook_deliveries` (
	`id` integer PRIMARY KEY NOT NULL,
	`webhook_id` integer NOT NULL,
	`event_id` integer NOT NULL,
	`body` text NOT NULL,
	`status` text NOT NULL,
	`attempts` integer NOT NULL,
	`next_at` integer,
	`last_status` integer,
	`last_error` text,
	`created_at` integer NOT NULL,
	`delivered_at` integer,
	FOREIGN KEY (`webhook_id`) REFERENCES `webhooks`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`event_id`) REFERENCES `events`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `webhook_deliveries_event` ON `webhook_deliveries` (`webhook_id`,`event_id`);--> statement-breakpoint
CREATE INDEX `webhook_deliveries_due` ON `webhook_deliveries` (`next_at`) WHERE status = 'waiting';--> statement-breakpoint
CREATE TABLE `webhooks` (
	`id` integer PRIMARY KEY NOT NULL,
	`label` text NOT NULL,
	`url` text NOT NULL,
	`secret` blob NOT NULL,
	`acts` text,
	`unit_id` integer,
	`created_at` integer NOT NULL,
	`created_by` integer,
	`paused_at` integer,
	`last_event_id` integer NOT NULL,
	FOREIGN KEY (`unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`created_by`) REFERENCES `officers`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
