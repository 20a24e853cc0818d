import type { Writer } from '../db/group-commit.ts'
import type { PaperDeps } from './deps.ts'
import type { Site } from './web/site.ts'

/** What a page is built with. */
export interface PageOptions {
  readonly deps: PaperDeps
  readonly writer: Writer
  readonly site: Site
}
