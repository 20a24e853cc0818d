import { randomBytes } from 'node:crypto'
import { pino } from 'pino'
import type { Db } from '../../db/open.ts'
import type { Clock } from '../../src/clock.ts'
import type { Deps } from '../../src/deps.ts'
import { vaultOf } from '../../src/vault.ts'

export function benchDeps(db: Db, clock: Clock): Deps {
  return { db, clock, vault: vaultOf(randomBytes(32)), log: pino({ level: 'silent' }) }
}
