import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { foldersOnTheWay } from '../../db/queries/hand-overs.ts'
import { upsertSetting } from '../../db/queries/settings.ts'
import { may } from '../accounts/access.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { Actor, Deps } from '../deps.ts'
import { RuleError } from '../domain/refusals.ts'
import type { PageOptions } from '../page-options.ts'
import { actorOf } from '../web/actor.ts'
import { EMPTY_FORM, type FormState, formView, inputField, orRefused, typedIn } from '../web/forms.ts'
import { html, NOTHING } from '../web/html.ts'
import type { Show } from '../web/layout.ts'
import { custodyTabs } from './custody-tabs.ts'
import { folderTable } from './folder-table.ts'
import { sheetUnits } from './sheet-at.ts'
import { FOLDER_HOURS, folderHours, isTooLong } from './standing.ts'

const PAGE = '/ban-giao/dang-chuyen'
const MOST_HOURS = 80

/** `/ban-giao/dang-chuyen`: folders on their way, those that have been too long first. */
export function wayPage(app: FastifyInstance, { deps, writer }: PageOptions, show: Show): void {
  const page = (request: FastifyRequest, reply: FastifyReply, state: FormState) => {
    const actor = actorOf(request)
    const folders = foldersOnTheWay(deps.db, sheetUnits(deps, actor))
    const now = deps.clock.now()
    const hours = folderHours(deps)
    const late = folders.filter((folder) => isTooLong(deps, folder, now))
    const rest = folders.filter((folder) => !late.includes(folder))
    const setting = formView({
      action: PAGE,
      state,
      fields: inputField(state, {
        name: 'hours',
        label: 'Giờ làm việc được ở trên đường',
        type: 'number',
        value: String(hours),
        required: true,
      }),
      submit: 'Đặt thời hạn',
    })
    const body = html`<header class="page-head"><h1>Bản giấy đang trên đường</h1>
<p class="lead">${folders.length} hồ sơ đang trên đường, ${late.length} quá ${hours} giờ làm việc theo lịch của nơi nhận.</p></header>
${custodyTabs(PAGE, undefined)}
<section><div class="block-head"><h2>Quá ${hours} giờ làm việc</h2><p>${late.length} hồ sơ</p></div>${folderTable(deps, late, { caption: 'Hồ sơ trên đường quá lâu', none: 'Không có hồ sơ nào.' })}</section>
<section><div class="block-head"><h2>Mới giao</h2><p>${rest.length} hồ sơ</p></div>${folderTable(deps, rest, { caption: 'Hồ sơ mới giao', none: 'Không có hồ sơ nào.' })}</section>
${may(actor, 'custody_setting') ? html`<section><h2>Thời hạn</h2>${setting}</section>` : NOTHING}`
    return show(reply, {
      title: 'Bản giấy đang trên đường',
      area: '/quan-tri',
      status: state.refusal === null ? 200 : 422,
      body,
    })
  }
  app.get(PAGE, (request, reply) => page(request, reply, EMPTY_FORM))
  app.post(PAGE, async (request, reply) => {
    const typed = typedIn(request.body)
    const outcome = await orRefused(typed, () => {
      const actor = actorOf(request)
      return writer.write(() => setFolderHours(deps, actor, Number(typed['hours'])))
    })
    return 'state' in outcome ? page(request, reply, outcome.state) : reply.redirect(PAGE, 303)
  })
}

function setFolderHours(deps: Deps, { officerId }: Actor, hours: number): void {
  if (!Number.isInteger(hours) || hours < 1 || hours > MOST_HOURS)
    throw new RuleError('invalid_folder_hours', { most: MOST_HOURS })
  upsertSetting(deps.db, FOLDER_HOURS, hours)
  recordAudit(deps, {
    kind: 'setting_changed',
    actorId: officerId,
    data: { setting: FOLDER_HOURS, value: hours },
  })
}
