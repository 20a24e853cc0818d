import type { Db } from '../../db/open.ts'
import { type AuditRoot, auditRoots, setSeal } from '../../db/queries/audit-roots.ts'
import type { Vault } from '../vault.ts'

/** What a root says, without its seal. */
export type RootFacts = Pick<AuditRoot, 'day' | 'lastId' | 'hash' | 'lastEventId' | 'eventsHash'>

/** The seal of a root: nobody makes it without the installation's key. */
export function sealOf(vault: Vault, { day, lastId, hash, lastEventId, eventsHash }: RootFacts): Buffer {
  return vault.hash([day, lastId, hash.toString('hex'), eventsHash.toString('hex'), lastEventId].join('|'))
}

/** The first root whose seal the key does not make, in words; null: it makes them all. */
export function brokenSeal(db: Db, vault: Vault): string | null {
  const root = auditRoots(db).find((each) => !sealOf(vault, each).equals(each.seal))
  return root === undefined ? null : `Gốc ngày ${root.day}: khoá tại máy không tạo ra niêm phong này.`
}

/** Seals every root with another key, where the one before is lost for good. */
export function sealAnew(db: Db, vault: Vault): void {
  for (const root of auditRoots(db)) setSeal(db, root.day, sealOf(vault, root))
}
