import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'

interface Template {
  readonly text: string
  /** It comes from the installation's own folder. */
  readonly own: boolean
}

/** By file name, `receipt-slip.typ`. */
export type Templates = ReadonlyMap<string, Template>

const SHIPPED_TEMPLATES = fileURLToPath(new URL('./templates', import.meta.url))

/**
 * The shipped templates, each replaced by the file of its name in `ownDir` if there is one; files of other names
 * there may be included. Read anew for each paper, so that a change shows at once.
 */
export function readTemplates(ownDir: string | null): Templates {
  return new Map([...read(SHIPPED_TEMPLATES, false), ...(ownDir === null ? [] : read(ownDir, true))])
}

/** The sample data shipped beside a template, as JSON; null where there is no such template. */
export function sampleOf(template: string): string | null {
  const file = join(SHIPPED_TEMPLATES, `${basename(template)}.json`)
  return existsSync(file) ? readFileSync(file, 'utf8') : null
}

function read(dir: string, own: boolean): readonly (readonly [string, Template])[] {
  if (!existsSync(dir)) return []
  return readdirSync(dir)
    .filter((name) => name.endsWith('.typ'))
    .map((name) => [name, { text: readFileSync(join(dir, name), 'utf8'), own }])
}
