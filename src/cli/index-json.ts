import type { IndexReading } from './index-ranking.ts'

/** The index as scripts read it: snake_case, points as numbers. */
export function indexJson({ run, set, sheets, scores }: IndexReading): string {
  const body = {
    year: run.year,
    set_id: run.setId,
    model: set.model,
    as_of: run.asOf,
    formula_version: run.formulaVersion,
    rows: sheets.map(({ rank, key, label, points, max, score, rescaled, grade }) => {
      return { rank, key, label, points, max, score, rescaled, grade }
    }),
    ...(scores && {
      criteria: scores.map(({ criterion, numerator, denominator, points, max, explanation }) => {
        return { criterion, numerator, denominator, points, max, explanation }
      }),
    }),
  }
  return `${JSON.stringify(body, null, 2)}\n`
}
