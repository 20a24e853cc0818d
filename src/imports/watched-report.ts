import type { ImportRow } from '../../db/queries/imports.ts'
import type { WatchedFile } from '../../db/queries/watched-files.ts'
import { columnLabel, type ImportReport, problemSentence } from './report.ts'
import { storedReport } from './stored-report.ts'

/** What became of a file that came by itself. */
export interface WatchedReport {
  /** Row of `imports`, whose page has everything. */
  readonly importId: number
  /** The first thing a person must look at, in words; null: all is well. */
  readonly problem: string | null
  readonly added: number
  readonly changed: number
  readonly unchanged: number
  readonly contradicting: number
}

export function watchedReport({ report }: Pick<WatchedFile, 'report'>): WatchedReport | null {
  return report === null ? null : (JSON.parse(report) as WatchedReport)
}

/** The short report of an import that is over, or only its number while it is not. */
export function reportOf(row: ImportRow): WatchedReport {
  const stored = storedReport(row)
  const nothing = { importId: row.id, problem: null, added: 0, changed: 0, unchanged: 0, contradicting: 0 }
  if (stored === null) return row.status === 'refused' ? { ...nothing, problem: NOT_FINISHED } : nothing
  if ('refusal' in stored) return { ...nothing, problem: stored.refusal }
  const { added, changed, unchanged, contradicting } = stored
  return { importId: row.id, problem: firstProblem(stored), added, changed, unchanged, contradicting }
}

const NOT_FINISHED = 'Lần nhập không xong nên không có gì được ghi. Hãy đặt lại tệp vào thư mục.'

function firstProblem({ errors, problems, contradicting, contradictions }: ImportReport): string | null {
  const [wrong, other] = [problems[0], contradictions[0]]
  if (errors > 0 && wrong !== undefined) {
    const where = wrong.column === null ? '' : `, cột ${columnLabel(wrong.column)}`
    return `Không ghi gì, ${errors} chỗ phải sửa. Dòng ${wrong.row}${where}: ${problemSentence(wrong)}`
  }
  if (other === undefined) return null
  const which = other.code === null ? '' : ` (${other.code})`
  return `Đã ghi, nhưng ${contradicting} hồ sơ nói khác với hệ thống và được giữ nguyên. Dòng ${other.row}${which}, cột ${columnLabel(other.column)}: tệp “${other.given}”, hệ thống “${other.known}”.`
}
