import type { QueueScope } from '../../db/queries/queue-scope.ts'
import {
  QUEUE_SORTS,
  QUEUE_VIEWS,
  type QueueFilter,
  type QueuePlace,
  type QueueSort,
  type QueueView,
} from '../../db/queries/work-queue.ts'
import { type Catalogue, catalogueOf, versionOn } from '../catalogue/catalogue.ts'
import type { Deps } from '../deps.ts'
import { addWorkingDays } from '../domain/calendar/calendar.ts'
import { type LocalDay, localDayOf, parseDay } from '../domain/calendar/day.ts'
import { CHANNELS, type Channel } from '../domain/counting/tally.ts'
import { STATES, type State } from '../domain/life-cycle/dossier.ts'
import { RuleError } from '../domain/refusals.ts'
import { scopeUnits } from '../reports/scope.ts'
import { SOON_WORKING_DAYS } from './due-standing.ts'
import { assigneeOf } from './intake-place.ts'
import { SCOPES, type ScopeName } from './queue-scope.ts'

/** The filters of a list, as they stand in its address. */
export const FILTERS = ['procedure', 'channel', 'assignee', 'state', 'unit', 'from', 'to'] as const
export type FilterName = (typeof FILTERS)[number]

/** What the address of a list asks for. */
export interface QueueAsk {
  readonly scope: ScopeName
  readonly view: QueueView
  readonly sort: QueueSort
  readonly backwards: boolean
  readonly filters: Readonly<Partial<Record<FilterName, string>>>
  /** Where the page before ended. */
  readonly after?: QueuePlace | undefined
}

export type QueueParams = Readonly<Record<string, string | undefined>>

export const QUEUE_PAGE = '/viec'

/** Reads an address; what it leaves out or nobody knows is as on the first visit. `first`: the scope to begin with. */
export function readAsk(params: QueueParams, first: ScopeName): QueueAsk {
  const { sort = '' } = params
  const scope = SCOPES.find((name) => name === params['scope']) ?? first
  const view = QUEUE_VIEWS.find((name) => name === params['view']) ?? 'urgent'
  const filters = FILTERS.flatMap((name) => (params[name] ? [[name, params[name]]] : []))
  const name =
    view === 'newest' ? 'due' : (QUEUE_SORTS.find((each) => each === sort.replace('-', '')) ?? 'due')
  return {
    scope,
    // Of the ended ones nobody has any in particular.
    view: scope === 'mine' && view === 'newest' ? 'open' : view,
    sort: name,
    backwards: view === 'newest' || sort.startsWith('-'),
    filters: Object.fromEntries(filters),
    after: placeOf(params['after'] ?? '', name),
  }
}

/** `<mark>.<id>`; of anything else the list is shown from its head. */
function placeOf(text: string, sort: QueueSort): QueuePlace | undefined {
  const [, mark = '', id] = (sort === 'code' ? TEXT_PLACE : NUMBER_PLACE).exec(text) ?? []
  return id === undefined ? undefined : { mark: sort === 'code' ? mark : Number(mark), id: Number(id) }
}

const NUMBER_PLACE = /^(\d{1,16})\.(\d{1,15})$/
const TEXT_PLACE = /^(.{0,60})\.(\d{1,15})$/

/** The address of a list; a change of anything but the page begins at its head again. */
export function queueHref({ scope, view, sort, backwards, filters, after }: QueueAsk): string {
  return `${QUEUE_PAGE}?${askText({ scope, view, sort, backwards, filters, after })}`
}

export function askText({ scope, view, sort, backwards, filters, after }: QueueAsk): string {
  const isSorted = view !== 'newest' && (sort !== 'due' || backwards)
  const params = new URLSearchParams({
    scope,
    ...(view !== 'urgent' && { view }),
    ...filters,
    ...(isSorted && { sort: `${backwards ? '-' : ''}${sort}` }),
    ...(after !== undefined && { after: `${after.mark}.${after.id}` }),
  })
  return params.toString()
}

/** A list of all somebody may see: of one unit, where it is named. */
export function listHref(view: QueueView, unit?: string): string {
  const filters = unit === undefined ? {} : { unit }
  return queueHref({ scope: 'all', view, sort: 'due', backwards: false, filters })
}

/** What the address asks for, in ids; refuses procedures, officers, units and days nobody knows. */
export function filterOf(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  scope: QueueScope,
  ask: QueueAsk,
): QueueFilter {
  const catalogue = catalogueOf(db)
  const today = localDayOf(clock.now())
  const { procedure, channel, assignee, state, unit, from, to } = ask.filters
  const closed = catalogue.units.filter(({ versions }) => versionOn(versions, today) === undefined)
  const stepped = [...catalogue.procedureVersionById.values()].filter(({ steps }) => steps.length > 0)
  return {
    scope,
    today,
    soon: addWorkingDays(catalogue.calendar(null), today, SOON_WORKING_DAYS),
    closedUnitIds: closed.map(({ id }) => id),
    steppedVersionIds: stepped.map(({ id }) => id),
    procedureId: procedure === undefined ? undefined : procedureOf(catalogue, procedure),
    channel: CHANNELS.find((each): each is Channel => each === channel),
    assigneeId: assignee === undefined ? undefined : officerOf(catalogue, assignee),
    state: STATES.find((each): each is State => each === state),
    ofUnitIds: scopeUnits(catalogue, unit, today) ?? undefined,
    from: dayOf(from),
    to: dayOf(to),
  }
}

function procedureOf({ procedureByCode }: Catalogue, procedure: string): number {
  const found = procedureByCode.get(procedure)
  if (found === undefined) throw new RuleError('unknown_procedure', { procedure })
  return found.id
}

/** 0 for `none`: nobody has it. */
function officerOf(catalogue: Catalogue, key: string): number {
  return key === 'none' ? 0 : (assigneeOf(catalogue, key) ?? 0)
}

function dayOf(text: string | undefined): LocalDay | undefined {
  return text === undefined ? undefined : parseDay(text)
}
