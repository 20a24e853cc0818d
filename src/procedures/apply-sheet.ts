import { insertProcedure, renameProcedure, verifyVersion } from '../../db/queries/procedure-versions.ts'
import { must } from '../accounts/access.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { bumpCatalogue, catalogueOf } from '../catalogue/catalogue.ts'
import type { Actor, Deps } from '../deps.ts'
import { addDays, type LocalDay } from '../domain/calendar/day.ts'
import { RuleError } from '../domain/refusals.ts'
import { storeVersion } from './add-version.ts'
import { type PlannedRow, planSheet } from './plan-sheet.ts'
import type { SheetRow } from './read-sheet.ts'

export interface Applied {
  readonly added: number
  readonly versions: number
  readonly verified: number
  readonly renamed: number
}

/**
 * Writes a sheet whole or not at all. `previewed` is the catalogue's version that was looked at. Throws
 * `procedure_sheet_has_problems`, `procedure_sheet_overtaken`. Run it inside a write.
 */
export function applySheet(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  rows: readonly SheetRow[],
  previewed: number,
): Applied {
  must(actor, 'catalogue_write')
  const { db } = deps
  if (catalogueOf(db).version !== previewed) throw new RuleError('procedure_sheet_overtaken')
  const plan = planSheet(deps, rows)
  if (plan.problems.length > 0)
    throw new RuleError('procedure_sheet_has_problems', { problems: plan.problems.length })
  const renamedIds = store(deps, plan.rows)
  const count = (...kinds: readonly PlannedRow['kind'][]) =>
    plan.rows.filter(({ kind }) => kinds.includes(kind)).length
  const applied = {
    added: count('new_procedure'),
    versions: count('new_procedure', 'new_version'),
    verified: count('verified'),
    renamed: renamedIds.size,
  }
  bumpCatalogue(db)
  const { added, versions, verified, renamed } = applied
  const data = { what: 'procedure_sheet', rows: rows.length, procedures: added, versions, verified, renamed }
  recordAudit(deps, { kind: 'reference_changed', actorId: actor.officerId, data })
  // Which; names that were typed stay out of the audit.
  for (const procedure of renamedIds) {
    const which = { what: 'procedure_renamed', procedure }
    recordAudit(deps, { kind: 'reference_changed', actorId: actor.officerId, data: which })
  }
  return applied
}

interface Standing {
  readonly id: number
  readonly validFrom: LocalDay
  validTo: LocalDay | null
}

/** In the order of the days: each version ends the one that was in force before it. Returns which got another name. */
function store({ db }: Pick<Deps, 'db'>, rows: readonly PlannedRow[]): ReadonlySet<number> {
  const catalogue = catalogueOf(db)
  const made = new Map<string, { readonly id: number; readonly versions: Standing[] }>()
  const renamedIds = new Set<number>()
  const procedureOf = (row: PlannedRow) => {
    const known = made.get(row.code)
    if (known !== undefined) return known
    const stored = catalogue.procedureByCode.get(row.code)
    const id = stored?.id ?? insertProcedure(db, { ...row.head!, code: row.code })
    const versions = (stored?.versions ?? []).map(({ id: version, validFrom, validTo }) => {
      return { id: version, validFrom, validTo }
    })
    made.set(row.code, { id, versions })
    return made.get(row.code)!
  }
  for (const row of rows.toSorted((a, b) => (a.from < b.from ? -1 : 1))) {
    const procedure = procedureOf(row)
    if (row.nameBefore !== null) {
      renameProcedure(db, procedure.id, row.name)
      renamedIds.add(procedure.id)
    }
    if (row.kind === 'verified') verifyVersion(db, row.versionId!, row.facts.source)
    if (row.kind !== 'new_version' && row.kind !== 'new_procedure') continue
    const { versions } = procedure
    const before = versions.findLast(({ validFrom }) => validFrom < row.from) ?? null
    const after = versions.find(({ validFrom }) => validFrom > row.from)
    const validTo = after === undefined ? null : addDays(after.validFrom, -1)
    const id = storeVersion(db, procedure.id, {
      from: row.from,
      facts: row.facts,
      place: { before, validTo },
    })
    if (before !== null) before.validTo = addDays(row.from, -1)
    versions.push({ id, validFrom: row.from, validTo })
    versions.sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1))
  }
  return renamedIds
}
