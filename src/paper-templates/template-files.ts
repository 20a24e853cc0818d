import { KIND_LABELS } from '../documents/kinds.ts'
import { RuleError } from '../domain/refusals.ts'
import type { PaperTemplate } from '../paper/paper-data.ts'

/** A template that may be edited: a paper, or a part that papers share. */
export interface TemplateFile {
  readonly name: string
  readonly label: string
  /** The papers made with it; the first is the one that is shown. */
  readonly papers: readonly [PaperTemplate, ...PaperTemplate[]]
}

const PAPERS = Object.keys(KIND_LABELS) as [PaperTemplate, ...PaperTemplate[]]

/** In the order in which they are looked for: the papers, then what they share. */
export const TEMPLATE_FILES: readonly TemplateFile[] = [
  ...PAPERS.map((name) => ({ name, label: KIND_LABELS[name], papers: [name] }) as const),
  { name: 'common', label: 'Phần chung: quốc hiệu, tên cơ quan, chữ ký, mã vạch', papers: PAPERS },
  {
    name: 'receipt-facts',
    label: 'Phần chung: các ô của giấy tiếp nhận',
    papers: ['receipt-slip', 'sitting-slip'],
  },
  {
    name: 'register-table',
    label: 'Phần chung: bảng của sổ theo dõi',
    papers: ['register-book', 'day-register'],
  },
]

export function templateFile(name: string): TemplateFile {
  const found = TEMPLATE_FILES.find((file) => file.name === name)
  if (found === undefined) throw new RuleError('unknown_template_file', { template: name.slice(0, 40) })
  return found
}
