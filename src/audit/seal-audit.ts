import { clearAlarm, raiseAlarm } from '../../db/queries/alarms.ts'
import { entryHash, lastEntryBefore } from '../../db/queries/audit.ts'
import { lastEventBefore } from '../../db/queries/audit-events.ts'
import { type AuditRoot, insertRoot, lastRoot } from '../../db/queries/audit-roots.ts'
import { upsertSetting } from '../../db/queries/settings.ts'
import type { Config } from '../config.ts'
import type { Deps } from '../deps.ts'
import { addDays, instantAt, type LocalDay, localDayOf } from '../domain/calendar/day.ts'
import { hashOfEvents } from './events-hash.ts'
import { LAST_PROOF } from './last-proof.ts'
import { proveAudit } from './prove-audit.ts'
import { NO_HASH } from './record-audit.ts'
import { sealOf } from './root-seal.ts'
import { appendRoots, lackingRoot, rootsFileIn, startRoots } from './roots-file.ts'

/** Open while the audit does not prove. */
const BROKEN_ALARM = { kind: 'audit_broken', subject: 'audit' } as const

export interface SealedAudit {
  readonly roots: readonly AuditRoot[]
  /** What does not prove, in words; null: everything does. */
  readonly problem: string | null
}

/**
 * Proves the whole audit, then seals every finished day that has no root yet, the missed ones too. Everything is read and
 * hashed without holding the writer; one short transaction keeps the roots, then they go to the file outside the database
 * and to the log. What does not prove is an alarm, and the days after it are sealed all the same; a file that was taken away
 * or cut is left so until somebody has it made anew (`renewRoots`). Safe twice.
 */
export function sealAudit(deps: Deps, { dataDir }: Pick<Config, 'dataDir'>): SealedAudit {
  const file = rootsFileIn(dataDir)
  const { db, log } = deps
  const problem = tellProof(deps, file)
  const before = lastRoot(db)
  if (before === null) startRoots(file)
  const isWhole = lackingRoot(db, file) === null
  const roots = newRoots(deps, before)
  const store = db.transaction(() => {
    if (lastRoot(db)?.day !== before?.day) return
    for (const root of roots) insertRoot(db, root)
  })
  store.immediate()
  if (isWhole) appendRoots(db, file)
  for (const { day, lastId, hash, seal } of roots)
    log.info({ day, lastId, hash: hash.toString('hex'), seal: seal.toString('hex') }, 'audit root')
  return { roots, problem }
}

function tellProof({ db, clock, vault }: Deps, file: string): string | null {
  const { problem, through } = proveAudit(db, { vault, file })
  const at = clock.now()
  const tell = db.transaction(() => {
    if (problem !== null) return raiseAlarm(db, { ...BROKEN_ALARM, detail: problem, raisedAt: at })
    upsertSetting(db, LAST_PROOF, { at, through })
    clearAlarm(db, BROKEN_ALARM, at)
  })
  tell.immediate()
  return problem
}

/** A root for every day after the last one that is over; the first takes in all that was before it. */
function newRoots({ db, clock, vault }: Deps, last: AuditRoot | null): readonly AuditRoot[] {
  const recordedAt = clock.now()
  const yesterday = addDays(localDayOf(recordedAt), -1)
  const roots: AuditRoot[] = []
  let before = last
  for (let day = last === null ? yesterday : addDays(last.day, 1); day <= yesterday; day = addDays(day, 1)) {
    const facts = factsOf(db, day, before)
    before = { ...facts, seal: sealOf(vault, facts), recordedAt }
    roots.push(before)
  }
  return roots
}

function factsOf(db: Deps['db'], day: LocalDay, before: AuditRoot | null) {
  const end = instantAt(addDays(day, 1), 0)
  const after = before?.lastEventId ?? 0
  const lastId = lastEntryBefore(db, before?.lastId ?? 0, end)
  const lastEventId = lastEventBefore(db, after, end)
  return {
    ...{ day, lastId, lastEventId },
    hash: entryHash(db, lastId) ?? NO_HASH,
    eventsHash: hashOfEvents(db, after, lastEventId),
  }
}
