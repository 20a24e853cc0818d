import type { Column } from './columns.ts'
import type { RowNotes } from './problems.ts'
import type { Moment } from './read-moment.ts'
import type { RegisterRow } from './register-row.ts'

/** Says which moment of a row stands before one it follows; whether none does. */
export function isInOrder(row: RegisterRow, notes: RowNotes): boolean {
  const { submittedAt, acceptedAt, dueAt, endedAt, returnedAt, pauses } = row
  const end = endedAt ?? returnedAt
  let isFine = true
  const follows = (column: Column, later: Moment | null, earlier: Moment | null, what: string) => {
    if (later === null || earlier === null || !isBefore(later, earlier)) return
    isFine = false
    notes.error(column, later.day, `ngày không sớm hơn ${what} (${earlier.day})`)
  }
  follows('accepted_at', acceptedAt, submittedAt, 'ngày nộp')
  follows('due_at', dueAt, acceptedAt, 'ngày nhận')
  follows(endedAt === null ? 'returned_at' : 'ended_at', end, acceptedAt ?? submittedAt, 'ngày nhận')
  follows('returned_at', returnedAt, endedAt, 'ngày có kết quả')
  for (const { from, to } of pauses) {
    follows('paused_from', from, submittedAt ?? acceptedAt, 'ngày nhận')
    follows('paused_to', to, from, 'ngày tạm dừng')
    follows(endedAt === null ? 'returned_at' : 'ended_at', end, to ?? from, 'đợt tạm dừng')
  }
  const open = pauses.find(({ to }) => to === null)
  if (
    open !== undefined &&
    end !== null &&
    (row.outcome === 'granted' || row.outcome === 'partly' || row.outcome === 'refused')
  ) {
    isFine = false
    notes.error('paused_to', '', 'ngày kết thúc đợt tạm dừng, vì hồ sơ đã có kết quả')
  }
  if (
    row.acceptedAt === null &&
    row.outcome !== null &&
    !['withdrawn', 'not_accepted'].includes(row.outcome)
  ) {
    isFine = false
    notes.error('accepted_at', '', 'ngày nhận, vì hồ sơ đã được giải quyết')
  }
  if (row.acceptedAt !== null && row.outcome === 'not_accepted') {
    isFine = false
    notes.error('outcome', 'not_accepted', 'hồ sơ không tiếp nhận thì để trống ngày nhận')
  }
  if (row.lateSince !== null && row.acceptedAt !== null && row.lateSince <= row.acceptedAt.day) {
    isFine = false
    notes.error('late_since', row.lateSince, 'ngày sau ngày nhận')
  }
  return isFine
}

function isBefore(a: Moment, b: Moment): boolean {
  return a.at !== null && b.at !== null ? a.at < b.at : a.day < b.day
}
