import { openDatabase } from '../../db/open.ts'
import { type Catalogue, catalogueOf, type Unit, versionOn } from '../catalogue/catalogue.ts'
import { procedureRule } from '../catalogue/procedure-rule.ts'
import { RuleError } from '../domain/refusals.ts'
import type { DueBook } from './due-book.ts'

const BUSY_TIMEOUT_MS = 5_000

/** The calendar and procedures of the installation in `databaseFile`; of `unit`, its own closures and hours. */
export function installedDueBook(databaseFile: string, unit: string | undefined): DueBook {
  const catalogue = catalogueOf(
    openDatabase(databaseFile, { busyTimeoutMs: BUSY_TIMEOUT_MS, readOnly: true }),
  )
  return {
    calendar: catalogue.calendar(unit === undefined ? null : unitNamed(catalogue, unit).id),
    rule(code, day) {
      const procedure = catalogue.procedureByCode.get(code)
      if (procedure === undefined) throw new RuleError('unknown_procedure', { procedure: code })
      const version = versionOn(procedure.versions, day)
      if (version === undefined) throw new RuleError('procedure_not_in_force', { procedure: code, day })
      return procedureRule(version).deadline
    },
  }
}

/** A unit by key, or by a code it has or had: the questions may be of any year. */
function unitNamed({ unitByKey, units }: Catalogue, text: string): Unit {
  const hasCode = ({ versions }: Unit) =>
    versions.some(({ gsoCode, agencyCode }) => gsoCode === text || agencyCode === text)
  const unit = unitByKey.get(text) ?? units.findLast(hasCode)
  if (unit === undefined) throw new RuleError('unknown_unit', { unit: text })
  return unit
}
