import { clearAlarm, raiseAlarm } from '../../db/queries/alarms.ts'
import { readSetting, upsertSetting } from '../../db/queries/settings.ts'
import type { AlarmKind } from '../alarms.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import type { Deps } from '../deps.ts'
import { addDays, type LocalDay } from '../domain/calendar/day.ts'
import { CHANNELS } from '../domain/counting/tally.ts'
import { verifyRows } from '../dossiers/verify-rows.ts'
import { type Difference, recountPeriod } from './recount.ts'
import { rowLabel } from './row-label.ts'
import { differingRevision } from './verify-revisions.ts'

/** Days before the night that are recounted; the stocks at the end hold everything still open, however old. Of closed periods, those that ended since. */
const RECOUNT_DAYS = 45

/** Setting: id of the last event whose dossier's row was found to agree with its timeline. */
const VERIFIED_EVENT = 'verified_event'

/**
 * The night's check that nothing has drifted: the cells against a recount of the dossiers, the rows changed since the
 * last clean night against their events, the revisions of closed periods against the cells. The first difference
 * raises an alarm; a clean night clears it.
 */
export function nightlyRecount(
  deps: Pick<Deps, 'db' | 'clock'>,
  day: LocalDay,
): { readonly checked: number; readonly differences: number } {
  const { db } = deps
  const from = addDays(day, -RECOUNT_DAYS)
  const recount = recountPeriod(deps, { from, to: day })
  const rows = verifyRows(deps, { afterEvent: Number(readSetting(db, VERIFIED_EVENT) ?? 0) })
  const revision = differingRevision(db, from)
  const [cell] = recount.differences
  const [row] = rows.differences
  const tell = db.transaction(() => {
    settle(
      deps,
      'recount_differs',
      'day_cells',
      cell && cellSentence(deps, cell, recount.differences.length, day),
    )
    settle(deps, 'row_differs', 'dossiers', row && rowSentence(row, rows.differences.length))
    settle(deps, 'revision_differs', 'snapshots', revision ?? undefined)
    if (row === undefined) upsertSetting(db, VERIFIED_EVENT, rows.lastEvent)
  })
  tell.immediate()
  return {
    checked: recount.places + rows.dossiers,
    differences: recount.differences.length + rows.differences.length + (revision === null ? 0 : 1),
  }
}

function settle(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  kind: AlarmKind,
  subject: string,
  detail: string | undefined,
): void {
  if (detail === undefined) clearAlarm(db, { kind, subject }, clock.now())
  else raiseAlarm(db, { kind, subject, detail, raisedAt: clock.now() })
}

function cellSentence({ db }: Pick<Deps, 'db'>, first: Difference, count: number, day: LocalDay): string {
  const catalogue = catalogueOf(db)
  const unit = rowLabel(catalogue, 'unit', first.unitId, day).label
  const procedure = rowLabel(catalogue, 'procedure', first.procedureId, day).key
  const place = `${unit}, thủ tục ${procedure}, hình thức ${CHANNELS[first.channel]}`
  return `${place}: “${first.counter}” trong số liệu là ${first.inCells}, đếm lại từ hồ sơ là ${first.inDossiers}${more(count)}`
}

function rowSentence(first: { code: string | null; dossierId: number; fact: string }, count: number): string {
  return `Hồ sơ ${first.code ?? `#${first.dossierId}`}: “${first.fact}” khác với lịch sử${more(count)}`
}

function more(count: number): string {
  return count > 1 ? ` (và ${count - 1} chỗ khác).` : '.'
}
