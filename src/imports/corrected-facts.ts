import type { Dossier } from '../domain/life-cycle/dossier.ts'

/** What no register tells: a correction from a file leaves it as the desk recorded it. */
const KEPT = [
  'assisted',
  'kiosk',
  'byProxy',
  'assigneeId',
  'unitSince',
  'enteredLate',
  'attended',
  'extensionDays',
  'apologisedAt',
  'apologyInTime',
  'reappointed',
  'endEnteredLate',
  'overdueReason',
  'returnMode',
  'fee',
  'feePaidAt',
  'feePayment',
  'digitised',
  'eResult',
] as const satisfies readonly (keyof Dossier)[]

/** Of a dossier that a reorganisation has moved, also where it is. */
const MOVED = ['unitId', 'receivingUnitId', 'holderUnitId'] as const satisfies readonly (keyof Dossier)[]

/** The facts of a dossier after a correction: its life as replayed from the file, with what only the desk knows. */
export function correctedFacts(known: Dossier, replayed: Dossier): Dossier {
  const kept: readonly (keyof Dossier)[] = known.unitSince === null ? KEPT : [...KEPT, ...MOVED]
  return { ...replayed, ...Object.fromEntries(kept.map((fact) => [fact, known[fact]])) }
}
