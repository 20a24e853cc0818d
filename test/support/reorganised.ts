import { loadDemo } from '../../db/seeds/demo/load-demo.ts'
import { tuKyPlan } from '../../db/seeds/tu-ky/reorganisation-plans.ts'
import { reorganisations } from '../../db/seeds/tu-ky/reorganisations.ts'
import { catalogueOf } from '../../src/catalogue/catalogue.ts'
import type { Actor } from '../../src/deps.ts'
import { parseInstant } from '../../src/domain/calendar/day.ts'
import type { ReorganisationPlan } from '../../src/reorganisations/plan-schema.ts'
import { recordReorganisation } from '../../src/reorganisations/record-reorganisation.ts'
import { rebuildCells } from '../../src/reports/rebuild-cells.ts'
import { type TestInstallation, testInstallation } from './test-installation.ts'

export const OPERATOR: Actor = { officerId: null, role: 'operator' }

/** The demonstration from one day to another, as it stood at `until`; its dossiers are open as they were then. */
export function demoUntil(from: string, until: string): TestInstallation {
  const installation = testInstallation(until)
  loadDemo(installation, { from, to: until.slice(0, 10), until: parseInstant(until) })
  rebuildCells(installation)
  return installation
}

/** One of the two reorganisations of Tứ Kỳ as a plan for the units as they are, changed where a test says so. */
export function planOf(
  { db }: TestInstallation,
  which: 0 | 1,
  change: Partial<ReorganisationPlan> = {},
): ReorganisationPlan {
  return { ...tuKyPlan(catalogueOf(db), reorganisations[which]!), ...change }
}

export function record(
  installation: TestInstallation,
  plan: ReorganisationPlan,
  actor: Actor = OPERATOR,
): { readonly id: number } {
  return installation.db.transaction(() => recordReorganisation(installation, actor, plan)).immediate()
}
