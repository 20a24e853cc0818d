import { type CorrectionRow, waitingCorrections } from '../../db/queries/correction-requests.ts'
import { openEntry } from '../corrections/sealed-entry.ts'
import type { Deps } from '../deps.ts'
import { RuleError } from '../domain/refusals.ts'
import type { IntakeInput } from '../dossiers/log-dossier.ts'

/** A row typed from a slip that waits for approval. */
export interface WaitingRow {
  readonly id: number
  readonly slip: string
  readonly input: IntakeInput
  readonly requestedAt: number
}

/** What waits from slips of a shop, the oldest first; a request that no key opens is left out. */
export function waitingRows(deps: Pick<Deps, 'db' | 'vault'>, unitId: number): readonly WaitingRow[] {
  return waitingCorrections(deps.db).flatMap((row) => (row.unitId === unitId ? rowOf(deps, row) : []))
}

function rowOf(
  deps: Pick<Deps, 'vault'>,
  { id, request, requestedAt }: CorrectionRow,
): readonly WaitingRow[] {
  if (request === null) return []
  try {
    const { entry } = openEntry(deps, request)
    if (entry.kind !== 'intake' || entry.slip === undefined) return []
    return [{ id, slip: entry.slip, input: entry.input, requestedAt }]
  } catch (error) {
    if (error instanceof RuleError) return []
    throw error
  }
}
