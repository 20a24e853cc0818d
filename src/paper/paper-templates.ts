import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'

interface Template {
  readonly text: string
  /** Shipped, from the installation's own folder, or typed to be tried out. */
  readonly origin: 'shipped' | 'own' | 'typed'
}

/** By file name, `receipt-slip.typ`. */
export type Templates = ReadonlyMap<string, Template>

/** A template as somebody is typing it: it stands in for the file of its name. */
export interface TypedTemplate {
  readonly file: string
  readonly text: string
}

export const SHIPPED_TEMPLATES = fileURLToPath(new URL('./templates', import.meta.url))

/**
 * The shipped templates, each replaced by the file of its name in `ownDir` if there is one; files of other names
 * there may be included. Read anew for each paper, so that a change shows at once. `typed` stands in for both.
 */
export function readTemplates(ownDir: string | null, typed: TypedTemplate | null = null): Templates {
  const templates = new Map([
    ...read(SHIPPED_TEMPLATES, 'shipped'),
    ...(ownDir === null ? [] : read(ownDir, 'own')),
  ])
  if (typed !== null) templates.set(typed.file, { text: typed.text, origin: 'typed' })
  return templates
}

/** The sample data shipped beside a template, as JSON; null where there is no such template. */
export function sampleOf(template: string): string | null {
  const file = join(SHIPPED_TEMPLATES, `${basename(template)}.json`)
  return existsSync(file) ? readFileSync(file, 'utf8') : null
}

function read(dir: string, origin: Template['origin']): readonly (readonly [string, Template])[] {
  if (!existsSync(dir)) return []
  return readdirSync(dir)
    .filter((name) => name.endsWith('.typ'))
    .map((name) => [name, { text: readFileSync(join(dir, name), 'utf8'), origin }])
}
