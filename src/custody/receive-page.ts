import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type FolderRow, foldersComing, foldersReceived } from '../../db/queries/hand-overs.ts'
import { deskUnit } from '../accounts/desk-unit.ts'
import { absentOn } from '../accounts/posts.ts'
import { catalogueOf, type Unit } from '../catalogue/catalogue.ts'
import type { Deps } from '../deps.ts'
import { instantAt, localDayOf } from '../domain/calendar/day.ts'
import type { PageOptions } from '../page-options.ts'
import { actorOf } from '../web/actor.ts'
import { unitFilter } from '../web/controls.ts'
import { EMPTY_FORM, type FormState, inputField, orRefused, refusalView, typedIn } from '../web/forms.ts'
import { type Html, html, when } from '../web/html.ts'
import type { Show } from '../web/layout.ts'
import { custodyTabs } from './custody-tabs.ts'
import { FOLDER_DESKS } from './desk-kinds.ts'
import { folderTable } from './folder-table.ts'
import { receiveFolders } from './receive-folders.ts'
import { unitsCameTo } from './standing.ts'

const PAGE = '/ban-giao/nhan'

/** `/ban-giao/nhan`: each folder that came is scanned; that is the whole act. */
export function receivePage(app: FastifyInstance, { deps, writer }: PageOptions, show: Show): void {
  const page = (
    request: FastifyRequest,
    reply: FastifyReply,
    asked: string | undefined,
    state: FormState,
  ) => {
    const { unit, choices } = deskUnit(deps, actorOf(request), asked, FOLDER_DESKS)
    const body = html`<header class="page-head with-filter"><h1>Nhận bản giấy</h1>${unitFilter(PAGE, choices, unit?.key)}</header>
${custodyTabs(request, PAGE, unit?.key)}
${unit === undefined ? html`<p class="notice">Hãy chọn đơn vị nhận ở trên.</p>` : receiving(deps, unit, officersOf(request), state)}`
    return show(reply, {
      title: 'Nhận bản giấy',
      area: '/ban-giao',
      status: state.refusal === null ? 200 : 422,
      body,
    })
  }
  /** Whoever asks, and those they stand in for. */
  const officersOf = (request: FastifyRequest): readonly number[] => {
    const { officerId } = actorOf(request)
    if (officerId === null) return []
    return [officerId, ...absentOn(catalogueOf(deps.db), officerId, localDayOf(deps.clock.now()))]
  }
  app.get<{ Querystring: { unit?: string } }>(PAGE, (request, reply) =>
    page(request, reply, request.query.unit, EMPTY_FORM),
  )
  app.post(PAGE, async (request, reply) => {
    const typed = typedIn(request.body)
    const { unit = '', code = '' } = typed
    const outcome = await orRefused(typed, () => {
      const actor = actorOf(request)
      return writer.write(() => receiveFolders(deps, actor, { unit, codes: [code] }))
    })
    if ('state' in outcome) return page(request, reply, unit, outcome.state)
    return reply.redirect(`${PAGE}?${new URLSearchParams({ unit })}`, 303)
  })
}

function receiving(deps: Deps, unit: Unit, officerIds: readonly number[], state: FormState): Html {
  const today = localDayOf(deps.clock.now())
  const coming = foldersComing(deps.db, unitsCameTo(catalogueOf(deps.db).lineage, unit.id, today))
  const isOurs = ({ toOfficerId }: FolderRow) => toOfficerId === null || officerIds.includes(toOfficerId)
  const ours = coming.filter(isOurs)
  const others = coming.filter((folder) => !isOurs(folder))
  const received = foldersReceived(deps.db, unit.id, instantAt(today, 0))
  return html`<form class="scan" method="post" action="${PAGE}" data-scan data-scan-list>
<input type="hidden" name="unit" value="${unit.key}">
<div class="scan-head">${inputField(EMPTY_FORM, { name: 'code', label: 'Quét mã hồ sơ đã nhận bản giấy', maxLength: 60, required: true, first: true, hint: 'Quét đến đâu ghi đến đó. Hồ sơ gửi nơi khác mà đến đây cũng quét: hệ thống ghi là lạc và tìm thấy. Nhận thay đồng nghiệp cũng quét: hệ thống ghi người đã quét.' })}<p class="scan-add"><button class="button primary" type="submit" name="do" value="add">Đã nhận</button></p></div>
</form>
<div data-scanned aria-live="polite">
${refusalView(state)}
<section><div class="block-head"><h2>Đang đến</h2><p>${ours.length} hồ sơ</p></div>
${folderTable(deps, ours, { caption: 'Hồ sơ đang đến', none: 'Không có bản giấy nào đang đến.' })}</section>
${when(
  others.length > 0,
  () => html`<section><div class="block-head"><h2>Đang đến người khác trong đơn vị</h2><p>${others.length} hồ sơ</p></div>
${folderTable(deps, others, { caption: 'Hồ sơ đang đến người khác trong đơn vị', none: '' })}</section>`,
)}
<section><div class="block-head"><h2>Đã nhận hôm nay</h2><p>${received.length} hồ sơ</p></div>
${folderTable(deps, received, { caption: 'Hồ sơ đã nhận hôm nay', none: 'Hôm nay chưa nhận bản giấy nào.' })}</section>
</div>`
}
