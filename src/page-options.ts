import type { Writer } from '../db/group-commit.ts'
import type { ExternalService } from './accounts/external-service.ts'
import type { PaperDeps } from './deps.ts'
import type { Site } from './web/site.ts'

/** What a page is built with. */
export interface PageOptions {
  readonly deps: PaperDeps
  readonly writer: Writer
  readonly site: Site
  /** Left out: nobody signs in through another service. */
  readonly external?: ExternalService | undefined
  /** Null or left out: the jobs run without Redis. */
  readonly redisUrl?: string | null
}
