import { closeSync, openSync, writeFileSync } from 'node:fs'
import { countRegisterDossiers } from '../../db/queries/register-dossiers.ts'
import { recordExport } from '../audit/record-export.ts'
import { SYSTEM_OPERATOR } from '../deps.ts'
import { formatCount } from '../domain/counting/rate-format.ts'
import { type ExportedLine, exportRegister } from '../imports/export-register.ts'
import { exportScope } from '../imports/export-scope.ts'
import { registerExport } from '../imports/register-download.ts'
import { pausesCsv, registerCsv } from '../imports/write-csv.ts'
import { workbookPieces } from '../imports/write-workbook.ts'
import { command, noMoreThan, UsageError } from './command.ts'
import { withInstallation } from './installation-here.ts'

/** Nobody but who exported may read people's data. */
const FILE_MODE = 0o600

export const exportCommand = command({
  usage: `motcua export TỆP [--unit ĐƠN_VỊ] [--year NĂM | --from NGÀY --to NGÀY] [--with-numbers] [--pauses TỆP]

Xuất sổ theo dõi hồ sơ ra tệp .csv hoặc .xlsx, theo các cột mà lệnh import đọc lại được (docs/import.md).
Mỗi lần xuất được ghi vào nhật ký kiểm tra.

  --unit ĐƠN_VỊ      chỉ hồ sơ đơn vị này và các đơn vị trực thuộc giải quyết
  --year NĂM         chỉ hồ sơ tiếp nhận trong năm này
  --from, --to NGÀY  chỉ hồ sơ tiếp nhận trong khoảng này, dạng 2023-03-09
  --with-numbers     kèm số định danh và số điện thoại
  --pauses TỆP       tệp CSV thứ hai cho các lần tạm dừng trước lần cuối (tệp .xlsx có sẵn trang thứ hai)`,
  options: {
    unit: { type: 'string' },
    year: { type: 'string' },
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
    await withInstallation((installation) => {
      const scope = exportScope(installation, values)
      const numbers = values['with-numbers']
      const format = /\.xlsx$/i.test(file) ? 'xlsx' : 'csv'
      const rows = countRegisterDossiers(installation.db, scope).reduce((sum, n) => sum + n, 0)
      const exported = registerExport(scope, { by: 'cli', format, rows, numbers })
      recordExport(installation, SYSTEM_OPERATOR, exported)
      let count = -1
      const slices = counted(exportRegister(installation, { ...scope, withNumbers: numbers }), (n) => {
        count += n
      })
      write(file, format === 'xlsx' ? workbookPieces(slices) : registerCsv(slices))
      if (values.pauses !== undefined)
        write(values.pauses, pausesCsv(exportRegister(installation, { ...scope, withNumbers: false })))
      terminal.say(`Đã xuất ${formatCount(count)} hồ sơ ra ${file}.`)
    })
  },
})

function* counted(
  slices: Iterable<readonly ExportedLine[]>,
  tell: (lines: number) => void,
): Generator<readonly ExportedLine[]> {
  for (const slice of slices) {
    tell(slice.length)
    yield slice
  }
}

function write(file: string, pieces: Iterable<string | Buffer>): void {
  const handle = openSync(file, 'w', FILE_MODE)
  for (const piece of pieces) writeFileSync(handle, piece)
  closeSync(handle)
}
