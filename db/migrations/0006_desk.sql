CREATE TABLE `attachments` (
	`id` integer PRIMARY KEY NOT NULL,
	`dossier_id` integer NOT NULL,
	`name` text NOT NULL,
	`media_type` text NOT NULL,
	`bytes` integer NOT NULL,
	`sha256` text NOT NULL,
	`added_at` integer NOT NULL,
	`added_by_id` integer,
	`removed_at` integer,
	`removed_by_id` integer,
	FOREIGN KEY (`dossier_id`) REFERENCES `dossiers`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`added_by_id`) REFERENCES `officers`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`removed_by_id`) REFERENCES `officers`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `attachments_dossier` ON `attachments` (`dossier_id`);--> statement-breakpoint
CREATE INDEX `attachments_hash` ON `attachments` (`sha256`);--> statement-breakpoint
CREATE TABLE `day_closes` (
	`id` integer PRIMARY KEY NOT NULL,
	`unit_id` integer NOT NULL,
	`day` text NOT NULL,
	`figures` text NOT NULL,
	`closed_at` integer NOT NULL,
	`closed_by_id` integer,
	`document_id` integer,
	FOREIGN KEY (`unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`closed_by_id`) REFERENCES `officers`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`document_id`) REFERENCES `documents`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `day_closes_day` ON `day_closes` (`unit_id`,`day`);--> statement-breakpoint
CREATE TABLE `fee_receipts` (
	`id` integer PRIMARY KEY NOT NULL,
	`number` text NOT NULL,
	`dossier_id` integer NOT NULL,
	`unit_id` integer NOT NULL,
	`amount` integer NOT NULL,
	`payment` text NOT NULL,
	`taken_at` integer NOT NULL,
	`taken_on` text NOT NULL,
	`taken_by_id` integer,
	`voided_at` integer,
	`voided_on` text,
	`voided_by_id` integer,
	`void_reason` text,
	FOREIGN KEY (`dossier_id`) REFERENCES `dossiers`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`taken_by_id`) REFERENCES `officers`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`voided_by_id`) REFERENCES `officers`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `fee_receipts_number_unique` ON `fee_receipts` (`number`);--> statement-breakpoint
CREATE INDEX `fee_receipts_day` ON `fee_receipts` (`unit_id`,`taken_on`);--> statement-breakpoint
CREATE INDEX `fee_receipts_dossier` ON `fee_receipts` (`dossier_id`);--> statement-breakpoint
CREATE TABLE `hand_over_folders` (
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
	FOREIGN KEY (`received_by_id`) REFERENCES `officers`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `hand_over_folders_dossier` ON `hand_over_folders` (`dossier_id`,`sent_at`);--> statement-breakpoint
CREATE INDEX `hand_over_folders_open` ON `hand_over_folders` (`to_unit_id`,`sent_at`) WHERE received_at is null and recalled_at is null;--> statement-breakpoint
CREATE TABLE `hand_overs` (
	`id` integer PRIMARY KEY NOT NULL,
	`number` text NOT NULL,
	`from_unit_id` integer NOT NULL,
	`to_unit_id` integer NOT NULL,
	`sent_at` integer NOT NULL,
	`sent_by_id` integer,
	`document_id` integer,
	FOREIGN KEY (`from_unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`to_unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`sent_by_id`) REFERENCES `officers`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`document_id`) REFERENCES `documents`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `hand_overs_number_unique` ON `hand_overs` (`number`);--> statement-breakpoint
CREATE INDEX `hand_overs_to` ON `hand_overs` (`to_unit_id`,`sent_at`);--> statement-breakpoint
CREATE TABLE `messages` (
	`id` integer PRIMARY KEY NOT NULL,
	`dossier_id` integer NOT NULL,
	`template` text NOT NULL,
	`channel` text NOT NULL,
	`to_sealed` blob,
	`text_sealed` blob,
	`dossier_version` integer NOT NULL,
	`created_at` integer NOT NULL,
	`created_by_id` integer,
	`send_at` integer NOT NULL,
	`status` text NOT NULL,
	`attempts` integer NOT NULL,
	`settled_at` integer,
	`error` text,
	FOREIGN KEY (`dossier_id`) REFERENCES `dossiers`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`created_by_id`) REFERENCES `officers`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `messages_dossier` ON `messages` (`dossier_id`);--> statement-breakpoint
CREATE INDEX `messages_due` ON `messages` (`send_at`) WHERE status in ('held', 'sending');--> statement-breakpoint
CREATE TABLE `saved_views` (
	`id` integer PRIMARY KEY NOT NULL,
	`officer_id` integer NOT NULL,
	`name` text NOT NULL,
	`query` text NOT NULL,
	`position` integer NOT NULL,
	FOREIGN KEY (`officer_id`) REFERENCES `officers`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `saved_views_name` ON `saved_views` (`officer_id`,`name`);--> statement-breakpoint
CREATE TABLE `training_intakes` (
	`id` integer PRIMARY KEY NOT NULL,
	`officer_id` integer,
	`intake_sealed` blob NOT NULL,
	`made_at` integer NOT NULL,
	FOREIGN KEY (`officer_id`) REFERENCES `officers`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `training_intakes_officer` ON `training_intakes` (`officer_id`,`made_at`);--> statement-breakpoint
ALTER TABLE `dossiers` ADD `sitting_id` integer;--> statement-breakpoint
CREATE INDEX `dossiers_sitting` ON `dossiers` (`sitting_id`) WHERE sitting_id is not null;--> statement-breakpoint
ALTER TABLE `persons` ADD `email` text;--> statement-breakpoint
ALTER TABLE `persons` ADD `id_tail_hash` blob;--> statement-breakpoint
ALTER TABLE `persons` ADD `phone_tail_hash` blob;--> statement-breakpoint
CREATE INDEX `persons_id_tail` ON `persons` (`id_tail_hash`) WHERE id_tail_hash is not null;--> statement-breakpoint
CREATE INDEX `persons_phone_tail` ON `persons` (`phone_tail_hash`) WHERE phone_tail_hash is not null;--> statement-breakpoint
CREATE VIRTUAL TABLE `persons_words` USING fts5(name_folded, content='persons', content_rowid='id', tokenize='unicode61 remove_diacritics 0', prefix='2 3', detail='none');--> statement-breakpoint
CREATE TRIGGER `persons_words_insert` AFTER INSERT ON `persons` BEGIN INSERT INTO persons_words (rowid, name_folded) VALUES (new.id, new.name_folded); END;--> statement-breakpoint
CREATE TRIGGER `persons_words_delete` AFTER DELETE ON `persons` BEGIN INSERT INTO persons_words (persons_words, rowid, name_folded) VALUES ('delete', old.id, old.name_folded); END;--> statement-breakpoint
CREATE TRIGGER `persons_words_update` AFTER UPDATE OF name_folded ON `persons` BEGIN INSERT INTO persons_words (persons_words, rowid, name_folded) VALUES ('delete', old.id, old.name_folded); INSERT INTO persons_words (rowid, name_folded) VALUES (new.id, new.name_folded); END;--> statement-breakpoint
INSERT INTO persons_words (persons_words) VALUES ('rebuild');
