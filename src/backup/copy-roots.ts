import { existsSync, readFileSync, rmSync } from 'node:fs'
import { ROOTS_FILE } from '../audit/roots-file.ts'
import type { SecondPlace } from './second-place.ts'

/** A file of roots that was at the second place and is not the beginning of the one here. */
const OTHER_ROOTS = /^audit-roots-until-\d{8}-\d{6}\.txt$/

/**
 * Copies the file of the audit's roots to the second place. What is there and is not the beginning of the one here is kept
 * there under another name: nobody overwrites what was sealed before. Returns the names of all that are kept so.
 */
export async function copyRoots(
  place: SecondPlace,
  file: string,
  { there, stamp }: { readonly there: readonly string[]; readonly stamp: string },
): Promise<readonly string[]> {
  const kept = there.filter((name) => OTHER_ROOTS.test(name))
  if (!existsSync(file)) return kept
  const other = there.includes(ROOTS_FILE) && (await keepOther(place, file, stamp))
  await place.put(file, ROOTS_FILE)
  return other ? [...kept, other] : kept
}

/** The name under which the file there is kept; null: it is the beginning of the one here. */
async function keepOther(place: SecondPlace, file: string, stamp: string): Promise<string | null> {
  const fetched = `${file}.there`
  try {
    await place.get(ROOTS_FILE, fetched)
    if (readFileSync(file, 'utf8').startsWith(readFileSync(fetched, 'utf8'))) return null
    const name = `audit-roots-until-${stamp}.txt`
    await place.put(fetched, name)
    return name
  } finally {
    rmSync(fetched, { force: true })
  }
}
