import { RuleError } from '../domain/refusals.ts'
import type { DueBook } from './due-book.ts'
import { type DueQuestion, dueAnswer } from './due-question.ts'
import type { Terminal } from './terminal.ts'

/**
 * Answers every line of standard input with one line, in order, while they come. A wrong line is answered with
 * its refusal; the others are answered all the same, and the exit code is then 1.
 */
export async function answerLines(book: DueBook, terminal: Terminal): Promise<void> {
  let rest = ''
  let number = 0
  const answer = (line: string): string => {
    number += 1
    if (line.trim() === '') return ''
    try {
      return `${answerLine(book, line)}\n`
    } catch (error) {
      if (!(error instanceof RuleError)) throw error
      terminal.exitCode(1)
      return `${refusal(error, line, number)}\n`
    }
  }
  terminal.input.setEncoding('utf8')
  for await (const chunk of terminal.input) {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop() ?? ''
    await terminal.out(lines.map(answer).join(''))
  }
  await terminal.out(answer(rest))
}

function answerLine(book: DueBook, line: string): string {
  const question = parsed(line)
  if (question === null) throw new RuleError('invalid_json_line')
  return dueAnswer(book, question)
}

function refusal(error: RuleError, line: string, number: number): string {
  const id = parsed(line)?.id ?? null
  return JSON.stringify({ id, line: number, error: error.code, detail: error.message })
}

/** The object a line holds, or null where it holds none. */
function parsed(line: string): DueQuestion | null {
  try {
    const value: unknown = JSON.parse(line.replace(/^\uFEFF/, ''))
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
    return isObject ? (value as DueQuestion) : null
  } catch {
    return null
  }
}
