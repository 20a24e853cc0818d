import { personsWithoutTails, updateTails } from '../../db/queries/missing-tails.ts'
import type { Deps } from '../deps.ts'
import { tailHash } from '../tail-hash.ts'
import type { Vault } from '../vault.ts'

/** People written in one transaction: a few milliseconds, so that the desk does not notice. */
const AT_ONCE = 250

/**
 * Keeps the last four digits of numbers recorded before they were kept, as keyed hashes; returns for how many people.
 * Numbers this machine's key does not open stay as they are, until a night on which it does.
 */
export function fillTails({ db, vault }: Pick<Deps, 'db' | 'vault'>): number {
  let filled = 0
  const fill = db.transaction((people: ReturnType<typeof personsWithoutTails>) => {
    for (const { id, idNumberSealed, phoneSealed } of people) {
      const [idTail, phoneTail] = [idNumberSealed, phoneSealed].map((sealed) => tailOf(vault, sealed))
      if (idTail == null && phoneTail == null) continue
      updateTails(db, id, idTail ?? null, phoneTail ?? null)
      filled += 1
    }
  })
  for (let after = 0; ; ) {
    const people = personsWithoutTails(db, after, AT_ONCE)
    const last = people.at(-1)
    if (last === undefined) return filled
    fill.immediate(people)
    after = last.id
  }
}

function tailOf(vault: Vault, sealed: Buffer | null): Buffer | null {
  if (sealed === null) return null
  try {
    return tailHash(vault, vault.open(sealed))
  } catch {
    return null
  }
}
