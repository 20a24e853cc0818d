import { formatCount } from './rate-format.ts'

/** Two sums of columns that must be equal. */
export interface Identity<Column extends string> {
  readonly code: string
  readonly left: readonly Column[]
  readonly right: readonly Column[]
}

/** An identity that does not hold: both sides, left − right, and the sentence for the person who made the table. */
export interface BrokenIdentity {
  readonly code: string
  readonly left: number
  readonly right: number
  readonly difference: number
  readonly sentence: string
}

/**
 * The identities that a row of figures breaks, in the order given; empty when it adds up. An identity of which
 * a column is missing is not checked, since published tables leave columns out. Columns in `whenPresent`
 * (transfers, for example) count as 0 when missing and are named only when they are not 0.
 * Example: Thừa Thiên Huế's levels 1–2, processed 257 141 = 124 907 + 102 770 + 19 852, is broken by 9 612.
 */
export function brokenIdentities<Column extends string>(
  identities: readonly Identity<Column>[],
  figures: Readonly<Partial<Record<Column, number>>>,
  labels: Readonly<Record<Column, string>>,
  whenPresent: readonly Column[] = [],
): readonly BrokenIdentity[] {
  const figureOf = (column: Column) => figures[column] ?? (whenPresent.includes(column) ? 0 : undefined)
  const shown = (column: Column) => !whenPresent.includes(column) || figureOf(column) !== 0

  return identities.flatMap(({ code, left, right }) => {
    const [leftSum, rightSum] = [sumOf(left, figureOf), sumOf(right, figureOf)]
    if (leftSum === undefined || rightSum === undefined || leftSum === rightSum) return []
    const side = (columns: readonly Column[], sum: number) =>
      inWords(columns.filter(shown), sum, figureOf, labels)
    const difference = leftSum - rightSum
    const sentence = `Số liệu không khớp: ${side(left, leftSum)} phải bằng ${side(right, rightSum)}; lệch ${formatCount(Math.abs(difference))}.`
    return [{ code, left: leftSum, right: rightSum, difference, sentence }]
  })
}

function sumOf<Column>(columns: readonly Column[], figureOf: (column: Column) => number | undefined) {
  const values = columns.map(figureOf).filter((value) => value !== undefined)
  return values.length < columns.length ? undefined : values.reduce((a, b) => a + b, 0)
}

/** `trước hạn (1) + đúng hạn (2) = 3`; a single column stands for its own sum. */
function inWords<Column extends string>(
  columns: readonly Column[],
  sum: number,
  figureOf: (column: Column) => number | undefined,
  labels: Readonly<Record<Column, string>>,
): string {
  const terms = columns.map((column) => `${labels[column]} (${formatCount(figureOf(column) ?? 0)})`)
  return terms.length > 1 ? `${terms.join(' + ')} = ${formatCount(sum)}` : (terms[0] ?? formatCount(sum))
}
