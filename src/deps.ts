import type { Logger } from 'pino'
import type { Db } from '../db/open.ts'
import type { Clock } from './clock.ts'
import type { Config } from './config.ts'
import type { ActorRole, Leave } from './domain/life-cycle/acts.ts'
import type { Vault } from './vault.ts'

/** What an operation needs from outside. Nothing reads the environment, the clock or a singleton by itself. */
export interface Deps {
  readonly db: Db
  readonly clock: Clock
  readonly vault: Vault
  readonly log: Logger
}

/** For what issues and serves documents. */
export interface PaperDeps extends Deps {
  /** Where documents are kept, and where this installation's own templates lie. */
  readonly folders: Pick<Config, 'documentsDir' | 'templatesDir'>
}

/** Who acts. `officerId` null is the system itself: an import, a seed or a job. */
export interface Actor {
  readonly officerId: number | null
  readonly role: ActorRole
  /** For one deed: an approval, or a slip of an outage. */
  readonly leave?: Leave | undefined
}

/** Whoever sits at the machine itself: the command line. */
export const SYSTEM_OPERATOR: Actor = { officerId: null, role: 'operator' }

export const SYSTEM_ACTOR: Actor = { officerId: null, role: 'system' }
