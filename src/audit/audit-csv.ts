import { type EntryFilter, entriesBefore } from '../../db/queries/audit.ts'
import type { Deps } from '../deps.ts'
import { printInstant } from '../domain/calendar/day.ts'
import { csvLine } from '../imports/write-csv.ts'
import { type ToldEntry, toldEntry } from './told-entry.ts'

const AT_ONCE = 500
const BYTE_ORDER_MARK = '\ufeff'
const COLUMNS = ['id', 'at', 'kind', 'who', 'actor_id', 'what', 'details', 'dossier', 'data', 'hash']

/** Every entry of the filter, newest first, as they read and as they are; slice by slice. */
export function* auditCsv(deps: Pick<Deps, 'db' | 'clock'>, filter: EntryFilter): Generator<string> {
  yield BYTE_ORDER_MARK + csvLine(COLUMNS)
  let before: number | null = Number.MAX_SAFE_INTEGER
  while (before !== null) {
    const { entries, next } = entriesBefore(deps.db, filter, { before, limit: AT_ONCE })
    yield entries
      .map((entry) => {
        const { who, what, details, dossier } = toldEntry(deps, entry)
        const { id, at, kind, actorId, data, hash } = entry
        const told = [String(id), printInstant(at), kind, who, String(actorId ?? ''), what, details]
        return csvLine([...told, dossierName(dossier), data, hash.toString('hex')])
      })
      .join('')
    before = next
  }
}

export function dossierName(dossier: ToldEntry['dossier']): string {
  return dossier === null ? '' : (dossier.code ?? `so-${dossier.id}`)
}
