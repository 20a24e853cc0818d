import type { ImportRow } from '../../db/queries/imports.ts'
import type { HowRead, ImportReport } from './report.ts'
import type { SampleRow } from './sample.ts'

/** A file refused whole: why, and how it was read as far as it could be. */
export interface Refusal {
  readonly refusal: string
  readonly read: HowRead | null
}

/** What an import keeps: its report, with a sample of rows while nothing is written; or why it was refused whole. */
export type StoredReport = (ImportReport & { readonly sample?: readonly SampleRow[] }) | Refusal

export function storedReport({ report }: Pick<ImportRow, 'report'>): StoredReport | null {
  return report === null ? null : (JSON.parse(report) as StoredReport)
}

/** How the file was read the last time, or null where it could not be. */
export function howReadOf(row: Pick<ImportRow, 'report'>): HowRead | null {
  const report = storedReport(row)
  return report !== null && 'refusal' in report ? report.read : report
}
