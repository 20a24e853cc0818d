import { isRclonePath } from '../config.ts'
import { folderPlace } from './folder-place.ts'
import { rclonePlace } from './rclone-place.ts'

/** Files under their SHA-256: documents as issued, and what is attached to dossiers. */
export type Store = 'documents' | 'attachments'

/**
 * Where copies of backups and documents are kept away from the machine. A backup is there when the file with its hash
 * is there, which is written last, after the copy was read back. Paths are relative to the place.
 */
export interface SecondPlace {
  /** Every file directly in the place. */
  list(): Promise<readonly string[]>
  /** Copies a file there, whatever may be there under that name. */
  put(file: string, name: string): Promise<void>
  /** SHA-256 of what is there, read back from it. */
  hash(name: string): Promise<string>
  get(name: string, file: string): Promise<void>
  remove(name: string): Promise<void>
  /** Copies the files of a store that are missing there from this folder; returns when all of them are there. */
  putFiles(store: Store, folder: string): Promise<void>
  /** Copies the files of a store that are missing in this folder from there. */
  getFiles(store: Store, folder: string): Promise<void>
  /** Takes these files of a store away; those that are not there are gone already. */
  removeFiles(store: Store, hashes: readonly string[]): Promise<void>
}

/** The place that BACKUP_COPY_TO names. Throws, in words that say what to do, when it cannot be reached. */
export function secondPlace(to: string): SecondPlace {
  return isRclonePath(to) ? rclonePlace(to) : folderPlace(to)
}
