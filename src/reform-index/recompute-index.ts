import { createHash } from 'node:crypto'
import { type IssuedSet, issuedSets } from '../../db/queries/criteria-sets.ts'
import { type IndexResult, latestRunOfSet, upsertIndexRun } from '../../db/queries/index-results.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import type { Deps } from '../deps.ts'
import type { LocalDay } from '../domain/calendar/day.ts'
import { type CriteriaSet, criteriaOf } from '../domain/reform-index/criteria-set.ts'
import type { MetricValues } from '../domain/reform-index/index-metrics.ts'
import { rankSheets } from '../domain/reform-index/index-ranking.ts'
import { scoreSheet } from '../domain/reform-index/index-scoring.ts'
import { formulaVersionOf } from '../reports/formula-version.ts'
import { indexEvidence } from './index-evidence.ts'

export interface RecomputedIndex {
  readonly setId: string
  readonly units: number
  readonly checksum: string
  /** False: the evidence is that of the newest run, which stands. */
  readonly changed: boolean
}

/**
 * Scores the automatic criteria of every issued set whose period has begun, and ranks its units. A set whose
 * evidence has not changed since its newest run keeps that run, so that years long past cost nothing; the same
 * night again takes the place of what it found before. Safe twice.
 */
export function recomputeIndex(
  deps: Pick<Deps, 'db' | 'clock'>,
  { asOf }: { readonly asOf: LocalDay },
): readonly RecomputedIndex[] {
  return issuedSets(deps.db)
    .filter(({ set }) => set.period.from <= asOf)
    .map((issued) => recomputeSet(deps, issued, asOf))
}

function recomputeSet(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  issued: IssuedSet,
  asOf: LocalDay,
): RecomputedIndex {
  const { set } = issued
  const read = db.transaction(() => indexEvidence({ db }, set, asOf))
  const evidence = read()
  const formulaVersion = formulaVersionOf(catalogueOf(db))
  const checksum = createHash('sha256')
    .update(JSON.stringify([issued.hash, formulaVersion, ...evidence]))
    .digest('hex')
  const about = { setId: set.setId, units: evidence.size, checksum }
  if (latestRunOfSet(db, issued.id)?.checksum === checksum) return { ...about, changed: false }
  const result = {
    run: { criteriaSetId: issued.id, asOf, computedAt: clock.now(), formulaVersion, checksum },
    ...scoreUnits(set, evidence),
  }
  const store = db.transaction(() => upsertIndexRun(db, result))
  store.immediate()
  return { ...about, changed: true }
}

function scoreUnits(
  set: CriteriaSet,
  evidence: ReadonlyMap<number, MetricValues>,
): Pick<IndexResult, 'sheets' | 'scores'> {
  const metricByCode = new Map(criteriaOf(set).map(({ code, metric }) => [code, metric]))
  const sheets = [...evidence].map(([unitId, values]) => ({
    unitId,
    values,
    ...scoreSheet(set, values, ['auto']),
  }))
  return {
    sheets: rankSheets(sheets),
    scores: sheets.flatMap(({ unitId, values, criteria }) =>
      criteria.map(({ code: criterion, points, max, explanation }) => {
        const metric = metricByCode.get(criterion)
        const value = (metric && values[metric]) ?? null
        const { numerator = null, denominator = null } = value ?? {}
        return { unitId, criterion, numerator, denominator, points, max, explanation }
      }),
    ),
  }
}
