import { piecesOf, removePiece } from '../../db/queries/import-pieces.ts'
import { endImport, runningImports } from '../../db/queries/imports.ts'
import type { Deps } from '../deps.ts'
import { isGone } from '../runner-name.ts'

/** Takes away what runs whose process is no more had written ahead of their last step. Safe twice. */
export function removeDeadRuns({ db, clock }: Pick<Deps, 'db' | 'clock'>): void {
  const now = clock.now()
  const dead = runningImports(db).filter(({ runner }) => isGone({ runner: runner ?? '' }))
  const remove = db.transaction(removePiece)
  for (const { id } of dead) {
    for (const piece of piecesOf(db, id)) remove.immediate(db, id, piece)
    db.transaction(() => endImport(db, id, 'refused', null, now)).immediate()
  }
}
