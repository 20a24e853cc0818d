CREATE TABLE `register_books` (
	`year` text NOT NULL,
	`unit_id` integer NOT NULL,
	`book` text NOT NULL,
	PRIMARY KEY(`year`, `unit_id`),
	FOREIGN KEY (`unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
