import { parsePeriod } from '../domain/calendar/periods.ts'
import { bridge } from '../reports/bridge.ts'
import { report as figuresOf, type ReportGrain, type ReportRequest } from '../reports/report.ts'
import { UNIT_MAPS } from '../reports/scope.ts'
import { command, noMoreThan, oneOf, UsageError } from './command.ts'
import { withInstallation } from './installation-here.ts'
import { reportJson } from './report-json.ts'
import { reportTable } from './report-table.ts'

const GRAINS = ['unit', 'field', 'procedure', 'channel', 'officer'] as const satisfies readonly ReportGrain[]
const ATTRIBUTIONS = ['resolving', 'receiving'] as const

/** For people and, with --json, for scripts: its options and the JSON's fields do not change. */
export const report = command({
  usage: `motcua report KỲ [tuỳ chọn]

In số liệu và các tỷ lệ của một kỳ. KỲ: 2023-W10, 2023-03, 2023-Q1, 2023-H1, 2023 (thêm @15-14 nếu kỳ chốt ngày
14), hoặc 2023-03-06..2023-03-12.

  --unit ĐƠN_VỊ       mã hoặc khoá đơn vị, tính cả đơn vị trực thuộc; mặc định: tất cả
  --by unit           một dòng cho mỗi unit, field, procedure, channel hoặc officer
  --attribution resolving  tính cho đơn vị giải quyết (resolving) hoặc đơn vị tiếp nhận (receiving)
  --reading closed    closed: như đã chốt (bản 1); current: số liệu hiện tại; hoặc số của bản đính chính
  --map then          then: theo đơn vị lúc đó; today: đơn vị cũ cộng vào đơn vị hiện nay
  --json              in JSON thay cho bảng`,
  options: {
    unit: { type: 'string' },
    by: { type: 'string', default: 'unit' },
    attribution: { type: 'string', default: 'resolving' },
    reading: { type: 'string', default: 'closed' },
    map: { type: 'string', default: 'then' },
    json: { type: 'boolean', default: false },
  },
  async run({ values, positionals }, terminal) {
    const [key] = positionals
    if (key === undefined) throw new UsageError('Thiếu kỳ báo cáo, ví dụ 2023-W10 hoặc 2023-03.')
    noMoreThan(1, positionals)
    const request: ReportRequest = {
      period: parsePeriod(key),
      by: oneOf('--by', values.by, GRAINS),
      attribution: oneOf('--attribution', values.attribution, ATTRIBUTIONS),
      unit: values.unit,
      map: oneOf('--map', values.map, UNIT_MAPS),
      reading: readReading(values.reading),
      withIndexed: true,
    }
    await withInstallation(async (installation) => {
      const found = figuresOf(installation, request)
      const carried = bridge(installation, request)
      await terminal.out(values.json ? reportJson(found, carried) : reportTable(found, carried))
    })
  },
})

function readReading(text: string): NonNullable<ReportRequest['reading']> {
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text)
  if (text !== 'closed' && text !== 'current')
    throw new UsageError('--reading phải là closed, current hoặc số của bản.')
  return text
}
