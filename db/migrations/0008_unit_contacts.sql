CREATE TABLE `unit_contacts` (
	`unit_id` integer NOT NULL,
	`since` integer NOT NULL,
	`phone` text,
	`email` text,
	`address` text,
	PRIMARY KEY(`unit_id`, `since`),
	FOREIGN KEY (`unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
