import { addToOutbox, waitingInOutbox } from '../db/queries/outbox.ts'
import { localDayOf } from '../src/domain/calendar/day.ts'
import { readyFiles } from '../src/imports/ready-files.ts'
import type { JobDeps } from './job-deps.ts'

/** With IMPORT_WATCH=1: asks for an import as soon as a file lies ready, unless one is asked for already. */
export function askForFiles({ db, clock, config }: JobDeps): void {
  if (!config.importWatch) return
  const now = clock.now()
  const isReady = config.importFolders.some((folder) => (readyFiles(folder, now) ?? []).length > 0)
  if (!isReady || waitingInOutbox(db).some(({ job }) => job === 'import-folder')) return
  const payload = JSON.stringify({ day: localDayOf(now) })
  db.transaction(() => addToOutbox(db, { job: 'import-folder', payload }, now)).immediate()
}
