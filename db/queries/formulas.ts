import type { RateVariant } from '../../src/domain/counting/rates.ts'
import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'

/** Keeps the definitions a closing was made with; a version once kept never changes. */
export function keepFormula(db: Db, version: string, variants: readonly RateVariant[]): void {
  prepared(db, 'INSERT INTO formulas (version, variants) VALUES (?, ?) ON CONFLICT DO NOTHING').run(
    version,
    JSON.stringify(variants),
  )
}

/** The rate definitions of a version, or null for one never kept. */
export function formulaOf(db: Db, version: string): readonly RateVariant[] | null {
  const row = prepared<{ variants: string }>(db, 'SELECT variants FROM formulas WHERE version = ?').get(
    version,
  )
  return row === undefined ? null : (JSON.parse(row.variants) as readonly RateVariant[])
}
