import type { FastifyInstance, FastifyReply } from 'fastify'
import { unitsGranted } from '../accounts/seen-units.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import { unitChoices } from '../catalogue/unit-choices.ts'
import type { Actor, Deps } from '../deps.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import type { PageOptions } from '../page-options.ts'
import { actorOf } from '../web/actor.ts'
import {
  choiceField,
  EMPTY_FORM,
  type FormState,
  inputField,
  orRefused,
  refusalView,
  typedIn,
} from '../web/forms.ts'
import { html } from '../web/html.ts'
import type { Show } from '../web/layout.ts'
import { exportScopeOf } from './export-scope.ts'
import { FORMAT_NAMES, FORMATS, sendRegister } from './register-download.ts'

const EXPORT_PATH = '/quan-tri/xuat-so'

/** `/quan-tri/xuat-so`: choose unit, year or days and format; the download is a GET, never kept on the way. */
export function exportPage(app: FastifyInstance, { deps, writer }: PageOptions, show: Show): void {
  const form = (reply: FastifyReply, state: FormState) =>
    show(reply, {
      title: 'Xuất sổ',
      area: '/quan-tri',
      body: formOf(deps, actorOf(reply.request), state),
      status: state.refusal === null ? 200 : 422,
    })
  app.get(EXPORT_PATH, (_request, reply) => form(reply, EMPTY_FORM))
  app.get(`${EXPORT_PATH}/tep`, async (request, reply) => {
    const actor = actorOf(request)
    const typed = typedIn(request.query)
    const format = FORMAT_NAMES.find((name) => name === typed['format']) ?? 'xlsx'
    const outcome = await orRefused(typed, () => exportScopeOf(deps, actor, typed))
    if ('state' in outcome) return form(reply, outcome.state)
    return sendRegister({ deps, writer }, actor, reply, { scope: outcome.done, format, by: 'page' })
  })
}

function formOf(deps: Deps, actor: Actor, state: FormState) {
  const granted = unitsGranted(deps, actor, 'exports')
  const { unitByKey } = catalogueOf(deps.db)
  const units = unitChoices(catalogueOf(deps.db), localDayOf(deps.clock.now())).filter(
    ({ key }) => granted === null || granted.has(unitByKey.get(key)!.id),
  )
  return html`<header class="page-head"><h1>Xuất sổ theo dõi hồ sơ</h1><p class="lead">Các cột mà trang <a href="/quan-tri/nhap-so">Nhập sổ</a> đọc lại được. Tệp có họ tên và địa chỉ của người nộp: giữ như sổ giấy. Không có số định danh và điện thoại. Mỗi lần xuất được ghi nhật ký.</p></header>
<form class="form" method="get" action="${EXPORT_PATH}/tep">
${refusalView(state)}
${choiceField(state, { name: 'unit', label: 'Đơn vị giải quyết', blank: granted === null ? 'Tất cả đơn vị' : 'Mọi đơn vị của tôi', options: units.map(({ key, name }) => ({ value: key, label: name })), hint: 'Gồm các đơn vị trực thuộc.' })}
<div class="form-row">${inputField(state, { name: 'year', label: 'Năm tiếp nhận', type: 'number' })}${inputField(state, { name: 'from', label: 'hoặc từ ngày', type: 'date' })}${inputField(state, { name: 'to', label: 'đến ngày', type: 'date' })}</div>
${choiceField(state, { name: 'format', label: 'Dạng tệp', options: FORMAT_NAMES.map((value) => ({ value, label: FORMATS[value].label })) })}
<p class="form-end"><button class="button primary" type="submit">Tải về</button></p>
</form>`
}
