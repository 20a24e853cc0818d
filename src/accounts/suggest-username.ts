import type { Db } from '../../db/open.ts'
import { findAccountByName } from '../../db/queries/accounts.ts'
import { fold } from '../fold.ts'

/** The address of the page of new accounts: nobody may be called that. */
export const RESERVED = 'moi'

/** Room for a number behind a name that several people have. */
const LONGEST = 36

/** The name without its marks, `nguyen.thi.dao`; with a number behind it where somebody has that one. */
export function suggestUsername(db: Db, name: string): string {
  const words = fold(name).match(/[a-z0-9]+/g) ?? []
  const plain = words.join('.').slice(0, LONGEST).replace(/\.$/, '')
  let username = plain
  const isTaken = () => username === RESERVED || findAccountByName(db, username) !== null
  for (let n = 2; isTaken(); n++) username = `${plain}${n}`
  return username
}
