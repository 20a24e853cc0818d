/** What a sheet is ranked by: `scoreSheet` gives both. */
export interface RankedBy {
  readonly score: number | null
  readonly tieBreakers: readonly (number | null)[]
}

/**
 * The sheets from the best to the last, each with its rank: by final score, then by the tie-breakers (the higher
 * points first, not applicable last); what is still equal shares a rank and the next ranks are skipped:
 * 1, 2, 2, 4. A sheet without a score has rank null and stands at the end. Ranks do not depend on the order given.
 * Example: three communes with 91.20, 88.00 and 88.00, equal in 3.2, 7.1 and 8.1, rank 1, 2, 2.
 */
export function rankSheets<Sheet extends RankedBy>(
  sheets: readonly Sheet[],
): readonly (Sheet & { readonly rank: number | null })[] {
  const ordered = sheets.toSorted(bestFirst)
  return ordered.map((sheet) => ({
    ...sheet,
    rank: sheet.score === null ? null : ordered.findIndex((other) => bestFirst(other, sheet) === 0) + 1,
  }))
}

function bestFirst(a: RankedBy, b: RankedBy): number {
  const keys = (sheet: RankedBy) => [sheet.score, ...sheet.tieBreakers]
  const others = keys(b)
  for (const [i, own] of keys(a).entries()) {
    const difference = higherFirst(own, others[i] ?? null)
    if (difference !== 0) return difference
  }
  return 0
}

function higherFirst(a: number | null, b: number | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null)
  return b - a
}
