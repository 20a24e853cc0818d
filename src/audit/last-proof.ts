import type { Db } from '../../db/open.ts'
import { readSetting } from '../../db/queries/settings.ts'
import type { Instant } from '../domain/calendar/day.ts'

/** Setting: when the audit was proven whole for the last time, and through which entry. */
export const LAST_PROOF = 'audit_proven'

export interface LastProof {
  readonly at: Instant
  readonly through: number
}

export function lastProof(db: Db): LastProof | null {
  return (readSetting(db, LAST_PROOF) as LastProof | undefined) ?? null
}
