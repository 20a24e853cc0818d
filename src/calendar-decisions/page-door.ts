import type { Writer } from '../../db/group-commit.ts'
import type { Deps } from '../deps.ts'
import type { Show } from '../web/layout.ts'

/** What pages that write need. */
export interface PageDoor {
  readonly deps: Deps
  readonly writer: Writer
  readonly show: Show
}
