import { readFileSync } from 'node:fs'
import type { Db } from '../../db/open.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import { fold } from '../fold.ts'

const LIST = new URL('../../db/seeds/common-passwords.txt', import.meta.url)

/** Words of the product and of every office; with a year or “@123” behind they are tried first. */
const OFFICE_WORDS = [
  'motcua',
  'bophanmotcua',
  'hanhchinhcong',
  'dichvucong',
  'ubnd',
  'uybannhandan',
  'matkhau',
  'password',
  'quantri',
  'quantrivien',
  'admin',
]

/** Fewer letters than these beside such words are no secret. */
const LETTERS_OF_ONES_OWN = 4

/** What fingers run along, either way. */
const ROWS = ['01234567890', 'abcdefghijklmnopqrstuvwxyz', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm']
const RUNS = [...ROWS, ...ROWS.map((row) => [...row].reverse().join(''))]
const SHORTEST_RUN = 3

/**
 * Whether a password is one that is tried first (OWASP ASVS 5.0, 6.2.4 and 6.2.11): a common one, one character or
 * short piece again and again, runs along the keyboard, or hardly more than the names of this installation's units.
 */
export function isCommonPassword(db: Db, password: string): boolean {
  const plain = fold(password).replace(/\s/g, '')
  return isRepeated(plain) || isRuns(plain) || isOfOffice(db, plain) || isListed(password, plain)
}

/** `aaaaaaaaaa`, `abcabcabcabc`, `1212121212`. */
function isRepeated(text: string): boolean {
  return new Set(text).size <= 3 || /^(.{1,5})\1+$/.test(text)
}

/** `1234567890`, `qwertyuiop`, `abc123456789`. */
function isRuns(text: string): boolean {
  let at = 0
  while (at < text.length) {
    const length = longestRun(text.slice(at))
    if (length < SHORTEST_RUN) return false
    at += length
  }
  return true
}

function longestRun(text: string): number {
  let length = 0
  while (length < text.length && RUNS.some((row) => row.includes(text.slice(0, length + 1)))) length += 1
  return length
}

/** `XaNgocKy@2025` */
function isOfOffice(db: Db, plain: string): boolean {
  const words = [...OFFICE_WORDS, ...unitWords(db)].sort((a, b) => b.length - a.length)
  const rest = words.reduce((text, word) => text.replaceAll(word, ''), plain)
  return rest !== plain && rest.replace(/[^a-z]/g, '').length < LETTERS_OF_ONES_OWN
}

/** Every unit's name folded, and what is left of it without its first words: `xangocky`, `ngocky`. */
function unitWords(db: Db): readonly string[] {
  const names = catalogueOf(db).units.flatMap(({ versions }) => versions.map(({ name }) => name))
  return [...new Set(names)].flatMap((name) => {
    const words = fold(name)
      .replace(/[^a-z0-9 ]/g, '')
      .split(' ')
    return words.map((_word, from) => words.slice(from).join('')).filter((word) => word.length >= 4)
  })
}

/** The list is read when a password is set, and not kept: that is seldom. */
function isListed(password: string, plain: string): boolean {
  const listed = new Set(readFileSync(LIST, 'utf8').split('\n'))
  return listed.has(plain) || listed.has(password.toLowerCase())
}
