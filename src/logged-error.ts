/** What of an error goes into a log line. */
export interface LoggedError {
  readonly type: string
  readonly code?: string
  readonly message: string
  /** Where it happened: file and line of each frame. */
  readonly at: readonly string[]
  readonly cause?: LoggedError
}

const FRAMES = 12
const CAUSES = 3

/** Codes of errors whose words name tables, files and addresses of machines and never what somebody typed. */
const TECHNICAL = /^(SQLITE_|FST_ERR_(?!VALIDATION)|E[A-Z]+$)/

/**
 * An error without what people typed: errors of the language quote the value that was wrong (`Cannot parse: Nguyễn…`), so
 * only the words of technical ones are kept, and of no error its other properties (a broken request carries its bytes).
 */
export function loggedError(error: unknown, depth = 0): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, message: LEFT_OUT, at: [] }
  const { name, code, cause } = error as Error & { readonly code?: unknown }
  const known = typeof code === 'string' ? code : undefined
  return {
    type: name,
    ...(known !== undefined && { code: known }),
    message: known !== undefined && TECHNICAL.test(known) ? error.message : wordsOf(error),
    at: framesOf(error),
    ...(cause instanceof Error && depth < CAUSES && { cause: loggedError(cause, depth + 1) }),
  }
}

const LEFT_OUT = '(không ghi)'

/** The engine's own words about code, without the strings it quotes. */
const ABOUT_CODE = [
  /^Cannot read properties of (undefined|null) \(reading '\w+'\)$/,
  /^Cannot set properties of (undefined|null) \(setting '\w+'\)$/,
  /^[\w.$]+ is not (a function|iterable|defined|a constructor)$/,
]

function wordsOf({ message }: Error): string {
  return ABOUT_CODE.some((words) => words.test(message)) ? message : LEFT_OUT
}

function framesOf({ stack = '' }: Error): readonly string[] {
  const frames = stack.split('\n').flatMap((line) => /^\s+at (.+)$/.exec(line)?.[1] ?? [])
  return frames.slice(0, FRAMES)
}
