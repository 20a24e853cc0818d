import type { Writer } from '../../db/group-commit.ts'
import type { StoredDossier } from '../../db/queries/dossiers.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { Actor, Deps } from '../deps.ts'
import { fullPerson, maskedPerson, type PersonView } from './masked-person.ts'
import { handles } from './standing-on.ts'

export interface ShownPeople {
  readonly applicant: PersonView | null
  readonly proxy: PersonView | null
  /** With their numbers in full. */
  readonly inFull: boolean
}

/**
 * Applicant and proxy as the actor may see them: in full for who handles the dossier, masked for who only reads. The
 * audit is told of each full reading, and has it on disk, before this returns.
 */
export async function shownPeople(
  deps: Deps,
  writer: Writer,
  actor: Actor,
  dossier: StoredDossier,
): Promise<ShownPeople> {
  const { applicantId, proxyId } = dossier
  const inFull = handles(deps, actor, dossier)
  const view = inFull ? fullPerson : maskedPerson
  const [applicant, proxy] = [view(deps, applicantId), view(deps, proxyId)]
  const isTold = inFull && [applicant, proxy].some((person) => person !== null && !person.isErased)
  if (isTold) {
    const told = { kind: 'person_read', actorId: actor.officerId, dossierId: dossier.id } as const
    await writer.write(() => recordAudit(deps, told))
  }
  return { applicant, proxy, inFull }
}
