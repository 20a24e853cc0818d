import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { RuleError } from '../domain/refusals.ts'

/** Beside the files: where those go that were imported, and those that were not. */
const PLACES = { applied: 'done', refused: 'refused' } as const

/**
 * Moves a file of a watched folder to `done` or `refused`, its report beside it. Nothing there is written over: a
 * second file of the name becomes `so-2.csv`. Refuses (`disk_refuses`) where it may not be moved.
 */
export function putAside(folder: string, name: string, outcome: keyof typeof PLACES, report: object): void {
  const place = join(folder, PLACES[outcome])
  try {
    mkdirSync(place, { recursive: true })
    const target = join(place, freeName(place, name))
    writeFileSync(`${target}.report.json`, `${JSON.stringify(report, null, 2)}\n`)
    renameSync(join(folder, name), target)
  } catch (error) {
    throw new RuleError('disk_refuses', { place, problem: (error as Error).message })
  }
}

function freeName(place: string, name: string): string {
  const extension = extname(name)
  const stem = name.slice(0, name.length - extension.length)
  for (let n = 1; ; n += 1) {
    const next = n === 1 ? name : `${stem}-${n}${extension}`
    if (!existsSync(join(place, next))) return next
  }
}
