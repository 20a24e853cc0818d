const BETWEEN = /[\s.()-]/g
/** `+84`, `0084` or `84` before a number of this country, a 0 typed behind it or not. */
const COUNTRY = /^(?:\+|00)?840?(?=\d{9,10}$)/

/** An ID number as it is kept, looked for and compared, whatever was typed between its digits. */
export function idDigits(text: string): string {
  return text.replace(BETWEEN, '')
}

/** 9 digits (CMND) or 12 (căn cước). */
export function isIdNumber(digits: string): boolean {
  return /^(\d{9}|\d{12})$/.test(digits)
}

/**
 * A phone number as it is kept, looked for and compared. Example: '+84 912 345 678', '84912345678' and '0912.345.678'
 * are all `'0912345678'`; of another country it keeps its plus.
 */
export function phoneDigits(text: string): string {
  return text.replace(BETWEEN, '').replace(COUNTRY, '0')
}

export function isPhone(digits: string): boolean {
  return /^\+?\d{8,15}$/.test(digits)
}

export function isEmail(text: string): boolean {
  return /^[^\s@,;<>"]+@[^\s@,;<>"]+\.[^\s@,;<>".]+$/.test(text)
}

/** What may be kept of a phone number: people recorded before 26/11/2026 have it as it was typed. */
export function phoneSpellings(digits: string): readonly string[] {
  return digits.startsWith('0') ? [digits, `+84${digits.slice(1)}`, `84${digits.slice(1)}`] : [digits]
}
