import { existsSync, readFileSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import { importedBefore, insertImport } from '../../db/queries/imports.ts'
import { SYSTEM_ACTOR } from '../deps.ts'
import { RuleError } from '../domain/refusals.ts'
import { type ImportOptions, readOptions } from '../imports/import-options.ts'
import { importRegister } from '../imports/import-register.ts'
import { type FileTable, readTable } from '../imports/read-table.ts'
import type { ImportReport } from '../imports/report.ts'
import { sha256Of } from '../imports/stored-file.ts'
import { walkRegister } from '../imports/walk-register.ts'
import type { Installation } from '../installation.ts'
import { command, noMoreThan, UsageError } from './command.ts'
import { importLines } from './import-lines.ts'
import { withInstallation } from './installation-here.ts'
import { progressOf } from './progress.ts'
import type { Terminal } from './terminal.ts'

export const importCommand = command({
  usage: `motcua import TỆP [--apply] [--accept-changes] [tuỳ chọn]

Nhập sổ theo dõi hồ sơ từ tệp CSV hoặc Excel. Mặc định chỉ xem trước: nói từng chỗ phải sửa theo dòng và cột của tệp,
và sẽ làm gì; không ghi gì cả. Cột và ý nghĩa: docs/import.md.

  --apply                   ghi vào hệ thống, tất cả hoặc không gì cả
  --accept-changes          tệp nói khác với hệ thống thì sửa theo tệp (ghi là đính chính)
  --pauses TỆP              tệp CSV thứ hai: các lần tạm dừng trước lần cuối
  --default CỘT=GIÁ_TRỊ     điền vào ô trống, ví dụ --default unit=xa-ngoc-ky (dùng được nhiều lần)
  --column CỘT=TIÊU_ĐỀ      tiêu đề nào của tệp là cột nào, ví dụ --column "accepted_at=Ngày vào sổ"
  --header-row N            dòng tiêu đề
  --sheet TÊN               trang tính của tệp Excel
  --encoding BẢNG_MÃ        utf-8, utf-16le, utf-16be, windows-1258, tcvn3, vni
  --separator DẤU           comma, semicolon, tab, pipe
  --json                    in kết quả dạng JSON`,
  options: {
    apply: { type: 'boolean', default: false },
    'accept-changes': { type: 'boolean', default: false },
    pauses: { type: 'string' },
    default: { type: 'string', multiple: true },
    column: { type: 'string', multiple: true },
    'header-row': { type: 'string' },
    sheet: { type: 'string' },
    encoding: { type: 'string' },
    separator: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
  async run({ values, positionals }, terminal) {
    noMoreThan(1, positionals)
    const [file] = positionals
    if (file === undefined) throw new UsageError('Thiếu tên tệp.')
    const words = {
      ...values,
      headerRow: values['header-row'],
      columns: values.column,
      defaults: values.default,
    }
    const options = readOptions(words, (sentence) => {
      throw new UsageError(sentence)
    })
    const bytes = contentOf(file)
    const table = readTable(
      bytes,
      options,
      values.pauses === undefined ? undefined : contentOf(values.pauses),
    )
    const wish = { ...options, acceptChanges: values['accept-changes'], apply: values.apply }
    await withInstallation(async (installation) => {
      const report = importHere(installation, terminal, { file, bytes, table }, wish)
      await terminal.out(values.json ? `${JSON.stringify(report, null, 2)}\n` : importLines(report))
      if (report.errors > 0) terminal.exitCode(1)
    })
  },
})

interface GivenFile {
  readonly file: string
  readonly bytes: Buffer
  readonly table: FileTable
}

type Wish = ImportOptions & { readonly acceptChanges: boolean; readonly apply: boolean }

function importHere(
  installation: Installation,
  terminal: Terminal,
  { file, bytes, table }: GivenFile,
  wish: Wish,
): ImportReport {
  const { db, clock } = installation
  const sha256 = sha256Of(bytes)
  const before = importedBefore(db, sha256)
  if (before !== null)
    terminal.say(`Tệp này đã được nhập (lần ${before.id}): những dòng không đổi được bỏ qua.`)
  const walk = { ...wish, onProgress: progressOf(terminal, 'Đọc và đối chiếu') }
  const checked = wish.apply ? null : walkRegister(installation, table, walk)
  if (checked !== null) return checked
  const { acceptChanges } = wish
  const row = {
    sha256,
    name: basename(file),
    bytes: bytes.length,
    options: JSON.stringify(wish),
    uploadedAt: clock.now(),
  }
  const id = db
    .transaction(() =>
      insertImport(db, { ...row, uploadedBy: null, acceptChanges: acceptChanges ? 1 : 0, status: 'checked' }),
    )
    .immediate()
  try {
    return importRegister(installation, { id, sha256, table, actor: SYSTEM_ACTOR }, walk)
  } catch (error) {
    if (!(error instanceof RuleError && error.code === 'import_has_problems')) throw error
    terminal.say(error.message)
    return walkRegister(installation, table, { ...wish, onProgress: () => {} })
  }
}

function contentOf(file: string): Buffer {
  if (!existsSync(file) || !statSync(file).isFile()) throw new RuleError('file_not_found', { file })
  return readFileSync(file)
}
