import { type Register, registerKey } from './stored-book.ts'

/** In place of a book's number: the supplementary page. */
export const SUPPLEMENT = 'bo-sung'

/** `2023|xa-ngoc-ky|1`, `2023|xa-ngoc-ky|bo-sung`: the subject of a book as issued. */
export function bookSubject(register: Register, part: number | typeof SUPPLEMENT): string {
  return `${registerKey(register)}|${part}`
}
