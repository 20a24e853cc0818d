import { clockMinute } from '../domain/calendar/clock-time.ts'
import { parseLimit, printLimit } from '../domain/deadlines/time-limit.ts'
import { fold } from '../fold.ts'
import { isHour } from '../settings/setting-value.ts'
import { wholeDigits } from '../web/whole-digits.ts'
import { CHOICES, type Paper, PLAIN_FACTS, type Step, type VersionFacts } from './facts.ts'

/** A fact that cannot be read: what was written, and what may be. */
export interface FactProblem {
  readonly fact: keyof VersionFacts
  readonly text: string
  readonly expected: string
}

/**
 * The facts that cells say. A cell that is not there at all (undefined) keeps what was before; an empty one says that
 * there is none. Problems name the cell and what may stand there.
 */
export function readFacts(
  cell: (fact: keyof VersionFacts) => string | undefined,
  before: VersionFacts | null,
): { readonly facts: VersionFacts } | { readonly problems: readonly FactProblem[] } {
  const base = before ?? { ...PLAIN_FACTS, limit: '', source: '' }
  const problems: FactProblem[] = []
  const entries = (Object.keys(READERS) as (keyof VersionFacts)[]).map((fact) => {
    const text = cell(fact)?.trim() ?? (before === null && NEEDED.has(fact) ? '' : undefined)
    if (text === undefined) return [fact, base[fact]]
    const { read, expected } = READERS[fact]
    const value = read(text)
    if (value === undefined) problems.push({ fact, text, expected })
    return [fact, value]
  })
  return problems.length > 0 ? { problems } : { facts: Object.fromEntries(entries) as VersionFacts }
}

const NEEDED: ReadonlySet<keyof VersionFacts> = new Set(['limit', 'source'])

interface Reader<Value> {
  /** Undefined: it cannot be read. */
  readonly read: (text: string) => Value | undefined
  readonly expected: string
}

const MOST_FEE = 1_000_000_000
const LONGEST_TEXT = 500
const MOST_LINES = 60

const READERS: { readonly [Fact in keyof VersionFacts]: Reader<VersionFacts[Fact]> } = {
  limit: {
    read: limitIn,
    expected: 'ví dụ: 3 ngày làm việc, 24 giờ làm việc, 30 ngày, 1 tháng, trong ngày',
  },
  cutoffMinute: {
    read: (text) => (text === '' ? null : isHour(text) ? clockMinute(text) : undefined),
    expected: 'giờ dạng 15:00, hoặc để trống',
  },
  mode: choice(CHOICES.mode, PLAIN_FACTS.mode),
  lateness: choice(CHOICES.lateness, PLAIN_FACTS.lateness),
  onlineLevel: {
    read: (text) => (text === '' ? null : /^[234]$/.test(text) ? Number(text) : undefined),
    expected: '2, 3, 4, hoặc để trống',
  },
  onlineMode: choice(CHOICES.onlineMode, null),
  fee: {
    read: (text) => numberIn((wholeDigits(text.replace(/đ(ồng)?$/, '')) ?? text) || '0', MOST_FEE),
    expected: 'số tiền đồng',
  },
  feeNote: textOrNone(),
  instant: yesNo(),
  supplementPolicy: choice(CHOICES.supplementPolicy, PLAIN_FACTS.supplementPolicy),
  paymentPolicy: choice(CHOICES.paymentPolicy, PLAIN_FACTS.paymentPolicy),
  verificationPolicy: choice(CHOICES.verificationPolicy, PLAIN_FACTS.verificationPolicy),
  consultationPolicy: choice(CHOICES.consultationPolicy, PLAIN_FACTS.consultationPolicy),
  extensionDays: {
    read: (text) => (text === '' || text === '0' ? null : numberIn(text, 365)),
    expected: 'số ngày từ 1 đến 365, hoặc để trống',
  },
  publicationDecision: textOrNone(),
  verified: yesNo(),
  source: {
    read: (text) => (text === '' || text.length > LONGEST_TEXT ? undefined : text),
    expected: 'văn bản quy định thủ tục, ví dụ: Nghị định 123/2015/NĐ-CP Điều 15',
  },
  components: {
    read: (text) => linesIn(text, paperIn),
    expected: 'mỗi giấy tờ một dòng: tên | bản chính hoặc bản sao | số bộ | bắt buộc hoặc không bắt buộc',
  },
  steps: {
    read: (text) => linesIn(text, stepIn),
    expected: 'mỗi bước một dòng: tên | nơi làm (shop, resolver, leader, clerk hoặc mã đơn vị) | thời hạn',
  },
}

