import type { QueueScope } from '../../db/queries/queue-scope.ts'
import type { OnTheWay } from '../../db/queries/work-queue.ts'
import { folderHours, isTooLong } from '../custody/standing.ts'
import type { Deps } from '../deps.ts'
import { formatCount } from '../domain/counting/rate-format.ts'
import { type Html, html, when } from '../web/html.ts'

/** How many of these folders have been too long on their way: those of one sheet are so together. */
export function lateOf(deps: Pick<Deps, 'db' | 'clock'>, folders: readonly OnTheWay[]): number {
  const now = deps.clock.now()
  const hours = folderHours(deps)
  const sheets = Map.groupBy(folders, ({ toUnitId, sentAt }) => `${toUnitId} ${sentAt}`)
  return [...sheets.values()]
    .filter(([folder]) => isTooLong(deps, folder!, now, hours))
    .reduce((sum, { length }) => sum + length, 0)
}

/** Above the list of folders on their way: which way they go, and how many have been too long. */
export function transitView(
  deps: Pick<Deps, 'db' | 'clock'>,
  scope: QueueScope,
  folders: readonly OnTheWay[],
): Html {
  const late = lateOf(deps, folders)
  const ways = Map.groupBy(folders, (folder) => wayOf(scope, folder))
  const counts = WAYS.map((way) => ({ way, n: ways.get(way)?.length ?? 0 })).filter(({ n }) => n > 0)
  const said =
    scope.kind === 'all' ? '' : `${counts.map(({ way, n }) => `${formatCount(n)} ${way}`).join(' · ')}. `
  return html`<p class="transit">${said}${when(late > 0, () => html`<strong class="overdue">${formatCount(late)} quá ${folderHours(deps)} giờ làm việc.</strong> `)}<a href="/ban-giao/dang-chuyen">Xem theo thời gian trên đường</a></p>`
}

const WAYS = ['đang đến', 'đã giao, nơi nhận chưa xác nhận', 'trong đơn vị'] as const

function wayOf(scope: QueueScope, { fromUnitId, toUnitId, toOfficerId }: OnTheWay): (typeof WAYS)[number] {
  const units = 'unitIds' in scope ? scope.unitIds : []
  const isOurs = units.includes(toUnitId)
  if (scope.kind === 'officers') {
    const isMine = isOurs && (toOfficerId === null || scope.officerIds.includes(toOfficerId))
    return isMine ? 'đang đến' : 'đã giao, nơi nhận chưa xác nhận'
  }
  if (isOurs && fromUnitId === toUnitId) return 'trong đơn vị'
  return isOurs ? 'đang đến' : 'đã giao, nơi nhận chưa xác nhận'
}
