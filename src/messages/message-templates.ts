import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { MESSAGE_TEMPLATES, type MessageTemplate } from '../domain/messages/message-rules.ts'
import { PLACEHOLDERS, REQUIRED } from './message-placeholders.ts'

export const FORMS = ['letter', 'short'] as const
/** A letter has a subject, its first line; SMS and Zalo get the short form. */
export type Form = (typeof FORMS)[number]

const SHIPPED = fileURLToPath(new URL('./templates', import.meta.url))

/** A text message of more characters is torn apart, or refused, on its way. */
const SHORT_AT_MOST = 320
const LETTER_AT_MOST = 4_000

export interface ReadTemplate {
  readonly file: string
  /** The text that is used: the installation's own where nothing is wrong with it. */
  readonly text: string
  /** The installation has a file of its own. */
  readonly own: boolean
  /** What is wrong with that file, in words; empty where nothing is. */
  readonly problems: readonly string[]
}

/** `received.txt`, `received.short.txt` */
function templateFile(template: MessageTemplate, form: Form): string {
  return form === 'letter' ? `${template}.txt` : `${template}.short.txt`
}

/**
 * The text of a template: the installation's own file, read anew each time, so that a change shows at once. With one in
 * which something is wrong no citizen is written to: the shipped text is used, and its problems are told.
 */
export function readTemplate(ownDir: string, template: MessageTemplate, form: Form): ReadTemplate {
  const file = templateFile(template, form)
  const own = ownText(join(ownDir, file))
  const problems =
    own === null ? [] : typeof own === 'string' ? problemsOf(own, template, form) : own.problems
  const isGood = typeof own === 'string' && problems.length === 0
  const text = isGood ? own : readFileSync(join(SHIPPED, file), 'utf8').trim()
  return { file, text, own: own !== null, problems }
}

/** All ten, in their order. */
export function readTemplates(ownDir: string): readonly ReadTemplate[] {
  return MESSAGE_TEMPLATES.flatMap((template) => FORMS.map((form) => readTemplate(ownDir, template, form)))
}

function ownText(path: string): string | { readonly problems: readonly string[] } | null {
  if (!existsSync(path)) return null
  try {
    return readFileSync(path, 'utf8').normalize('NFC').trim()
  } catch {
    return { problems: ['không đọc được tệp'] }
  }
}

/** What is wrong with a text: nothing a citizen should get is guessed. */
export function problemsOf(text: string, template: MessageTemplate, form: Form): readonly string[] {
  const named = [...text.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map(([, name = '']) => name)
  const unknown = [...new Set(named)].filter((name) => !Object.hasOwn(PLACEHOLDERS, name))
  const left = text.replace(/\{\{\s*\w+\s*\}\}/g, '')
  const most = form === 'short' ? SHORT_AT_MOST : LETTER_AT_MOST
  return [
    ...(text === '' ? ['tệp trống'] : []),
    ...unknown.map((name) => `không có chỗ điền {{${name}}}`),
    ...(/\{\{|\}\}/.test(left) ? ['có dấu {{ hoặc }} thừa'] : []),
    ...REQUIRED[template].filter((name) => !named.includes(name)).map((name) => `thiếu {{${name}}}`),
    ...(form === 'letter' && !/^.+\n\s*\n[\s\S]*\S/.test(text)
      ? ['dòng đầu là tiêu đề, rồi một dòng trống, rồi nội dung']
      : []),
    ...([...text].length > most ? [`dài quá ${most} ký tự`] : []),
  ]
}
