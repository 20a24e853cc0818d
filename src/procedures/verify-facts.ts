import { verifyVersion } from '../../db/queries/procedure-versions.ts'
import { must } from '../accounts/access.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { bumpCatalogue } from '../catalogue/catalogue.ts'
import type { Actor, Deps } from '../deps.ts'
import { RuleError } from '../domain/refusals.ts'
import { knownProcedure } from './add-version.ts'

/**
 * Says that a version was held against its source. Throws `unknown_version`, `already_verified`, `invalid_version_field`.
 * Run it inside a write.
 */
export function verifyFacts(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  code: string,
  { version: id, source }: { readonly version: number; readonly source: string },
): void {
  must(actor, 'catalogue_write')
  const procedure = knownProcedure(deps, code)
  const version = procedure.versions.find((each) => each.id === id)
  if (version === undefined) throw new RuleError('unknown_version', { procedure: code, version: id })
  if (version.verified) throw new RuleError('already_verified')
  if (source === '' || source.length > 500)
    throw new RuleError('invalid_version_field', {
      field: 'Nguồn',
      value: source.slice(0, 40),
      expected: 'văn bản đã đối chiếu, dài nhất 500 chữ',
    })
  verifyVersion(deps.db, id, source)
  bumpCatalogue(deps.db)
  const data = { what: 'procedure_verified', procedure: procedure.id, version: id }
  recordAudit(deps, { kind: 'reference_changed', actorId: actor.officerId, data })
}
