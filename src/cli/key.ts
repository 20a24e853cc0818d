import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type Db, openDatabase } from '../../db/open.ts'
import { fileProblem } from '../../db/queries/table-counts.ts'
import { makeBackupFile } from '../backup/backup-file.ts'
import { backupName } from '../backup/backup-names.ts'
import { systemClock } from '../clock.ts'
import type { Config } from '../config.ts'
import { formatCount } from '../domain/counting/rate-format.ts'
import { RuleError } from '../domain/refusals.ts'
import { exportKey, giveUpNumbers, importKey, keyMark, tryKey } from '../key-file.ts'
import { command, noMoreThan, oneOf, UsageError } from './command.ts'
import { cliConfig } from './installation-here.ts'
import type { Terminal } from './terminal.ts'

const BUSY_TIMEOUT_MS = 5_000

export const key = command({
  usage: `motcua key check
motcua key export TỆP
motcua key import TỆP
motcua key give-up --lose-numbers

Khoá (KEY_FILE) mở số định danh và số điện thoại. Khoá không nằm trong bản sao lưu: hãy cất riêng, ngoài máy này.

  check               thử khoá tại máy trên mọi số đã niêm phong; in dấu nhận ra khoá
  export TỆP          ghi khoá kèm mã kiểm tra ra một tệp mới, để cất vào nơi an toàn hoặc in ra
  import TỆP          đặt lại khoá đã xuất; khoá khác đang có được giữ bên cạnh
  give-up             khi khoá đã mất hẳn: xoá mọi số mà khoá tại máy không mở được, để làm việc tiếp; sao lưu trước`,
  options: { 'lose-numbers': { type: 'boolean', default: false } },
  async run({ values, positionals: [word = '', file, ...rest] }, terminal) {
    noMoreThan(0, rest)
    const config = cliConfig()
    const action = oneOf('Việc', word, ['check', 'export', 'import', 'give-up'])
    if (action === 'export' || action === 'import') {
      if (file === undefined) throw new UsageError('Thiếu tên tệp.')
      if (action === 'export') return keep(config, resolve(file), terminal)
      return bringBack(config, file, terminal)
    }
    if (file !== undefined) throw new UsageError(`Thừa tham số “${file}”.`)
    if (action === 'check') return check(config, terminal)
    if (!values['lose-numbers'])
      throw new UsageError('Việc này xoá số định danh. Chắc chắn thì thêm --lose-numbers.')
    return giveUp(config, terminal)
  },
})

function check(config: Config, terminal: Terminal): Promise<void> {
  const { keyFile, databaseFile } = config
  if (!existsSync(keyFile)) throw new RuleError('no_key', { file: keyFile })
  if (!existsSync(databaseFile)) throw new RuleError('no_database', { file: databaseFile })
  const { sealed, opened } = onDatabase(config, (db) => tryKey(db!, keyFile))
  if (opened < sealed) terminal.say(new RuleError('wrong_key', { file: keyFile }).message)
  if (opened < sealed) terminal.exitCode(1)
  return terminal.out(
    `Khoá ${keyMark(keyFile)}: mở được ${formatCount(opened)}/${formatCount(sealed)} số đã niêm phong.\n`,
  )
}

async function keep({ keyFile, dataDir }: Config, file: string, terminal: Terminal): Promise<void> {
  if (file.startsWith(`${dataDir}/`)) throw new RuleError('key_among_data', { file })
  exportKey(keyFile, file)
  await terminal.out(`${file}\n`)
  terminal.say(
    `Đã xuất khoá ${keyMark(keyFile)}. Hãy cất tệp này ở nơi an toàn ngoài máy, không cùng chỗ với bản sao lưu, rồi xoá ở đây.`,
  )
}

function bringBack(config: Config, file: string, terminal: Terminal): void {
  const aside = onDatabase(config, (db) => importKey(db, config.keyFile, file))
  terminal.say(`Đã đặt khoá ${keyMark(config.keyFile)} vào ${config.keyFile}.`)
  if (aside !== null) terminal.say(`Khoá trước đó được giữ ở ${aside}.`)
}

function giveUp(config: Config, terminal: Terminal): void {
  const { databaseFile, keyFile, backupDir } = config
  if (!existsSync(databaseFile)) throw new RuleError('no_database', { file: databaseFile })
  const kept = join(backupDir, backupName(systemClock.now()))
  const removed = onDatabase(config, (db) => {
    // The key may be found after all.
    makeBackupFile(db!, kept, fileProblem)
    return giveUpNumbers(db!, keyFile)
  })
  terminal.say(`Đã sao lưu trước vào ${kept}.`)
  terminal.say(`Đã xoá ${formatCount(removed)} số không có khoá nào mở được.`)
}

/** The key is needed exactly when the installation cannot be opened without it, so only the file is. */
function onDatabase<T>({ databaseFile }: Config, work: (db: Db | null) => T): T {
  if (!existsSync(databaseFile)) return work(null)
  const db = openDatabase(databaseFile, { busyTimeoutMs: BUSY_TIMEOUT_MS })
  try {
    return work(db)
  } finally {
    db.close()
  }
}
