import type { FastifyInstance } from 'fastify'
import { foldersOnTheWay } from '../../db/queries/hand-overs.ts'
import { postsOn } from '../accounts/posts.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import type { Actor, Deps } from '../deps.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import type { PageOptions } from '../page-options.ts'
import { actorOf } from '../web/actor.ts'
import { html, NOTHING } from '../web/html.ts'
import type { Show } from '../web/layout.ts'
import { custodyTabs } from './custody-tabs.ts'
import { folderTable } from './folder-table.ts'
import { sheetUnits } from './sheet-at.ts'
import { folderHours, isTooLong } from './standing.ts'

const PAGE = '/ban-giao/dang-chuyen'

/** `/ban-giao/dang-chuyen`: folders on their way, those that have been too long first. `cua=toi`: of one's own units. */
export function wayPage(app: FastifyInstance, { deps }: Pick<PageOptions, 'deps'>, show: Show): void {
  app.get<{ Querystring: { cua?: string } }>(PAGE, (request, reply) => {
    const actor = actorOf(request)
    const isOwn = request.query.cua === 'toi' && actor.officerId !== null
    const units = isOwn ? postUnits(deps, actor) : sheetUnits(deps, actor)
    const folders = foldersOnTheWay(deps.db, units)
    const now = deps.clock.now()
    const hours = folderHours(deps)
    const late = folders.filter((folder) => isTooLong(deps, folder, now))
    const rest = folders.filter((folder) => !late.includes(folder))
    const body = html`<header class="page-head"><h1>Bản giấy đang trên đường</h1>
<p class="lead">${folders.length} hồ sơ đang trên đường, ${late.length} quá ${hours} giờ làm việc theo lịch của nơi nhận. Quản trị viên đặt số giờ này tại Quản trị › Thiết lập.</p></header>
${custodyTabs(request, PAGE, undefined)}
${isOwn ? html`<p class="notice">Chỉ bản giấy đến và đi của đơn vị mình. <a href="${PAGE}">Xem mọi nơi được xem</a></p>` : NOTHING}
<section><div class="block-head"><h2>Quá ${hours} giờ làm việc</h2><p>${late.length} hồ sơ</p></div>${folderTable(deps, late, { caption: 'Hồ sơ trên đường quá lâu', none: 'Không có hồ sơ nào.' })}</section>
<section><div class="block-head"><h2>Mới giao</h2><p>${rest.length} hồ sơ</p></div>${folderTable(deps, rest, { caption: 'Hồ sơ mới giao', none: 'Không có hồ sơ nào.' })}</section>`
    return show(reply, { title: 'Bản giấy đang trên đường', area: '/ban-giao', body })
  })
}

/** The units in which somebody holds a post today, or stands in for who does. */
function postUnits({ db, clock }: Pick<Deps, 'db' | 'clock'>, { officerId }: Actor): readonly number[] {
  const posts = officerId === null ? [] : postsOn(catalogueOf(db), officerId, localDayOf(clock.now()))
  return [...new Set(posts.map(({ unitId }) => unitId))]
}