/** '3wd', or as people write it: '3 ngày làm việc'. */
function limitIn(text: string): string | undefined {
  const words = fold(text)
  const [, amount = '', unit = ''] =
    /^(\d{1,4}) (ngay lam viec|gio lam viec|gio|ngay|thang)$/.exec(words) ?? []
  const suffix = LIMIT_WORDS[unit]
  try {
    if (words === 'trong ngay') return 'same-day'
    return printLimit(parseLimit(suffix === undefined ? text : `${amount}${suffix}`))
  } catch {
    return undefined
  }
}

const LIMIT_WORDS: Readonly<Record<string, string>> = {
  'ngay lam viec': 'wd',
  'gio lam viec': 'wh',
  gio: 'wh',
  ngay: 'd',
  thang: 'm',
}

function choice<Value extends string, None extends string | null>(
  words: Readonly<Record<Value, string>>,
  none: None,
): Reader<Value | None> {
  const entries = Object.entries<string>(words)
  const known = new Map(
    entries.flatMap(([key, label]) => [key, label].map((word) => [fold(word), key as Value])),
  )
  return {
    read: (text) => (text === '' ? none : known.get(fold(text))),
    expected: entries.map(([key, label]) => `${label} (${key})`).join(', '),
  }
}

function yesNo(): Reader<boolean> {
  const known = new Map([
    ...['', 'khong', 'false', '0'].map((word) => [word, false] as const),
    ...['co', 'true', '1', 'x'].map((word) => [word, true] as const),
  ])
  return { read: (text) => known.get(fold(text)), expected: 'có hoặc không' }
}

function textOrNone(): Reader<string | null> {
  return {
    read: (text) => (text === '' ? null : text.length > LONGEST_TEXT ? undefined : text),
    expected: `chữ, dài nhất ${LONGEST_TEXT}`,
  }
}

function numberIn(text: string, most: number): number | undefined {
  return /^\d{1,10}$/.test(text) && Number(text) <= most ? Number(text) : undefined
}

function linesIn<T>(
  text: string,
  read: (parts: readonly string[]) => T | undefined,
): readonly T[] | undefined {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '')
  const found = lines.map((line) => read(line.split('|').map((part) => part.trim())))
  return lines.length > MOST_LINES || found.includes(undefined) ? undefined : (found as readonly T[])
}

function paperIn([name = '', kind = '', copies = '', need = '', ...rest]: readonly string[]):
  | Paper
  | undefined {
  const original = { '': true, 'ban chinh': true, 'ban sao': false }[fold(kind)]
  const required = { '': true, 'bat buoc': true, 'khong bat buoc': false }[fold(need)]
  const count = copies === '' ? 1 : numberIn(copies, 99)
  const isWhole = name !== '' && name.length <= LONGEST_TEXT && rest.length === 0
  if (!isWhole || original === undefined || required === undefined || !count) return undefined
  return { name, original, copies: count, required }
}

function stepIn([name = '', actor = '', limit = '', ...rest]: readonly string[]): Step | undefined {
  const limitText = limit === '' ? null : limitIn(limit)
  const isWhole =
    name !== '' && name.length <= LONGEST_TEXT && /^[a-z0-9.-]{1,80}$/.test(actor) && rest.length === 0
  return isWhole && limitText !== undefined ? { name, actor, limitText } : undefined
}
