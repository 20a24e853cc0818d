import type { Logger } from 'pino'
import type { Db } from '../db/open.ts'
import type { Permission } from './accounts/access.ts'
import type { Role } from './accounts/roles.ts'
import type { Clock } from './clock.ts'
import type { Config } from './config.ts'
import type { Instant } from './domain/calendar/day.ts'
import type { Leave } from './domain/life-cycle/acts.ts'
import type { Messaging } from './messages/messaging.ts'
import type { Vault } from './vault.ts'

/** What an operation needs from outside. Nothing reads the environment, the clock or a singleton by itself. */
export interface Deps {
  readonly db: Db
  readonly clock: Clock
  /** The machine's time where `clock` plays another one: for codes that other devices compute. Left out: `clock`. */
  readonly wall?: Clock
  readonly vault: Vault
  readonly log: Logger
  /** How messages to citizens leave; left out: none do. */
  readonly messages?: Messaging | null
}

/** For what issues and serves documents and attachments. */
export interface PaperDeps extends Deps {
  /** Where documents and attachments are kept, and where this installation's own templates lie. */
  readonly folders: Pick<Config, 'documentsDir' | 'attachmentsDir' | 'templatesDir'>
  /** `https://motcua.tuky.gov.vn`, for the address of the look-up on slips; null or left out: none is printed. */
  readonly publicUrl?: Config['publicUrl']
}

/** Who acts. `officerId` null is the system itself: an import, a seed or a job, or whoever sits at the machine. */
export interface Actor {
  readonly officerId: number | null
  /** The widest of the roles held today, their own and those they stand in for. */
  readonly role: Role | 'operator' | 'system'
  /** All of them; left out: only `role`. */
  readonly roles?: readonly Role[]
  /** What a token is good for; left out: everything the roles are. */
  readonly scopes?: readonly Permission[]
  /** For one deed: an approval, or a slip of an outage. */
  readonly leave?: Leave | undefined
  /** In the name of whoever they stand in for, where that person may more than they may themselves. */
  readonly inTheirName?: true | undefined
  /** When they asked for what is approved now: the posts they held then count. */
  readonly askedAt?: Instant | undefined
}

/** Whoever sits at the machine itself: the command line. */
export const SYSTEM_OPERATOR: Actor = { officerId: null, role: 'operator' }

export const SYSTEM_ACTOR: Actor = { officerId: null, role: 'system' }
