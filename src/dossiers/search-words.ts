import { fold } from '../fold.ts'
import { idDigits, isIdNumber, phoneDigits } from '../person-numbers.ts'

/** What was typed into the search field, read in every way it can be meant. */
export interface Search {
  /** Words of a name, folded; the last may be unfinished. Empty: no name can be meant. */
  readonly words: readonly SearchWord[]
  /** A whole ID or phone number, as it is kept. */
  readonly number: string | null
  /** The last four digits of one. */
  readonly tail: string | null
  /** Part of a code: upper case, without dots, blanks and dashes. */
  readonly code: string | null
}

export interface SearchWord {
  readonly folded: string
  /** The same with what a Telex keyboard left behind taken for marks; null: nothing was left. */
  readonly untelexed: string | null
}

/** A phone number that nothing else looks like. */
const PHONE = /^(?:0\d{9,10}|\+\d{8,15})$/
const TAIL = /^\d{4}$/

/**
 * Reads what somebody typed: a code or a part of one, an ID or phone number or its end, or a name without order or
 * marks. Example: `readSearch('230306-0001').code` is `'2303060001'`; `readSearch('Đào nguyenx').words` finds
 * “Nguyễn Thị Đào”.
 */
export function readSearch(text: string): Search {
  const compact = text
    .normalize('NFC')
    .trim()
    .replace(/[\s.-]/g, '')
    .toUpperCase()
  const isCode = /\d/.test(compact) && compact.length >= 3 && /^[0-9A-Z]+$/.test(compact)
  const parts = fold(text)
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
  // 'Công ty 27' is a name; of digits and mixed words alone, a code or a number is made.
  const words = parts.some((part) => /^[a-z]+$/.test(part)) ? parts : []
  return {
    words: words.map((folded) => ({ folded, untelexed: untelex(folded) })),
    number: numberIn(text),
    tail: TAIL.test(compact) ? compact : null,
    code: isCode ? compact : null,
  }
}

/**
 * Whether what was typed holds a whole ID or phone number, which stands in no address. Example: true for '0912 345 678'
 * and '036190123456 Hiên', false for '5678' and '230306-0001'.
 */
export function holdsNumber(text: string): boolean {
  return [text, ...text.trim().split(/\s+/)].some((part) => numberIn(part) !== null)
}

/** Of what is scanned from a citizen's card the number; anything else as it is. */
export function askedIn(text: string): string {
  return (text.split('|')[0] ?? '').trim()
}

function numberIn(text: string): string | null {
  const [id, phone] = [idDigits(text), phoneDigits(text)]
  return isIdNumber(id) ? id : PHONE.test(phone) ? phone : null
}

/**
 * A folded word as it would be had the input method been on: doubled letters, `w` and the key of the tone gone.
 * Null where nothing looks like that. Example: `untelex('nguyeenx')` is `'nguyen'`, `untelex('ddaof')` `'dao'`.
 */
export function untelex(word: string): string | null {
  const plain = word
    .replace(/dd/g, 'd')
    .replace(/([aeo])\1/g, '$1')
    .replace(/(?<=[aou])w/g, '')
    .replace(/(?<=[aeiouy][a-z]{0,3})[sfrxj]$/, '')
  return plain === word || plain === '' ? null : plain
}

/**
 * How well a name answers: 0 where every word stands in it with the very marks and in this order, up to 3 where only
 * its letters begin so. Example: for 'đào', “Nguyễn Thị Đào” is 0 and “Nguyễn Thị Đạo” 1; for 'da', both are 2.
 */
export function rankName(name: string, typed: string): number {
  const asTyped = wordsOf(typed)
  const own = wordsOf(name)
  const folded = asTyped.map(fold)
  const ownFolded = own.map(fold)
  if (isRun(own, asTyped)) return 0
  if (asTyped.every((word) => own.includes(word)) || isRun(ownFolded, folded)) return 1
  return folded.every((word) => ownFolded.includes(word)) ? 2 : 3
}

function wordsOf(text: string): readonly string[] {
  return text.normalize('NFC').toLowerCase().trim().split(/\s+/).map(tonePlaced)
}

/** oa, oe, uy at the end of a word with the tone on the second letter; after q the u belongs to the consonant. */
const TONE_ON_SECOND = /(?<!q)(o(?=[ae])|u(?=y))([aey])([\u0300\u0301\u0303\u0309\u0323])$/

/**
 * A word in lower case with its tone in the one of two places: one input method writes “hoà, khoẻ, thuỷ”, another “hòa,
 * khỏe, thủy”. Example: `tonePlaced('thuỷ')` is `'thủy'`; “quý”, “giỏi” and “toàn” stay.
 */
export function tonePlaced(word: string): string {
  return word.normalize('NFD').replace(TONE_ON_SECOND, '$1$3$2').normalize('NFC')
}

/** Whether the words follow each other in the name. */
function isRun(name: readonly string[], words: readonly string[]): boolean {
  return ` ${name.join(' ')} `.includes(` ${words.join(' ')} `)
}

/** A code is told apart from a stretch of it without its marks. */
const AFTER_AGENCY = /^(\d{6})(\d*)$/

/**
 * Beginnings of stored codes that a part of one can mean, for the agencies there are: the part may begin at any dot of
 * the agency code, or at the day. Example: `codeStarts('35H232303', ['000.24.35.H23'])` is
 * `['000.24.35.H23-2303']`; `codeStarts('2303060001', …)` is `['000.24.35.H23-230306-0001']`.
 */
export function codeStarts(code: string, agencies: readonly string[]): readonly string[] {
  return agencies.flatMap((agency) => {
    const parts = agency.split('.')
    const ends = [...parts.map((_, index) => parts.slice(index).join('')), '']
    return ends.flatMap((end): readonly string[] => {
      if (end !== '' && end.startsWith(code)) return [agency]
      if (!code.startsWith(end)) return []
      const rest = code.slice(end.length)
      return end === '' && rest.length < 4 ? [] : dayAndNumber(agency, rest)
    })
  })
}

function dayAndNumber(agency: string, rest: string): readonly string[] {
  if (!/^\d*$/.test(rest) || !isDayStart(rest.slice(0, 6))) return []
  const [, day, number = ''] = AFTER_AGENCY.exec(rest) ?? [null, rest]
  return [`${agency}-${day}${number === '' ? '' : `-${number}`}`]
}

/** Whether digits can begin a day written yymmdd. */
function isDayStart(digits: string): boolean {
  const month = digits.slice(2, 4)
  const day = digits.slice(4, 6)
  return (
    (month.length < 2 || (month >= '01' && month <= '12')) && (day.length < 2 || (day >= '01' && day <= '31'))
  )
}
