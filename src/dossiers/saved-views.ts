import {
  moveSavedView,
  removeSavedView,
  renameSavedView,
  type SavedView,
  savedViewsOf,
  upsertSavedView,
} from '../../db/queries/saved-views.ts'
import type { Actor, Deps } from '../deps.ts'
import { RuleError } from '../domain/refusals.ts'

/** Lists one person may keep. */
const MOST = 20
const LONGEST_NAME = 60

/** The lists somebody keeps, in their order. */
export function ownViews({ db }: Pick<Deps, 'db'>, { officerId }: Actor): readonly SavedView[] {
  return officerId === null ? [] : savedViewsOf(db, officerId)
}

/** Keeps a list under a name; the one that had the name gives way. Run it inside a write. */
export function saveView(deps: Pick<Deps, 'db'>, actor: Actor, given: { name: string; query: string }): void {
  if (actor.officerId === null) return
  const name = checkedName(given.name)
  const views = ownViews(deps, actor)
  const isNew = views.every((view) => view.name !== name)
  if (isNew && views.length >= MOST) throw new RuleError('too_many_views', { most: MOST })
  upsertSavedView(deps.db, actor.officerId, name, given.query)
}

/** Gives one of one's own lists another name. */
export function renameView(deps: Pick<Deps, 'db'>, actor: Actor, id: number, given: string): void {
  const name = checkedName(given)
  const views = ownViews(deps, actor)
  const view = known(views, id)
  if (views.some((other) => other.name === name && other !== view))
    throw new RuleError('view_name_taken', { name })
  renameSavedView(deps.db, id, name)
}

export function removeView(deps: Pick<Deps, 'db'>, actor: Actor, id: number): void {
  removeSavedView(deps.db, known(ownViews(deps, actor), id).id)
}

/** Puts one of one's own lists before the one it follows. */
export function raiseView(deps: Pick<Deps, 'db'>, actor: Actor, id: number): void {
  const views = [...ownViews(deps, actor)]
  const at = views.indexOf(known(views, id))
  if (at === 0) return
  const [view] = views.splice(at, 1)
  views.splice(at - 1, 0, view!)
  for (const [index, each] of views.entries()) moveSavedView(deps.db, each.id, index + 1)
}

function known(views: readonly SavedView[], id: number): SavedView {
  const view = views.find((each) => each.id === id)
  if (view === undefined) throw new RuleError('unknown_view')
  return view
}

function checkedName(given: string): string {
  const name = given.normalize('NFC').replace(/\s+/g, ' ').trim()
  if (name === '' || name.length > LONGEST_NAME)
    throw new RuleError('view_name_required', { longest: LONGEST_NAME })
  return name
}
