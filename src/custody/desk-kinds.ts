import type { Unit } from '../catalogue/catalogue.ts'

/** Units that have folders: all but groups of units. */
export const FOLDER_DESKS: ReadonlySet<Unit['kind']> = new Set(['shop', 'shop_and_resolver', 'resolver'])
