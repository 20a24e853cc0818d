import { bookRows } from '../../db/queries/register-book.ts'
import type { Deps } from '../deps.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import { fullDay } from '../web/formats.ts'
import { voidKind } from './book-row.ts'
import { type ClosedBook, currentIds, numberText, type Register } from './stored-book.ts'

export interface ChangesSince {
  /** Dossiers of the year without a number, in the order of acceptance. */
  readonly late: readonly number[]
  /** What has become of numbers given, one sentence each. */
  readonly changes: readonly string[]
  /** Something of it stands on no supplementary page yet. */
  readonly isNew: boolean
}

/** What has happened to a closed register since: entered late, voided, corrected out of it. No number moves. */
export function changesSince(
  deps: Pick<Deps, 'db'>,
  register: Register,
  { ids, supplement, closedAt }: ClosedBook,
): ChangesSince {
  const numbered = [...ids, ...(supplement?.ids ?? [])]
  const [known, current] = [new Set(numbered), currentIds(deps, register)]
  const late = current.filter((id) => !known.has(id))
  const here = new Set(current)
  const changes = bookRows(deps.db, numbered).flatMap(({ id, code, voidedAt, voidReason }, index) => {
    const which = `Số ${numberText(index + 1)} (${code})`
    if (!here.has(id)) return [`${which} không còn thuộc sổ này do đính chính.`]
    // What was voided before the closing is shown so in its own row.
    if (voidedAt === null || voidedAt <= closedAt || index >= ids.length) return []
    return [`${which} huỷ ngày ${fullDay(localDayOf(voidedAt))} (${voidKind(voidReason)}).`]
  })
  const told = supplement?.changes ?? []
  const isNew = late.length > 0 || changes.join('\n') !== told.join('\n')
  return { late, changes, isNew }
}
