import { basename } from 'node:path'
import { openDatabase } from '../../db/open.ts'
import { hasTable } from '../../db/queries/table-counts.ts'
import { recordCommand } from '../audit/record-command.ts'
import { configuredPlace, findBackup } from '../backup/find-backup.ts'
import { type Rehearsal, rehearseRestore } from '../backup/rehearse-restore.ts'
import { restoreBackup } from '../backup/restore.ts'
import { systemClock } from '../clock.ts'
import type { Config } from '../config.ts'
import { formatCount } from '../domain/counting/rate-format.ts'
import { createLogger } from '../logger.ts'
import { moment } from '../web/formats.ts'
import { command, noMoreThan, UsageError } from './command.ts'
import { findingLine } from './finding-line.ts'
import { cliConfig } from './installation-here.ts'
import type { Terminal } from './terminal.ts'

const BUSY_TIMEOUT_MS = 5_000

export const restore = command({
  usage: `motcua restore TỆP|latest [--from-copy] [--documents] [--rehearse]
motcua restore --documents

Khôi phục cơ sở dữ liệu từ một bản sao lưu; latest là bản mới nhất. Dừng dịch vụ trước. Cơ sở dữ liệu đang dùng được giữ
lại bên cạnh. Cuối cùng cho biết khoá tại máy có mở được dữ liệu hay không.

  --from-copy         lấy bản sao lưu ở nơi thứ hai (BACKUP_COPY_TO)
  --documents         lấy cả những tệp đính kèm còn thiếu từ nơi thứ hai; không có TỆP thì chỉ lấy tệp đính kèm
  --rehearse          tập khôi phục: làm trong một thư mục tạm, kiểm tra mọi thứ rồi xoá; dữ liệu đang dùng không đổi,
                      dịch vụ không phải dừng. Có gì sai thì mã thoát là 1`,
  options: {
    'from-copy': { type: 'boolean', default: false },
    documents: { type: 'boolean', default: false },
    rehearse: { type: 'boolean', default: false },
  },
  async run({ values, positionals }, terminal) {
    const [backup] = positionals
    const { documents, rehearse, 'from-copy': fromCopy } = values
    noMoreThan(1, positionals)
    if (backup === undefined && (!documents || rehearse || fromCopy))
      throw new UsageError('Thiếu tệp sao lưu.')
    const config = cliConfig()
    if (rehearse) {
      const started = performance.now()
      const deps = { clock: systemClock, log: createLogger('silent') }
      const rehearsal = await rehearseRestore(deps, config, { backup: backup!, fromCopy, documents })
      return tell(rehearsal, (performance.now() - started) / 1000, terminal)
    }
    if (backup !== undefined) {
      const file = await findBackup(config, { backup, fromCopy }, config.backupDir)
      const { keptAside, keyProblem } = restoreBackup(config, { clock: systemClock, file })
      noteRestore(config)
      terminal.say(`Đã khôi phục ${config.databaseFile} từ ${file}.`)
      if (keptAside !== null) terminal.say(`Cơ sở dữ liệu trước đó được giữ ở ${keptAside}.`)
      terminal.say(keyProblem ?? 'Khoá tại máy mở được dữ liệu đã khôi phục.')
      if (keyProblem !== null) terminal.exitCode(1)
    }
    if (documents) {
      const { to, place } = configuredPlace(config)
      await place.getFiles('documents', config.documentsDir)
      await place.getFiles('attachments', config.attachmentsDir)
      terminal.say(`Đã lấy các tệp đính kèm còn thiếu từ ${to}.`)
    }
  },
})

/** In the chain that goes on from here; a backup of an older version has none yet. */
function noteRestore({ databaseFile }: Config): void {
  const db = openDatabase(databaseFile, { busyTimeoutMs: BUSY_TIMEOUT_MS })
  try {
    if (hasTable(db, 'audit_entries')) recordCommand({ db, clock: systemClock }, 'restore')
  } finally {
    db.close()
  }
}

async function tell(rehearsal: Rehearsal, seconds: number, terminal: Terminal): Promise<void> {
  const { file, findings, rows, newest, keyProblem } = rehearsal
  for (const finding of findings) await terminal.out(findingLine(finding))
  await terminal.out(keyProblem === null ? '✔ Khoá mở được dữ liệu\n' : `✘ ${keyProblem}\n`)
  const counts = `${formatCount(rows.dossiers)} hồ sơ, ${formatCount(rows.events)} sự kiện, ${formatCount(rows.snapshots)} bản chốt`
  const latest = newest === null ? 'chưa có hồ sơ' : `việc ghi sau cùng lúc ${moment(newest)}`
  const isGood = keyProblem === null && findings.every(({ problem }) => problem === null)
  const verdict = isGood ? 'Tập khôi phục đạt' : 'Tập khôi phục KHÔNG đạt'
  await terminal.out(
    `${verdict}: ${basename(file)}\n${counts}; ${latest}; hết ${seconds.toFixed(1).replace('.', ',')} giây.\n`,
  )
  if (!isGood) terminal.exitCode(1)
}
