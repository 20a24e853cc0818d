import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const MIGRATIONS = new URL('../../db/migrations', import.meta.url).pathname

interface Journal {
  readonly entries: readonly { readonly idx: number; readonly when: number; readonly tag: string }[]
}

/** The migrations of a later version: today's and one more, with these statements. */
export function laterMigrations(root: string, name: string, statements: readonly string[]): string {
  const { folder, journal, write } = copyOf(root, name)
  const idx = journal.entries.length
  const last = journal.entries.at(-1)!
  const tag = `${String(idx).padStart(4, '0')}_${name}`
  writeFileSync(join(folder, `${tag}.sql`), statements.join('--> statement-breakpoint\n'))
  write([...journal.entries, { ...last, idx, when: last.when + 1, tag }])
  return folder
}

/** The migrations of an earlier version: all but the last one of today's. */
export function earlierMigrations(root: string): string {
  const { folder, journal, write } = copyOf(root, 'earlier')
  write(journal.entries.slice(0, -1))
  return folder
}

function copyOf(root: string, name: string) {
  const folder = join(root, `migrations-${name}`)
  mkdirSync(folder, { recursive: true })
  cpSync(MIGRATIONS, folder, { recursive: true })
  const file = join(folder, 'meta/_journal.json')
  const journal = JSON.parse(readFileSync(file, 'utf8')) as Journal
  const write = (entries: Journal['entries']) => writeFileSync(file, JSON.stringify({ ...journal, entries }))
  return { folder, journal, write }
}
