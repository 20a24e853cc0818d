import { hash } from 'node:crypto'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { readSetting } from '../../db/queries/settings.ts'
import type { PaperDeps } from '../deps.ts'
import type { Instant } from '../domain/calendar/day.ts'
import { SHIPPED_TEMPLATES } from '../paper/paper-templates.ts'

/** A template as it is in force. */
export interface TemplateState {
  readonly text: string
  readonly shipped: string
  /** Null: the shipped one is in force. */
  readonly ownSince: Instant | null
  /** The shipped one is no longer the one that ours was made from. */
  readonly isOutdated: boolean
}

/** By template, the hash of the shipped text that the own one was made from. */
export type MadeFrom = Readonly<Record<string, string>>

/** Setting: `MadeFrom`. A file that was put there by hand is not in it. */
export const MADE_FROM = 'paper_templates'

export function templateState(
  { db, folders }: Pick<PaperDeps, 'db' | 'folders'>,
  name: string,
): TemplateState {
  const shipped = readFileSync(join(SHIPPED_TEMPLATES, `${name}.typ`), 'utf8')
  const file = join(folders.templatesDir, `${name}.typ`)
  if (!existsSync(file)) return { text: shipped, shipped, ownSince: null, isOutdated: false }
  const from = madeFrom(db)[name]
  return {
    text: readFileSync(file, 'utf8'),
    shipped,
    ownSince: Math.trunc(statSync(file).mtimeMs),
    isOutdated: from !== undefined && from !== textHash(shipped),
  }
}

export function madeFrom(db: PaperDeps['db']): MadeFrom {
  return (readSetting(db, MADE_FROM) ?? {}) as MadeFrom
}

/** SHA-256 of a text, to say which one was opened. */
export function textHash(text: string): string {
  return hash('sha256', text)
}
