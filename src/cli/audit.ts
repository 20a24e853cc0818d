import { entriesBefore } from '../../db/queries/audit.ts'
import { type AuditRoot, auditRoots } from '../../db/queries/audit-roots.ts'
import { auditCsv, dossierName } from '../audit/audit-csv.ts'
import { entryFilter } from '../audit/entry-words.ts'
import { AUDIT_KINDS, type AuditKind } from '../audit/kinds.ts'
import { recordExport } from '../audit/record-export.ts'
import { renewRoots } from '../audit/renew-roots.ts'
import { rootsFileIn } from '../audit/roots-file.ts'
import { type ToldEntry, toldEntry } from '../audit/told-entry.ts'
import { SYSTEM_OPERATOR } from '../deps.ts'
import { moment } from '../web/formats.ts'
import { command, noMoreThan, oneOf, UsageError } from './command.ts'
import { withInstallation } from './installation-here.ts'
import { type Column, terminalTable } from './terminal-table.ts'

const LINES = 50

export const audit = command({
  usage: `motcua audit list [--kind LOẠI] [--person NGƯỜI] [--dossier MÃ] [--from NGÀY] [--to NGÀY] [--limit N] [--csv]
motcua audit root [--from NGÀY] [--to NGÀY]
motcua audit renew-roots

Nhật ký kiểm tra: ai đã làm gì, xem gì, lúc nào; gốc của từng ngày. “motcua verify” chứng minh chuỗi.
renew-roots lập lại tệp audit-roots.txt bị mất hoặc bị cắt, khi đã rõ vì sao; lần lập lại được ghi, tệp cũ giữ bên cạnh.

  --kind LOẠI         một loại, ví dụ act, person_read, exported, signed_in, job_run
  --person NGƯỜI      khoá hoặc họ tên cán bộ; “hệ thống” là máy và dòng lệnh
  --dossier MÃ        mã hồ sơ, hoặc so-123 khi chưa có mã
  --from, --to NGÀY   trong khoảng ngày này, dạng 2023-03-09
  --limit N           số mục mới nhất được in; mặc định ${LINES}
  --csv               mọi mục dạng CSV, kèm dữ liệu và mã băm đầy đủ; lần xuất này cũng được ghi`,
  options: {
    kind: { type: 'string' },
    person: { type: 'string' },
    dossier: { type: 'string' },
    from: { type: 'string' },
    to: { type: 'string' },
    limit: { type: 'string', default: String(LINES) },
    csv: { type: 'boolean', default: false },
  },
  async run({ values, positionals: [word = '', ...rest] }, terminal) {
    const action = oneOf('Việc', word, ['list', 'root', 'renew-roots'])
    noMoreThan(0, rest)
    if (!/^[1-9]\d{0,6}$/.test(values.limit)) throw new UsageError('--limit phải là một số.')
    if (values.kind !== undefined) oneOf('--kind', values.kind, Object.keys(AUDIT_KINDS) as AuditKind[])
    await withInstallation(async (here, { dataDir }) => {
      if (action === 'renew-roots') {
        renewRoots(here, rootsFileIn(dataDir))
        return terminal.say('Đã lập lại tệp audit-roots.txt từ cơ sở dữ liệu.')
      }
      const filter = entryFilter(here, values)
      const { from = '', to = '9999-12-31' } = filter
      if (action === 'root') {
        const roots = auditRoots(here.db).filter(({ day }) => from <= day && day <= to)
        return terminal.out(
          roots.length === 0 ? 'Chưa có gốc ngày nào.\n' : terminalTable(ROOT_COLUMNS, roots),
        )
      }
      if (values.csv) {
        recordExport(here, SYSTEM_OPERATOR, {
          what: 'audit',
          by: 'cli',
          from: values.from ?? null,
          to: values.to ?? null,
        })
        for (const piece of auditCsv(here, filter)) await terminal.out(piece)
        return
      }
      const rows = newest(here, filter, Number(values.limit))
      return terminal.out(rows.length === 0 ? 'Không có mục nào.\n' : terminalTable(ENTRY_COLUMNS, rows))
    })
  },
})

function newest(
  here: Parameters<typeof toldEntry>[0],
  filter: ReturnType<typeof entryFilter>,
  limit: number,
): readonly ToldEntry[] {
  const rows: ToldEntry[] = []
  let before: number | null = Number.MAX_SAFE_INTEGER
  while (before !== null && rows.length < limit) {
    const { entries, next } = entriesBefore(here.db, filter, { before, limit: limit - rows.length })
    rows.push(...entries.map((entry) => toldEntry(here, entry)))
    before = next
  }
  return rows
}

const ENTRY_COLUMNS: readonly Column<ToldEntry>[] = [
  { head: 'Mục', align: 'right', cell: ({ id }) => String(id) },
  { head: 'Lúc', align: 'left', cell: ({ at }) => moment(at) },
  { head: 'Ai', align: 'left', cell: ({ who }) => who },
  { head: 'Việc', align: 'left', cell: ({ what }) => what },
  { head: 'Hồ sơ', align: 'left', cell: ({ dossier }) => dossierName(dossier) },
  { head: 'Mã băm', align: 'left', cell: ({ mark }) => mark },
  { head: 'Chi tiết', align: 'left', cell: ({ details }) => details },
]

const ROOT_COLUMNS: readonly Column<AuditRoot>[] = [
  { head: 'Ngày', align: 'left', cell: ({ day }) => day },
  { head: 'Mục cuối', align: 'right', cell: ({ lastId }) => String(lastId) },
  { head: 'Mã băm', align: 'left', cell: ({ hash }) => hash.toString('hex') },
  { head: 'Việc cuối', align: 'right', cell: ({ lastEventId }) => String(lastEventId) },
  { head: 'Niêm phong', align: 'left', cell: ({ seal }) => seal.toString('hex') },
  { head: 'Lập lúc', align: 'left', cell: ({ recordedAt }) => moment(recordedAt) },
]
