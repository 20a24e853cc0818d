import type { FastifyInstance } from 'fastify'
import { readSetting, upsertSetting } from '../../db/queries/settings.ts'
import { mayEnter } from '../accounts/guard.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { SECOND_PERSON } from '../dossiers/act-context.ts'
import type { PageOptions } from '../page-options.ts'
import { actorOf } from '../web/actor.ts'
import { formView, tickField, typedIn } from '../web/forms.ts'
import { html, when } from '../web/html.ts'
import type { Show } from '../web/layout.ts'

const CORRECTIONS = '/quan-tri/dinh-chinh'
const PAGE = `${CORRECTIONS}/cach-duyet`

/** `/quan-tri/dinh-chinh/cach-duyet`: whether corrections of closed periods always need a second person. */
export function correctionSettingPage(app: FastifyInstance, { deps, writer }: PageOptions, show: Show): void {
  app.get(PAGE, (request, reply) => {
    const second = readSetting(deps.db, SECOND_PERSON) === true
    const state = { typed: { second: second ? '1' : '' }, refusal: null }
    const fields = tickField(state, {
      name: 'second',
      label: 'Đính chính kỳ đã chốt luôn cần người thứ hai duyệt',
      hint: 'Không đánh dấu: người đứng đầu tự đính chính được, có ghi lý do và tên.',
    })
    const back = when(
      mayEnter(request.principal, 'corrections_read'),
      () => html`<a href="${CORRECTIONS}">Đính chính</a>`,
    )
    const body = html`<header class="page-head"><p class="page-kicker"><a href="/quan-tri">Quản trị</a>${back}</p><h1>Cách duyệt đính chính</h1></header>
${formView({ action: PAGE, state, fields, submit: 'Ghi cách duyệt' })}`
    return show(reply, { title: 'Cách duyệt đính chính', area: '/quan-tri', body })
  })
  app.post(PAGE, async (request, reply) => {
    const { officerId } = actorOf(request)
    const second = typedIn(request.body)['second'] === '1'
    await writer.write(() => {
      upsertSetting(deps.db, SECOND_PERSON, second)
      const data = { setting: SECOND_PERSON, value: second }
      recordAudit(deps, { kind: 'setting_changed', actorId: officerId, data })
    })
    return reply.redirect(PAGE, 303)
  })
}
