import { upsertSetting } from '../../db/queries/settings.ts'
import { must } from '../accounts/access.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { Actor, PaperDeps } from '../deps.ts'
import { RuleError } from '../domain/refusals.ts'
import type { TemplateFile } from './template-files.ts'
import { MADE_FROM, madeFrom, templateState, textHash } from './template-state.ts'
import { writeOwn } from './write-own.ts'

/** The longest shipped one has 5 KiB. */
const MOST_KIB = 64

interface TemplateChange {
  /** Null: the shipped one again. */
  readonly text: string | null
  /** `textHash` of what stood there when the page was opened. */
  readonly opened: string
}

/**
 * Puts a text in force that has been tried out (`tryTemplate`), or the shipped one again; says whether anything changed.
 * Throws `template_overtaken`, `template_not_written`. Run it inside a write: the file is written last, so that a change
 * that cannot be told is not made.
 */
export function changeTemplate(
  deps: Pick<PaperDeps, 'db' | 'clock' | 'folders'>,
  actor: Actor,
  { name }: TemplateFile,
  { text, opened }: TemplateChange,
): boolean {
  must(actor, 'settings')
  const { db, folders } = deps
  const now = templateState(deps, name)
  if (textHash(now.text) !== opened) throw new RuleError('template_overtaken')
  const isShipped = text === null || text === now.shipped
  // Ours written again as it is says that it goes with the shipped one of today.
  const isSame = isShipped ? now.ownSince === null : text === now.text && !now.isOutdated
  if (isSame) return false
  const { [name]: _, ...others } = madeFrom(db)
  upsertSetting(db, MADE_FROM, isShipped ? others : { ...others, [name]: textHash(now.shipped) })
  const change = isShipped ? 'template_shipped' : 'template_own'
  const data = { what: 'paper_template', template: name, change, digest: textHash(text ?? now.shipped) }
  recordAudit(deps, { kind: 'reference_changed', actorId: actor.officerId, data })
  writeOwn(folders.templatesDir, name, isShipped ? null : text)
  return true
}

/** What was typed, fit to be a file. Throws `template_too_long`, `template_empty`. */
export function fitText(typed: string): string {
  if (typed.trim() === '') throw new RuleError('template_empty')
  if (Buffer.byteLength(typed) > MOST_KIB * 1024) throw new RuleError('template_too_long', { most: MOST_KIB })
  return typed.endsWith('\n') ? typed : `${typed}\n`
}
