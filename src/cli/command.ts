import { type ParseArgsConfig, parseArgs } from 'node:util'
import type { Terminal } from './terminal.ts'

type Options = NonNullable<ParseArgsConfig['options']>
type Parsed<O extends Options> = ReturnType<
  typeof parseArgs<{ options: O; allowPositionals: true; strict: true }>
>

export interface CommandDraft<O extends Options> {
  /** What `help` prints: one line with the form, then what it does and its options. */
  readonly usage: string
  readonly options: O
  run(given: Pick<Parsed<O>, 'values' | 'positionals'>, terminal: Terminal): Promise<void> | void
}

export interface Command {
  readonly usage: string
  invoke(args: readonly string[], terminal: Terminal): Promise<void>
}

/** The command line was wrong: exit code 2, with the command's usage. */
export class UsageError extends Error {}

/** A command whose options are checked by node's own parser; what it does not know is refused. */
export function command<const O extends Options>({ usage, options, run }: CommandDraft<O>): Command {
  return {
    usage,
    async invoke(args, terminal) {
      await run(parsed(args, options), terminal)
    },
  }
}

function parsed<const O extends Options>(args: readonly string[], options: O): Parsed<O> {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true })
  } catch (error) {
    const { code, message } = error as { code?: string; message: string }
    if (code?.startsWith('ERR_PARSE_ARGS') !== true) throw error
    throw new UsageError(sentenceOf(code, message))
  }
}

function sentenceOf(code: string, message: string): string {
  const option = /'([^' ]+)/.exec(message)?.[1] ?? ''
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') return `Không có tuỳ chọn “${option}”.`
  if (code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE')
    return `Tuỳ chọn “${option}” có giá trị không hợp lệ hoặc thiếu giá trị.`
  return 'Câu lệnh không hợp lệ.'
}

/** One of the words an option allows, or a UsageError that lists them. */
export function oneOf<const T extends string>(option: string, value: string, words: readonly T[]): T {
  const found = words.find((word) => word === value)
  if (found === undefined) throw new UsageError(`${option} phải là một trong: ${words.join(', ')}.`)
  return found
}

/** Refuses words after the ones a command takes. */
export function noMoreThan(count: number, positionals: readonly string[]): void {
  if (positionals.length > count) throw new UsageError(`Thừa tham số “${positionals[count]}”.`)
}
