import type { Catalogue } from '../catalogue/catalogue.ts'
import type { Instant } from '../domain/calendar/day.ts'
import { RuleError } from '../domain/refusals.ts'
import { actsOfRow } from './acts-of-row.ts'
import { type Life, playActs } from './play-row.ts'
import type { RegisterRow } from './register-row.ts'

/** The due date the rules give for a row that brings one of its own, after its pauses; null where there is none. */
export function computedDue(
  { catalogue, now }: { readonly catalogue: Catalogue; readonly now: Instant },
  row: RegisterRow,
  life: Life,
): Instant | null {
  if (row.dueAt === null) return null
  if (row.pauses.length === 0) return life.computedDueAt
  try {
    const bare = { ...row, dueAt: null, lateSince: null }
    return playActs(catalogue, bare, actsOfRow(bare), now).steps.at(-1)?.facts.dueAt ?? null
  } catch (error) {
    if (error instanceof RuleError) return null
    throw error
  }
}
