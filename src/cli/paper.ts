import { existsSync, readFileSync } from 'node:fs'
import { KIND_LABELS } from '../documents/kinds.ts'
import { RuleError } from '../domain/refusals.ts'
import type { PaperData, PaperTemplate } from '../paper/paper-data.ts'
import { sampleOf } from '../paper/paper-templates.ts'
import { renderPaper } from '../paper/render-paper.ts'
import { command, noMoreThan, UsageError } from './command.ts'
import { cliConfig } from './installation-here.ts'

/** For the administrator who changes a template: nothing is issued and no database is needed. */
export const paper = command({
  usage: `motcua paper MẪU [--data TỆP] > thu.pdf

Dựng thử một mẫu giấy tờ và in PDF ra luồng kết quả; mẫu trong DATA_DIR/templates được dùng thay mẫu có sẵn.
MẪU: ${Object.keys(KIND_LABELS).join(', ')}.

  --data TỆP          dữ liệu JSON; bỏ trống: dữ liệu mẫu đi kèm phần mềm`,
  options: { data: { type: 'string' } },
  async run({ values, positionals }, terminal) {
    const [template] = positionals
    if (template === undefined) throw new UsageError('Thiếu tên mẫu, ví dụ receipt-slip.')
    noMoreThan(1, positionals)
    const sample = sampleOf(template)
    if (sample === null) throw new RuleError('unknown_template', { template })
    const data = values.data === undefined ? sample : readFile(values.data)
    const { templatesDir } = cliConfig()
    const name = template as PaperTemplate
    await terminal.out(await renderPaper(name, JSON.parse(data) as PaperData[typeof name], { templatesDir }))
  },
})

function readFile(file: string): string {
  if (!existsSync(file)) throw new RuleError('invalid_paper_data', { file, problem: 'không có' })
  const text = readFileSync(file, 'utf8')
  try {
    const { printedOn } = JSON.parse(text) as { printedOn?: unknown }
    if (typeof printedOn === 'string' && /^\d{4}-\d\d-\d\d$/.test(printedOn)) return text
  } catch {
    throw new RuleError('invalid_paper_data', { file, problem: 'không phải JSON hợp lệ' })
  }
  throw new RuleError('invalid_paper_data', { file, problem: 'thiếu ngày in “printedOn” dạng 2023-03-09' })
}
