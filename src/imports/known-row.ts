import type { StoredDossier } from '../../db/queries/dossiers.ts'
import type { Catalogue, Officer, Procedure, ProcedureVersion, Unit } from '../catalogue/catalogue.ts'
import { type Instant, localDayOf } from '../domain/calendar/day.ts'
import type { PauseRow } from '../domain/life-cycle/dossier.ts'
import type { Moment } from './read-moment.ts'
import type { RegisterRow, RowOutcome } from './register-row.ts'

/** A dossier of the database as a row of a register: what an export writes and a newer file is held against. */
export function knownRow(
  catalogue: Catalogue,
  dossier: StoredDossier,
  pauses: readonly PauseRow[],
): RegisterRow {
  const outcome = outcomeOf(dossier)
  // Without a result there was no clock to stop: the last thing that happened was the end.
  const endedAt = dossier.endedAt ?? (outcome === null ? null : dossier.lastOccurredAt)
  return {
    row: 0,
    code: dossier.code,
    slipNumber: dossier.slipNumber,
    unit: catalogue.unitById.get(dossier.unitId) as Unit,
    receivingUnit: catalogue.unitById.get(dossier.receivingUnitId) as Unit,
    procedure: catalogue.procedureById.get(dossier.procedureId) as Procedure,
    version: catalogue.procedureVersionById.get(dossier.procedureVersionId) as ProcedureVersion,
    channel: dossier.channel,
    quantity: dossier.quantity,
    applicant: null,
    submittedAt: momentOf(dossier.submittedAt),
    acceptedAt: momentOf(dossier.acceptedAt),
    dueAt: momentOf(dossier.dueAt),
    lateSince: dossier.lateOn,
    pauses: pauses.map(({ kind, fromAt, toAt }) => ({ kind, from: moment(fromAt), to: momentOf(toAt) })),
    endedAt: momentOf(endedAt),
    outcome,
    returnedAt: momentOf(dossier.returnedAt),
    officer: dossier.assigneeId === null ? null : (catalogue.officerById.get(dossier.assigneeId) as Officer),
    note: null,
  }
}

function outcomeOf({ state, endKind, outcome }: StoredDossier): RowOutcome | null {
  if (state === 'not_accepted' || state === 'withdrawn') return state
  if (endKind === null) return null
  return endKind === 'result' ? outcome : endKind
}

function moment(at: Instant): Moment {
  return { day: localDayOf(at), at }
}

function momentOf(at: Instant | null): Moment | null {
  return at === null ? null : moment(at)
}
