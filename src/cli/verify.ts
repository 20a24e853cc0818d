import { existsSync } from 'node:fs'
import { backupProblem } from '../backup.ts'
import { RuleError } from '../domain/refusals.ts'
import { verifyDatabase } from '../verify.ts'
import { command, noMoreThan } from './command.ts'
import { withInstallation } from './installation-here.ts'

export const verify = command({
  usage: `motcua verify [TỆP]

Kiểm tra cơ sở dữ liệu đang dùng (tệp, liên kết, bản chốt, mã, lịch sử, số liệu), hoặc một bản sao lưu.
Không thay đổi gì. Có gì sai thì mã thoát là 1.`,
  options: {},
  async run({ positionals }, terminal) {
    const [file] = positionals
    noMoreThan(1, positionals)
    if (file !== undefined) {
      if (!existsSync(file)) throw new RuleError('unknown_backup', { file })
      const problem = backupProblem(file)
      if (problem !== null) throw new RuleError('damaged_backup', { file, problem })
      return terminal.out(`✔ ${file}\n`)
    }
    await withInstallation(async (installation) => {
      const findings = verifyDatabase(installation)
      const lines = findings.map(({ label, problem }) =>
        problem === null ? `✔ ${label}\n` : `✘ ${label}: ${problem}\n`,
      )
      await terminal.out(lines.join(''))
      if (findings.some(({ problem }) => problem !== null)) terminal.exitCode(1)
    })
  },
})
