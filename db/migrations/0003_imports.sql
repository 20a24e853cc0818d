CREATE TABLE `import_pieces` (
	`import_id` integer NOT NULL,
	`first_person_id` integer NOT NULL,
	`last_person_id` integer NOT NULL,
	PRIMARY KEY(`import_id`, `first_person_id`),
	FOREIGN KEY (`import_id`) REFERENCES `imports`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `imports` (
	`id` integer PRIMARY KEY NOT NULL,
	`sha256` text NOT NULL,
	`name` text NOT NULL,
	`bytes` integer NOT NULL,
	`uploaded_at` integer NOT NULL,
	`uploaded_by` integer,
	`options` text NOT NULL,
	`status` text NOT NULL,
	`accept_changes` integer NOT NULL,
	`runner` text,
	`started_at` integer,
	`finished_at` integer,
	`rows_done` integer NOT NULL,
	`rows_total` integer NOT NULL,
	`report` text,
	FOREIGN KEY (`uploaded_by`) REFERENCES `officers`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `imports_file` ON `imports` (`sha256`);--> statement-breakpoint
CREATE INDEX `imports_running` ON `imports` (`id`) WHERE status = 'running';