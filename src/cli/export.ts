import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs'
import { catalogueOf } from '../catalogue/catalogue.ts'
import { parseDay } from '../domain/calendar/day.ts'
import { formatCount } from '../domain/counting/rate-format.ts'
import { RuleError } from '../domain/refusals.ts'
import { PAUSE_COLUMNS } from '../imports/columns.ts'
import { type ExportedLine, exportRegister } from '../imports/export-register.ts'
import { BYTE_ORDER_MARK, csvLine } from '../imports/write-csv.ts'
import { workbookOf } from '../imports/write-workbook.ts'
import type { Installation } from '../installation.ts'
import { command, noMoreThan, UsageError } from './command.ts'
import { withInstallation } from './installation-here.ts'

/** Nobody but who exported may read people's data. */
const FILE_MODE = 0o600

export const exportCommand = command({
  usage: `motcua export TỆP [--unit ĐƠN_VỊ] [--from NGÀY] [--to NGÀY] [--with-numbers] [--pauses TỆP]

Xuất sổ theo dõi hồ sơ ra tệp .csv hoặc .xlsx, theo các cột mà lệnh import đọc lại được (docs/import.md).

  --unit ĐƠN_VỊ      chỉ hồ sơ đơn vị này giải quyết
  --from, --to NGÀY  chỉ hồ sơ tiếp nhận trong khoảng này, dạng 2023-03-09
  --with-numbers     kèm số định danh và số điện thoại
  --pauses TỆP       tệp CSV thứ hai cho các lần tạm dừng trước lần cuối (tệp .xlsx có sẵn trang thứ hai)`,
  options: {
    unit: { type: 'string' },
    from: { type: 'string' },
    to: { type: 'string' },
    'with-numbers': { type: 'boolean', default: false },
    pauses: { type: 'string' },
  },
  async run({ values, positionals }, terminal) {
    noMoreThan(1, positionals)
    const [file] = positionals
    if (file === undefined || !/\.(csv|xlsx)$/i.test(file))
      throw new UsageError('Cần tên tệp kết thúc bằng .csv hoặc .xlsx.')
    const [from, to] = [dayOf(values.from), dayOf(values.to)]
    await withInstallation((installation) => {
      const unitIds = values.unit === undefined ? null : [unitIdOf(installation, values.unit)]
      const lines = exportRegister(installation, { unitIds, from, to, withNumbers: values['with-numbers'] })
      const count = /\.xlsx$/i.test(file) ? writeWorkbook(file, lines) : writeCsv(file, values.pauses, lines)
      terminal.say(`Đã xuất ${formatCount(count)} hồ sơ ra ${file}.`)
    })
  },
})

function dayOf(text: string | undefined): string | null {
  return text === undefined ? null : parseDay(text)
}

function unitIdOf({ db }: Installation, key: string): number {
  const unit = catalogueOf(db).unitByKey.get(key)
  if (unit === undefined) throw new RuleError('unknown_unit', { unit: key })
  return unit.id
}

function writeWorkbook(file: string, lines: Iterable<ExportedLine>): number {
  const all = [...lines]
  writeFileSync(file, workbookOf(all), { mode: FILE_MODE })
  return all.length - 1
}

function writeCsv(file: string, pauseFile: string | undefined, lines: Iterable<ExportedLine>): number {
  const register = openSync(file, 'w', FILE_MODE)
  const pauses = pauseFile === undefined ? null : openSync(pauseFile, 'w', FILE_MODE)
  writeSync(register, BYTE_ORDER_MARK)
  if (pauses !== null) writeSync(pauses, BYTE_ORDER_MARK + csvLine(PAUSE_COLUMNS))
  let count = -1
  for (const { cells, earlier } of lines) {
    writeSync(register, csvLine(cells))
    if (pauses !== null) for (const pause of earlier) writeSync(pauses, csvLine(pause))
    count += 1
  }
  closeSync(register)
  if (pauses !== null) closeSync(pauses)
  return count
}
