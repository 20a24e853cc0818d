import { readSetting } from '../../db/queries/settings.ts'
import type { Deps } from '../deps.ts'

/** Setting: the largest file attached, in MiB. */
const LIMIT = 'attachment_max_mib'
const LIMIT_MIB = 10
/** However the setting stands: a file is held in memory while it is taken. */
export const MOST_MIB = 64

/** Files of one upload. */
export const FILES_AT_ONCE = 10

export function attachmentLimitMib({ db }: Pick<Deps, 'db'>): number {
  const set = Number(readSetting(db, LIMIT))
  return Number.isInteger(set) && set > 0 ? Math.min(set, MOST_MIB) : LIMIT_MIB
}
