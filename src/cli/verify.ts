import { existsSync } from 'node:fs'
import { rootsFileIn } from '../audit/roots-file.ts'
import { backupProblem } from '../backup/backup-file.ts'
import { RuleError } from '../domain/refusals.ts'
import { verifyInstallation } from '../verify.ts'
import { command, noMoreThan } from './command.ts'
import { findingLine } from './finding-line.ts'
import { withInstallation } from './installation-here.ts'

export const verify = command({
  usage: `motcua verify [TỆP]

Kiểm tra cơ sở dữ liệu đang dùng (tệp, liên kết, bản chốt, mã, lịch sử, số liệu, nhật ký kiểm tra, tệp
đính kèm), hoặc một bản sao lưu. Nhật ký bị sửa thì nêu mục đầu tiên không khớp. Không thay đổi gì. Có gì sai thì mã thoát là 1.`,
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
    await withInstallation(async ({ db, vault }, { documentsDir, attachmentsDir, dataDir }) => {
      const beside = { documentsDir, attachmentsDir, rootsFile: rootsFileIn(dataDir), vault }
      const findings = verifyInstallation(db, beside)
      await terminal.out(findings.map(findingLine).join(''))
      if (findings.some(({ problem }) => problem !== null)) terminal.exitCode(1)
    })
  },
})
