import { formatCount } from '../domain/counting/rate-format.ts'
import { columnLabel, type ImportReport, problemSentence } from '../imports/report.ts'

/** Lines of each kind that are printed; all of them stand in `--json`. */
const SHOWN = 50

/** A report as a person reads it in a terminal. */
export function importLines(report: ImportReport): string {
  return [
    ...howRead(report),
    '',
    ...problems(report),
    ...contradictions(report),
    ...dueDates(report),
    ...result(report),
    '',
  ].join('\n')
}

function howRead({
  kind,
  encoding,
  separator,
  sheet,
  headerRow,
  headers,
  notes,
}: ImportReport): readonly string[] {
  const how =
    kind === 'csv'
      ? `CSV, bảng mã ${encoding}, dấu phân cách “${separator === '\t' ? 'tab' : separator}”`
      : `Excel, trang tính “${sheet}”`
  const known = headers.flatMap(({ header, column }) =>
    column === null ? [] : [`  ${header} → ${columnLabel(column)}`],
  )
  const unknown = headers
    .filter(({ header, column }) => column === null && header !== '')
    .map(({ header }) => `“${header}”`)
  return [
    `Đọc là ${how}, tiêu đề ở dòng ${headerRow}:`,
    ...known,
    ...(unknown.length > 0 ? [`  Không đọc: ${unknown.join(', ')}`] : []),
    ...notes.map((note) => `  ${note}`),
  ]
}

function problems({ problems: all, errors, warnings }: ImportReport): readonly string[] {
  if (all.length === 0) return []
  return [
    `${formatCount(errors)} chỗ phải sửa, ${formatCount(warnings)} chỗ cần biết:`,
    ...all.slice(0, SHOWN).map((each) => {
      const place =
        each.column === null ? `dòng ${each.row}` : `dòng ${each.row}, ${columnLabel(each.column)}`
      return `  ${each.weight === 'error' ? '✗' : '·'} ${place}: ${problemSentence(each)}`
    }),
    ...more(errors + warnings),
    '',
  ]
}

function contradictions({ contradictions: all, contradicting }: ImportReport): readonly string[] {
  if (all.length === 0) return []
  return [
    contradicting > 0
      ? `${formatCount(contradicting)} dòng nói khác với hệ thống (không nhập; thêm --accept-changes để sửa theo tệp):`
      : 'Sửa theo tệp:',
    ...all
      .slice(0, SHOWN)
      .map(
        ({ row, code, column, known, given }) =>
          `  dòng ${row} ${code ?? ''}, ${columnLabel(column)}: hệ thống “${known}”, tệp “${given}”`,
      ),
    ...more(all.length),
    '',
  ]
}

function dueDates({ dueDifferences: { count, first } }: ImportReport): readonly string[] {
  if (count === 0) return []
  return [
    `${formatCount(count)} hạn trả trong tệp khác với hạn tính được (giữ hạn trong tệp):`,
    ...first
      .slice(0, 10)
      .map(
        ({ row, code, given, computed }) =>
          `  dòng ${row} ${code ?? ''}: tệp ${given}, tính được ${computed}`,
      ),
    ...(count > 10 ? [`  … và ${formatCount(count - 10)} dòng nữa`] : []),
    '',
  ]
}

function result(report: ImportReport): readonly string[] {
  const { applied, rows, added, changed, unchanged, contradicting, seconds, errors } = report
  const verb = applied
    ? 'Đã nhập'
    : errors > 0
      ? 'Chưa nhập được, nếu sửa xong thì sẽ nhập'
      : 'Xem trước, sẽ nhập'
  const speed = formatCount(Math.round(rows / Math.max(seconds, 0.001)))
  return [
    `${verb}: ${formatCount(rows)} dòng hồ sơ, ${formatCount(added)} mới, ${formatCount(changed)} thay đổi, ${formatCount(unchanged)} đã có và không đổi, ${formatCount(contradicting)} nói khác.`,
    `${seconds.toFixed(1)} giây, ${speed} dòng/giây.${applied || errors > 0 ? '' : ' Thêm --apply để ghi.'}`,
  ]
}

function more(count: number): readonly string[] {
  return count > SHOWN ? [`  … và ${formatCount(count - SHOWN)} chỗ nữa (xem đủ bằng --json)`] : []
}
