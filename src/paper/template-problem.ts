import { RuleError } from '../domain/refusals.ts'
import type { Templates } from './paper-templates.ts'

/** As the compiler reports it; lines from 0. */
interface Diagnostic {
  readonly message: string
  readonly path: string
  readonly severity: number
  readonly range: { readonly start: { readonly line: number } } | null
}

const ERROR = 1

/** The refusal `broken_template` for what the compiler said: file, line and what is wrong. */
export function brokenTemplate(
  template: string,
  templates: Templates,
  diagnostics: readonly Diagnostic[],
): RuleError {
  const first = diagnostics.find(({ severity }) => severity === ERROR)
  const file = first?.path.split('/').at(-1) || `${template}.typ`
  return refusal(file, templates, (first?.range?.start.line ?? 0) + 1, inVietnamese(first?.message ?? ''))
}

/** Refuses templates that want something from the Internet: paper is made without a network. */
export function refuseDownloads(templates: Templates): void {
  for (const [file, { text }] of templates) {
    const line = text.split('\n').findIndex((each) => DOWNLOAD.test(each))
    if (line >= 0) throw refusal(file, templates, line + 1, 'không được dùng gói tải từ Internet (“@…”)')
  }
}

const DOWNLOAD = /["']@[\w-]+\/|\b(import|include)\b[^"]*"@/

function refusal(file: string, templates: Templates, line: number, problem: string): RuleError {
  const isTrial = [...templates.values()].some(({ origin }) => origin === 'typed')
  const origin = templates.get(file)?.origin ?? 'shipped'
  const advice = ADVICE[isTrial && origin !== 'typed' ? 'user' : origin]
  return new RuleError('broken_template', { file, line, problem, advice })
}

const ADVICE = {
  typed: 'Chưa ghi gì. Hãy sửa dòng đó rồi xem thử lại.',
  user: 'Tệp ấy dùng đến mẫu đang sửa. Chưa ghi gì. Hãy sửa rồi xem thử lại.',
  own: 'Hãy sửa dòng đó, hoặc bỏ tệp khỏi thư mục templates để dùng mẫu có sẵn.',
  shipped:
    'Đây là mẫu có sẵn: hãy xem lại dữ liệu đưa vào, hoặc tệp trong thư mục templates gọi đến mẫu này.',
} as const

/** The compiler speaks English; its commonest words in Vietnamese, anything else as it said it. */
function inVietnamese(told: string): string {
  const [message = told] = told.split(', hints: ')
  for (const [pattern, words] of WORDS) {
    if (pattern.test(message)) return message.replace(pattern, words)
  }
  return `trình dựng trang báo “${message}”`
}

const WORDS: readonly (readonly [RegExp, string])[] = [
  [/^dictionary does not contain key "(.+)".*$/s, 'dữ liệu không có trường “$1”'],
  [/^unknown variable: (.+)$/s, 'không có tên “$1”'],
  [/^unclosed delimiter$/, 'dấu ngoặc mở ở đây chưa được đóng'],
  [/^unexpected closing (.+)$/s, 'dấu đóng $1 thừa'],
  [/^unclosed string$/, 'chuỗi chữ mở ở đây chưa có dấu nháy đóng'],
  [/^unclosed raw text$/, 'đoạn chữ nguyên dạng mở ở đây chưa được đóng'],
  [/^unresolved import.*$/s, 'tên lấy từ tệp khác (import) không có trong tệp ấy'],
  [/^file not found.*$/s, 'không tìm thấy tệp được gọi'],
  [/^unexpected argument: (.+)$/s, 'tham số “$1” không dùng được ở đây'],
  [/^missing argument: (.+)$/s, 'thiếu tham số “$1”'],
  [/^expected (.+), found (.+)$/s, 'cần “$1” nhưng lại có “$2”'],
]
