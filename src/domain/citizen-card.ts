/** What a citizen's card tells of its holder; null where the code does not say, or says it unreadably. */
export interface CitizenCard {
  readonly idNumber: string
  readonly name: string | null
  readonly birthYear: number | null
  readonly sex: Sex | null
  readonly address: string | null
}

export type Sex = 'male' | 'female'

/**
 * The holder of a card, from the text of its QR code; null for a text that is no card's. Never throws.
 *
 * CCCD with a chip (TT 06/2021/TT-BCA): number, old CMND or nothing, name, birth date, sex, address, day of issue,
 * parted by `|`. Thẻ căn cước (TT 16/2024/TT-BCA) has more behind these, parents' names among it: not kept. Fields are
 * told by their shape before their place. What a scanner has mangled is left out; digits survive any code page.
 * Example: '001090123456||Nguyễn Văn A|01011990|Nam|Phường Bến Nghé|15042021' → 1990, male; the birth day may be 00.
 */
export function parseCitizenCard(text: string): CitizenCard | null {
  const fields = text.normalize('NFC').split('|')
  const idNumber = fields.map((field) => field.trim()).find((field) => ID_NUMBER.test(field))
  if (fields.length < FEWEST_FIELDS || idNumber === undefined) return digitsOf(text)
  const birthAt = fields.findIndex((field) => birthYearOf(field) !== null)
  const sexOf = (field: string) => SEXES[field.trim().toLowerCase()]
  const words = (from: number, to: number) =>
    fields.slice(from, to).find((field) => /\p{L}/u.test(field) && sexOf(field) === undefined)
  const name = legible(words(0, birthAt < 0 ? fields.length : birthAt), NAME)
  const address = birthAt < 0 ? undefined : words(birthAt + 1, fields.length)
  return {
    idNumber,
    name,
    birthYear: birthYearOf(fields[birthAt] ?? ''),
    sex: fields.map(sexOf).find((sex) => sex !== undefined) ?? null,
    // What mangled the name has mangled the address as well, if less visibly.
    address: name === null ? null : legible(address, ADDRESS),
  }
}

/**
 * What a number of 12 digits says of its holder (NĐ 137/2015 art 7): after the province a digit for century and sex,
 * then two of the birth year. Null for any other number. Example: '001190…' → female, 1990; '001204…' → male, 2004.
 */
export function numberSays(idNumber: string): { readonly birthYear: number; readonly sex: Sex } | null {
  if (!ID_NUMBER.test(idNumber)) return null
  const mark = Number(idNumber[3])
  const birthYear = 1900 + 100 * Math.floor(mark / 2) + Number(idNumber.slice(4, 6))
  return { birthYear, sex: mark % 2 === 0 ? 'male' : 'female' }
}

export type Doubt = 'birth_year' | 'sex'

/** In what a number contradicts the birth year and sex beside it: probably wrong, not surely. */
export function doubtsOf(
  idNumber: string,
  {
    birthYear,
    sex,
  }: { readonly birthYear?: number | null | undefined; readonly sex?: Sex | null | undefined },
): readonly Doubt[] {
  const says = numberSays(idNumber)
  if (says === null) return []
  const year = birthYear != null && birthYear !== says.birthYear ? (['birth_year'] as const) : []
  return [...year, ...(sex != null && sex !== says.sex ? (['sex'] as const) : [])]
}

const ID_NUMBER = /^\d{12}$/
/** Number, name, birth date and sex at the least. */
const FEWEST_FIELDS = 4
const SEXES: Readonly<Record<string, Sex>> = { nam: 'male', nữ: 'female', nu: 'female' }

/** `ddMMyyyy`, day and month 00 where nobody knows them. */
function yearOf(field: string): number | null {
  const parts = /^(\d\d)(\d\d)(\d{4})$/.exec(field.trim())
  if (parts === null) return null
  const [day, month, year] = parts.slice(1).map(Number) as [number, number, number]
  return day <= 31 && month <= 12 && year >= 1880 && year <= 2100 ? year : null
}

/** A field of the card may have the year alone. */
function birthYearOf(field: string): number | null {
  const text = field.trim()
  return yearOf(/^\d{4}$/.test(text) ? `0000${text}` : text)
}

/** Of a text whose separators are gone as well: the number and the first date, nothing that has letters. */
function digitsOf(text: string): CitizenCard | null {
  const runs = text.match(/\d+/g) ?? []
  const idNumber = runs.find((run) => ID_NUMBER.test(run))
  if (idNumber === undefined) return null
  const birth = runs.find((run) => yearOf(run) !== null)
  return { idNumber, name: null, birthYear: birth ? yearOf(birth) : null, sex: null, address: null }
}

const NAME = /^[a-z' .-]+$/
const ADDRESS = /^[a-z0-9' .,;:/()+&"-]+$/

/** A text of Vietnamese letters; null for one that a wrong code page has cut or turned into signs. */
function legible(text: string | undefined, allowed: RegExp): string | null {
  const plain = withoutMarks(text ?? '')
  if (!allowed.test(plain) || plain.trim() === '') return null
  const words = plain.match(/[a-z]+/g) ?? []
  // Where letters with marks were dropped, words without any vowel are left: “Nguyễn Thị” → “Nguyn Th”.
  const isCut = allowed === NAME && words.some((word) => word.length > 1 && !/[aeiouy]/.test(word))
  return isCut ? null : (text ?? '').replace(/ +/g, ' ').trim()
}

/** Without the marks Vietnamese has, and only those: Ä stays what no Vietnamese name contains. */
function withoutMarks(text: string): string {
  return text
    .normalize('NFD')
    .replace(/[\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323]/g, '')
    .normalize('NFC')
    .toLowerCase()
    .replaceAll('đ', 'd')
}
