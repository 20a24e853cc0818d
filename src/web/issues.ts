import type { TLocalizedValidationError } from 'typebox/error'
import { REFUSALS } from '../domain/refusals.ts'
import type { UncleanText } from './plain-text.ts'
import type { Issue } from './problems.ts'

/** A field's name is repeated in the answer up to this length. */
const LONGEST_NAME = 60
const MOST_ISSUES = 20

const TEXT_SENTENCES = {
  hidden_characters: 'Có ký tự điều khiển không nhìn thấy. Hãy xoá và gõ lại.',
  broken_characters: 'Có ký tự Unicode bị cắt đôi. Hãy gõ lại.',
  too_deep: 'Dữ liệu lồng nhau quá sâu. Hãy gửi đúng cấu trúc trong tài liệu.',
} as const satisfies Record<UncleanText['problem'], string>

/** A text that cannot be taken, and where it stands. */
export function textIssue(part: Issue['in'], { path, problem }: UncleanText): Issue {
  return { in: part, field: path.map(shown).join('.'), detail: TEXT_SENTENCES[problem] }
}

/** What a validator found, field by field, in sentences that say what to do. */
export function issuesOf(part: Issue['in'], errors: readonly TLocalizedValidationError[]): readonly Issue[] {
  const issues = errors.flatMap((error) => issuesOfOne(part, error))
  const unique = new Map(issues.map((issue) => [issue.field, issue]).reverse() as [string, Issue][])
  return [...unique.values()].reverse().slice(0, MOST_ISSUES)
}

function issuesOfOne(part: Issue['in'], error: TLocalizedValidationError): readonly Issue[] {
  const field = fieldOf(error.instancePath)
  const params = error.params as Params
  if (error.keyword === 'boolean') return []
  if (error.keyword === 'required') {
    return (params.requiredProperties ?? []).map((name) => ({
      in: part,
      field: joined(field, name),
      detail: 'Thiếu trường này. Hãy gửi kèm.',
    }))
  }
  if (error.keyword === 'additionalProperties') {
    return (params.additionalProperties ?? []).map((name) => ({
      in: part,
      field: joined(field, name),
      detail: 'Không có trường này. Hãy bỏ đi hoặc kiểm tra lại tên.',
    }))
  }
  const sentence = SENTENCES[error.keyword]
  return [
    {
      in: part,
      field,
      detail: sentence === undefined ? 'Giá trị không hợp lệ. Hãy xem tài liệu.' : sentence(params),
    },
  ]
}

interface Params {
  readonly requiredProperties?: readonly string[]
  readonly additionalProperties?: readonly string[]
  readonly type?: string | readonly string[]
  readonly allowedValues?: readonly unknown[]
  readonly limit?: number
  readonly format?: string
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  string: 'chuỗi ký tự',
  integer: 'số nguyên',
  number: 'số',
  boolean: 'true hoặc false',
  array: 'danh sách',
  object: 'đối tượng JSON',
  null: 'null',
}

const FORMATS: Readonly<Record<string, string>> = {
  'local-day': REFUSALS.invalid_day.sentence.replace('“{value}” ', ''),
  moment: REFUSALS.invalid_instant.sentence.replace('“{value}” ', ''),
}

const SENTENCES: Readonly<Record<string, (params: Params) => string>> = {
  type: ({ type }) =>
    `Phải là ${[type ?? '']
      .flat()
      .map((name) => TYPE_NAMES[name] ?? name)
      .join(' hoặc ')}.`,
  enum: ({ allowedValues = [] }) => `Hãy chọn một trong: ${allowedValues.map(String).join(', ')}.`,
  const: () => 'Giá trị không được phép.',
  minLength: ({ limit }) => `Phải có ít nhất ${limit} ký tự.`,
  maxLength: ({ limit }) => `Dài quá ${limit} ký tự. Hãy rút gọn.`,
  minimum: ({ limit }) => `Phải từ ${limit} trở lên.`,
  maximum: ({ limit }) => `Không được quá ${limit}.`,
  maxItems: ({ limit }) => `Không được quá ${limit} mục.`,
  minItems: ({ limit }) => `Phải có ít nhất ${limit} mục.`,
  pattern: () => 'Không đúng mẫu. Hãy xem ví dụ trong tài liệu.',
  format: ({ format = '' }) => FORMATS[format] ?? 'Không đúng dạng.',
}

/** `/applicant/idNumber` → `applicant.idNumber`. */
function fieldOf(pointer: string): string {
  return pointer.split('/').slice(1).map(shown).join('.')
}

function joined(field: string, name: string): string {
  return field === '' ? shown(name) : `${field}.${shown(name)}`
}

/** A name sent by a stranger, short enough and fit to be printed. */
function shown(name: string): string {
  const text = name.replaceAll('~1', '/').replaceAll('~0', '~').toWellFormed().replace(/\p{C}/gu, '?')
  return text.length <= LONGEST_NAME ? text : `${text.slice(0, LONGEST_NAME)}…`
}
