import { existsSync, renameSync } from 'node:fs'
import type { Deps } from '../deps.ts'
import { recordCommand } from './record-command.ts'
import { appendRoots } from './roots-file.ts'

/**
 * Makes the file of the roots anew from the database, by a person who knows why it is not there or not whole; what there
 * was of it is kept beside. The audit has it first.
 */
export function renewRoots({ db, clock }: Pick<Deps, 'db' | 'clock'>, file: string): void {
  const isThere = existsSync(file)
  db.transaction(() => recordCommand({ db, clock }, 'renew_roots', { missing: !isThere })).immediate()
  if (isThere) renameSync(file, `${file}.before-${clock.now()}`)
  appendRoots(db, file)
}
