import { createHash } from 'node:crypto'
import type { Catalogue } from '../catalogue/catalogue.ts'

/** Names the definitions behind the rates: changes whenever a variant does. Example: 'ct-3f9a01'. */
export function formulaVersionOf(catalogue: Catalogue): string {
  const text = JSON.stringify(catalogue.variants)
  return `ct-${createHash('sha256').update(text).digest('hex').slice(0, 6)}`
}
