import type { ReceivedProcedure } from '../catalogue/received-procedures.ts'
import { RuleError } from '../domain/refusals.ts'
import { fold } from '../fold.ts'

/**
 * The procedure somebody means: by its code, with or without its name behind, or by the beginnings of its words, with
 * or without marks. Example: 'kh sinh' → Đăng ký khai sinh, where no other has both.
 */
export function findProcedure(received: readonly ReceivedProcedure[], typed: string): ReceivedProcedure {
  const text = typed.trim()
  if (text === '') throw new RuleError('procedure_required')
  const meant = proceduresMeant(received, text)
  const [only] = meant
  if (only === undefined) throw new RuleError('procedure_not_found', { typed: text })
  if (meant.length > 1) throw new RuleError('procedure_ambiguous', { typed: text, count: meant.length })
  return only
}

/** The procedures that what was typed may mean: one by its code or whole name, else all whose words begin so. */
export function proceduresMeant(
  received: readonly ReceivedProcedure[],
  typed: string,
): readonly ReceivedProcedure[] {
  const text = typed.trim()
  if (text === '') return []
  const [code = ''] = text.split(' ')
  const byCode = received.find(({ procedure }) => procedure.code === code)
  if (byCode !== undefined) return [byCode]
  const found = received.filter(({ procedure }) => isMeant(procedure, text))
  const said = wordsOf(text).join(' ')
  const exact = found.filter(({ procedure }) => wordsOf(procedure.name).join(' ') === said)
  return exact.length === 1 ? exact : found
}

/** How the field shows a procedure that was chosen. */
export function procedureText({ procedure: { code, name } }: ReceivedProcedure): string {
  return `${code} ${name}`
}

/** Every word typed begins a word of the procedure's code or name. */
function isMeant({ code, name }: ReceivedProcedure['procedure'], typed: string): boolean {
  const words = wordsOf(`${code} ${name}`)
  return wordsOf(typed).every((part) => words.some((word) => word.startsWith(part)))
}

/** Without marks and punctuation; a code keeps its dots. */
function wordsOf(text: string): readonly string[] {
  return fold(text).match(/[\p{L}\d]+(?:\.[\p{L}\d]+)*/gu) ?? []
}
