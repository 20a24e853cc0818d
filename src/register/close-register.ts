import { addToOutbox } from '../../db/queries/outbox.ts'
import { type BookSums, bookRows, bookSums } from '../../db/queries/register-book.ts'
import { tallyRows } from '../../db/queries/tallies.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { Actor, Deps } from '../deps.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import type { Tally } from '../domain/counting/tally.ts'
import { tallyOf } from '../domain/counting/tally-sums.ts'
import { RuleError } from '../domain/refusals.ts'
import { yearDays } from '../imports/export-scope.ts'
import { changesSince } from './changes-since.ts'
import { mustClose } from './seen-register.ts'
import { closedBook, currentIds, type Register, registerKey, storeBook } from './stored-book.ts'
import { SUM_LABELS } from './sum-labels.ts'

/**
 * Closes the register of a shop and a year, once: from now on every number and sum stands, and the workers print the
 * books. Refuses while the year runs, and when the sums are not those of the year's counters. Run it inside a write.
 */
export function closeRegister(deps: Deps, actor: Actor, register: Register): void {
  mustClose(deps, actor, register)
  if (closedBook(deps, register) !== null) throw new RuleError('register_closed', wordsOf(register))
  const sums = checkedSums(deps, register)
  const ids = currentIds(deps, register)
  const [closedAt, closedBy] = [deps.clock.now(), actor.officerId]
  storeBook(deps, register, { closedAt, closedBy, ids, sums, supplement: null })
  auditBook(deps, actor, register, 'closed')
  askForPrint(deps, register)
}

/** Puts what came after the closing on the supplementary page, with the numbers that follow. Run it inside a write. */
export function addSupplement(deps: Deps, actor: Actor, register: Register): void {
  mustClose(deps, actor, register)
  const book = closedBook(deps, register)
  if (book === null) throw new RuleError('register_not_closed', wordsOf(register))
  const since = changesSince(deps, register, book)
  if (!since.isNew) throw new RuleError('register_nothing_to_add', wordsOf(register))
  const ids = [...(book.supplement?.ids ?? []), ...since.late]
  const supplement = { ids, changes: since.changes, addedAt: deps.clock.now(), addedBy: actor.officerId }
  storeBook(deps, register, { ...book, supplement })
  auditBook(deps, actor, register, 'supplemented')
  askForPrint(deps, register)
}

function auditBook(
  deps: Deps,
  { officerId }: Actor,
  { year, unit }: Register,
  what: 'closed' | 'supplemented',
): void {
  recordAudit(deps, { kind: 'register_closed', actorId: officerId, data: { year, unit: unit.id, what } })
}

/** The sums of the year so far, from the dossiers. Refuses (`register_does_not_add_up`) when the counters say otherwise. */
function checkedSums({ db, clock }: Pick<Deps, 'db' | 'clock'>, register: Register): BookSums {
  const { year, unit } = register
  const days = yearDays(year)
  if (localDayOf(clock.now()) <= days.to) throw new RuleError('register_year_runs', wordsOf(register))
  const sums = bookSums(db, { unitId: unit.id, ...days })
  const counted = countersOf(db, unit.id, days)
  const rows = bookRows(db, currentIds({ db }, register))
  const standing = rows.filter(({ state }) => state !== 'voided').length
  const { carriedOver, received, transferredIn, resolved, withdrawn, stopped, transferredOut, open } = sums
  const problems = [
    ...(Object.keys(SUM_LABELS) as (keyof BookSums)[])
      .filter((name) => sums[name] !== counted[name])
      .map((name) => `${SUM_LABELS[name]}: sổ ${sums[name]}, số liệu ${counted[name]}.`),
    ...(standing === received ? [] : [`Sổ có ${standing} dòng, đã nhận ${received}.`]),
    ...(carriedOver + received + transferredIn === resolved + withdrawn + stopped + transferredOut + open
      ? []
      : ['Số đã nhận không bằng số đã giải quyết và số chuyển năm sau.']),
  ]
  if (problems.length > 0)
    throw new RuleError('register_does_not_add_up', { ...wordsOf(register), problems: problems.join(' ') })
  return sums
}

function countersOf(db: Deps['db'], unitId: number, days: { from: string; to: string }): BookSums {
  const query = { ...days, grain: 'all', attribution: 'receiving', unitIds: [unitId] } as const
  const tally: Tally = tallyRows(db, query)[0]?.tally ?? tallyOf({})
  return {
    ...tally,
    withdrawn: tally.withdrawnInTime + tally.withdrawnLate,
    stopped: tally.stoppedInTime + tally.stoppedLate,
  }
}

function askForPrint({ db, clock }: Deps, register: Register): void {
  const payload = JSON.stringify({ register: registerKey(register) })
  addToOutbox(db, { job: 'print-register', payload }, clock.now())
}

function wordsOf({ year, unit }: Register) {
  return { year, unit: unit.versions.at(-1)?.name ?? unit.key }
}
