import type { Db } from '../../db/open.ts'
import { findDossierByCode, type StoredDossier } from '../../db/queries/dossiers.ts'
import { uncodedDossiers } from '../../db/queries/uncoded-dossiers.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import { fold } from '../fold.ts'
import { isSameMoment } from './compare-row.ts'
import type { RegisterRow } from './register-row.ts'

/**
 * Finds the dossier a row is about: by its code or slip number, else by what it says (receiving unit, procedure,
 * applicant and the moment it came). Each dossier without a code answers one row only.
 */
export function knownDossiers(db: Db): (row: RegisterRow) => StoredDossier | null {
  const uncoded = uncodedDossiers(db)
  const bySlip = new Map(uncoded.map(({ dossier }) => [dossier.slipNumber, dossier]))
  const byContent = Map.groupBy(uncoded, ({ dossier, name }) =>
    contentOf(dossier.receivingUnitId, dossier.procedureId, name),
  )
  const taken = new Set<number>()
  return (row) => {
    const byNumber =
      (row.code && findDossierByCode(db, row.code)) || (row.slipNumber && bySlip.get(row.slipNumber))
    if (byNumber) return byNumber
    const key = contentOf(row.receivingUnit.id, row.procedure.id, fold(row.applicant?.name ?? ''))
    const match = byContent.get(key)?.find(({ dossier }) => !taken.has(dossier.id) && cameWith(dossier, row))
    if (match === undefined) return null
    taken.add(match.dossier.id)
    return match.dossier
  }
}

function contentOf(receivingUnitId: number, procedureId: number, name: string): string {
  return `${receivingUnitId}|${procedureId}|${name}`
}

/** Submitted at the same moment; never submitted, refused at the same moment. */
function cameWith(
  dossier: StoredDossier,
  { submittedAt, acceptedAt, endedAt, returnedAt }: RegisterRow,
): boolean {
  const known = dossier.submittedAt ?? dossier.lastOccurredAt
  const given =
    dossier.submittedAt === null ? (acceptedAt === null ? (endedAt ?? returnedAt) : null) : submittedAt
  return given !== null && isSameMoment({ day: localDayOf(known), at: known }, given)
}
