import { recordExport } from '../audit/record-export.ts'
import { SYSTEM_OPERATOR } from '../deps.ts'
import { dossiersSince, progressSince, rowsOf, sinceEvent } from '../exchange/portal-pages.ts'
import { command, noMoreThan } from './command.ts'
import { withInstallation } from './installation-here.ts'

const AT_ONCE = 200

export const exchange = command({
  usage: `motcua exchange [--since MỐC] [--progress]

In hồ sơ thay đổi từ một mốc theo tên trường của Cổng Dịch vụ công quốc gia (DongBoHoSoMC), mỗi dòng một trang JSON;
“through” của dòng cuối là mốc cho lần sau. Trường và mã: docs/exchange.md.

  --since MỐC   through của lần trước, hoặc thời điểm ghi như 2023-03-09T08:30; bỏ trống: từ đầu
  --progress    từng lần đổi trạng thái (CapNhatTienDoHoSoMC) thay cho hồ sơ`,
  options: { since: { type: 'string', default: '0' }, progress: { type: 'boolean', default: false } },
  async run({ values, positionals }, terminal) {
    noMoreThan(0, positionals)
    await withInstallation(async (installation) => {
      const read = values.progress ? progressSince : dossiersSince
      let since = sinceEvent(installation, values.since)
      for (;;) {
        const page = read(installation, { since, limit: AT_ONCE, seen: null })
        const exported = { what: 'exchange', by: 'cli', after: since, rows: rowsOf(page) } as const
        if (exported.rows > 0) recordExport(installation, SYSTEM_OPERATOR, exported)
        await terminal.out(`${JSON.stringify(page)}\n`)
        if (page.nextCursor === null) return
        since = page.through
      }
    })
  },
})
