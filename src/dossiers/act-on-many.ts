import { findDossierById } from '../../db/queries/dossiers.ts'
import { maySee } from '../accounts/seen-units.ts'
import type { Actor, Deps } from '../deps.ts'
import { RuleError } from '../domain/refusals.ts'
import { type ActRequest, actOnDossier } from './act-on-dossier.ts'

/** Dossiers at once: a write of a fraction of a second. */
const MOST = 200

/** A dossier, and the version of it somebody saw when they chose it. */
export interface Chosen {
  readonly id: number
  readonly version: number
}

export interface Refused extends Chosen {
  /** Null: none yet, or none that this person may see. */
  readonly code: string | null
  /** What to do about it. */
  readonly sentence: string
}

export interface ManyDone {
  /** How many it was done to. */
  readonly id: number
  readonly refused: readonly Refused[]
}

/** The acts that make sense for many. */
export type ManyAct = Extract<ActRequest['act'], 'assign' | 'transfer'>

/**
 * Does the same to many dossiers, each for itself: what one refuses hinders no other, and is told by its code. Run it
 * inside a write.
 */
export function actOnMany(
  deps: Deps,
  actor: Actor,
  chosen: readonly Chosen[],
  request: { readonly act: ManyAct; readonly assignee?: string | undefined },
): ManyDone {
  if (chosen.length === 0) throw new RuleError('nothing_chosen')
  if (chosen.length > MOST) throw new RuleError('too_many_chosen', { most: MOST })
  if (request.act === 'assign' && !request.assignee) throw new RuleError('assignee_required')
  const one = deps.db.transaction(({ id, version }: Chosen) => {
    actOnDossier(deps, actor, id, {
      act: request.act,
      version,
      ...(request.act === 'assign' && { assignee: request.assignee }),
    })
  })
  const refused = chosen.flatMap((each): readonly Refused[] => {
    try {
      one(each)
      return []
    } catch (error) {
      if (!(error instanceof RuleError)) throw error
      const dossier = findDossierById(deps.db, each.id)
      const code = dossier !== null && maySee(deps, actor, dossier) ? dossier.code : null
      return [{ id: each.id, version: each.version, code, sentence: error.message }]
    }
  })
  return { id: chosen.length - refused.length, refused }
}
