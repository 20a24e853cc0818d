import type { StoredDossier } from '../../db/queries/dossiers.ts'
import type { Actor, PaperDeps } from '../deps.ts'
import { RuleError } from '../domain/refusals.ts'
import { mustAttach } from './add-attachments.ts'

/** Whether to offer somebody to add and remove files. */
export function mayAttach(deps: PaperDeps, actor: Actor, dossier: StoredDossier): boolean {
  try {
    mustAttach(deps, actor, dossier)
    return true
  } catch (error) {
    if (error instanceof RuleError) return false
    throw error
  }
}
