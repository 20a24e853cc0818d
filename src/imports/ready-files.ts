import { readdirSync, type Stats, statSync } from 'node:fs'
import { join } from 'node:path'
import type { ImportFolder } from '../config.ts'
import type { Instant } from '../domain/calendar/day.ts'

/** A file younger than this may still be in the writing. */
const STILL_MS = 60_000

const REGISTERS = /^[^.~].*\.(csv|txt|xlsx|xlsm|xls)$/i

/** Registers in a watched folder that have not changed for a minute, by name; null: the folder is not there. */
export function readyFiles({ path }: ImportFolder, now: Instant): readonly string[] | null {
  const registers = namesIn(path)?.filter((name) => REGISTERS.test(name) && isReady(join(path, name), now))
  return registers?.sort() ?? null
}

/** Size and time of a file: the same before and after reading, or it was in the writing. */
export function standOf(file: string): string | null {
  const stats = statsOf(file)
  return stats && `${stats.size} ${stats.mtimeMs}`
}

function isReady(file: string, now: Instant): boolean {
  const stats = statsOf(file)
  return stats?.isFile() === true && now - stats.mtimeMs >= STILL_MS
}

function namesIn(path: string): readonly string[] | null {
  try {
    return readdirSync(path)
  } catch {
    return null
  }
}

function statsOf(file: string): Stats | null {
  return statSync(file, { throwIfNoEntry: false }) ?? null
}
