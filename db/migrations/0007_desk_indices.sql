CREATE INDEX `fee_receipts_voided` ON `fee_receipts` (`unit_id`,`voided_on`) WHERE voided_on is not null;--> statement-breakpoint
CREATE TABLE `__new_hand_over_folders` (
	`hand_over_id` integer NOT NULL,
	`dossier_id` integer NOT NULL,
	`to_unit_id` integer NOT NULL,
	`sent_at` integer NOT NULL,
	`received_at` integer,
	`received_by_id` integer,
	`recalled_at` integer,
	PRIMARY KEY(`hand_over_id`, `dossier_id`),
	FOREIGN KEY (`hand_over_id`) REFERENCES `hand_overs`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`dossier_id`) REFERENCES `dossiers`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`to_unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`received_by_id`) REFERENCES `officers`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO `__new_hand_over_folders`("hand_over_id", "dossier_id", "to_unit_id", "sent_at", "received_at", "received_by_id", "recalled_at") SELECT "hand_over_id", "dossier_id", "to_unit_id", "sent_at", "received_at", "received_by_id", "recalled_at" FROM `hand_over_folders`;--> statement-breakpoint
DROP TABLE `hand_over_folders`;--> statement-breakpoint
ALTER TABLE `__new_hand_over_folders` RENAME TO `hand_over_folders`;--> statement-breakpoint
CREATE INDEX `hand_over_folders_dossier` ON `hand_over_folders` (`dossier_id`,`sent_at`);--> statement-breakpoint
CREATE INDEX `hand_over_folders_received` ON `hand_over_folders` (`to_unit_id`,`received_at`) WHERE received_at is not null;--> statement-breakpoint
CREATE INDEX `hand_over_folders_open` ON `hand_over_folders` (`to_unit_id`,`sent_at`) WHERE received_at is null and recalled_at is null;--> statement-breakpoint
CREATE INDEX `hand_overs_from` ON `hand_overs` (`from_unit_id`);--> statement-breakpoint
CREATE INDEX `dossiers_fee_paid` ON `dossiers` (`receiving_unit_id`,`fee_paid_at`) WHERE fee_paid_at is not null;