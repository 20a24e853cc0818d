/** Grades from the highest to the lowest. */
export const GRADES = ['outstanding', 'good', 'satisfactory', 'failed'] as const

export type Grade = (typeof GRADES)[number]

/** From `min` (inclusive) up to the band above. Two bands may share a grade under two names (khá, trung bình). */
export interface Band {
  readonly grade: Grade
  readonly name: string
  readonly min: number
}

/**
 * The band of a score, or null when there is no score. The score is the final, rounded one: what is printed
 * decides, so 79.995 printed as 80.00 is "tốt". `bands` go down to 0.
 * Example: 83.69 with 90/80/50/0 is "Hoàn thành tốt".
 */
export function gradeOf(score: number | null, bands: readonly Band[]): Band | null {
  if (score === null) return null
  return bands.find(({ min }) => score >= min) ?? null
}

/** The band, or the best band not above `cap` when it stands higher (điều kiện khống chế). */
export function capGrade(band: Band, cap: Grade, bands: readonly Band[]): Band {
  if (!isBetter(band.grade, cap)) return band
  return bands.find(({ grade }) => !isBetter(grade, cap)) ?? band
}

/** Whether `grade` is `threshold` or above it: `outstanding` is at least `good`. */
export function isAtLeast(grade: Grade, threshold: Grade): boolean {
  return !isBetter(threshold, grade)
}

function isBetter(a: Grade, b: Grade): boolean {
  return GRADES.indexOf(a) < GRADES.indexOf(b)
}
