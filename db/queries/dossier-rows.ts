import type { Channel } from '../../src/domain/counting/tally.ts'
import type { EndClass, EndKind, State } from '../../src/domain/life-cycle/dossier.ts'
import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'

/** One line of a list of dossiers. */
export interface DossierRow {
  readonly id: number
  readonly code: string | null
  readonly slipNumber: string | null
  readonly applicant: string | null
  readonly procedureId: number
  readonly unitId: number
  readonly receivingUnitId: number
  readonly assigneeId: number | null
  readonly state: State
  readonly channel: Channel
  readonly receivingDueAt: number | null
  readonly acceptedOn: string | null
  readonly dueAt: number | null
  readonly dueOn: string | null
  readonly lateOn: string | null
  readonly pausedSince: number | null
  readonly endedOn: string | null
  readonly endKind: EndKind | null
  readonly endClass: EndClass | null
  /** 1: its end was recorded later than the next working day. */
  readonly endEnteredLate: 0 | 1
}

const ROW = `d.id, d.code, d.slip_number AS slipNumber, p.name AS applicant, d.procedure_id AS procedureId,
  d.unit_id AS unitId, d.receiving_unit_id AS receivingUnitId, d.assignee_id AS assigneeId, d.state, d.channel,
  d.receiving_due_at AS receivingDueAt, d.accepted_on AS acceptedOn, d.due_at AS dueAt, d.due_on AS dueOn,
  d.late_on AS lateOn, d.paused_since AS pausedSince, d.ended_on AS endedOn, d.end_kind AS endKind,
  d.end_class AS endClass, d.end_entered_late AS endEnteredLate`

/** Rows of these dossiers, in the order of the ids. */
export function dossierRowsById(db: Db, ids: readonly number[]): readonly DossierRow[] {
  return prepared<DossierRow>(
    db,
    `SELECT ${ROW} FROM json_each(?) i JOIN dossiers d ON d.id = i.value
       LEFT JOIN persons p ON p.id = d.applicant_id ORDER BY i.key`,
  ).all(JSON.stringify(ids))
}
