import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { MESSAGE_STATUSES, type MessageStatus, messageList } from '../../db/queries/messages.ts'
import { mayEnter } from '../accounts/guard.ts'
import { seenUnits } from '../accounts/seen-units.ts'
import { formatCount } from '../domain/counting/rate-format.ts'
import { RuleError } from '../domain/refusals.ts'
import type { PageOptions } from '../page-options.ts'
import { actorOf } from '../web/actor.ts'
import { tabs } from '../web/controls.ts'
import { emptyNotice } from '../web/error-page.ts'
import { typedIn } from '../web/forms.ts'
import { type Html, html, NOTHING, when } from '../web/html.ts'
import { icon } from '../web/icons.ts'
import type { Show } from '../web/layout.ts'
import { resendMessage, stopMessage } from './decide-message.ts'
import { messageTable } from './message-view.ts'

const PAGE = '/tin-nhan'
const LINES = 50

/** What may be looked at, each with its words in the heading. */
const VIEWS = {
  cho: { label: 'Đang chờ', statuses: ['held', 'sending'] },
  loi: { label: 'Không gửi được', statuses: ['failed'] },
  'da-gui': { label: 'Đã gửi', statuses: ['sent'] },
  'da-dung': { label: 'Đã dừng', statuses: ['stopped'] },
} as const satisfies Record<string, { readonly label: string; readonly statuses: readonly MessageStatus[] }>

interface Query {
  readonly xem?: string
  readonly truoc?: string
}

/** `/tin-nhan`: messages to the citizens of one's units: waiting, failed, sent, stopped. */
export function messageListPage(app: FastifyInstance, { deps, writer }: PageOptions, show: Show): void {
  const page = (
    request: FastifyRequest,
    reply: FastifyReply,
    { xem = '', truoc = '' }: Query,
    gone = NOTHING,
  ) => {
    const view = Object.hasOwn(VIEWS, xem) ? (xem as keyof typeof VIEWS) : null
    const seen = seenUnits(deps, actorOf(request))
    const unitIds = seen === null ? null : [...seen]
    const list = (statuses: readonly MessageStatus[], before: number, limit: number) =>
      messageList(deps.db, { statuses, unitIds, before, limit })
    const before = /^[1-9]\d{0,14}$/.test(truoc) ? Number(truoc) : Number.MAX_SAFE_INTEGER
    const rows = list(view === null ? MESSAGE_STATUSES : VIEWS[view].statuses, before, LINES + 1)
    const shown = rows.slice(0, LINES)
    const href = view === null ? PAGE : `${PAGE}?xem=${view}`
    const mayDecide = mayEnter(request.principal, 'dossiers_write')
    const choices = [
      { href: PAGE, label: 'Tất cả', current: view === null },
      ...Object.entries(VIEWS).map(([key, { label }]) => ({
        href: `${PAGE}?xem=${key}`,
        label,
        current: key === view,
      })),
    ]
    const older = rows.length > LINES ? shown.at(-1) : undefined
    const body = html`<header class="page-head"><p class="page-kicker"><a href="/ho-so">Hồ sơ</a>${when(mayEnter(request.principal, 'messages_set'), () => html`<a href="${PAGE}/cach-gui">Cách gửi</a><a href="${PAGE}/hop-thu-thu">Hộp thư thử</a>`)}</p><h1>${heading(list)}</h1></header>
${gone}
<div class="toolbar">${tabs('Tình trạng của tin', choices)}</div>
${shown.length === 0 ? emptyNotice('Không có tin nào ở đây', 'Tin được lập khi tiếp nhận, yêu cầu bổ sung, có kết quả, hẹn lại hoặc trả kết quả, nếu người nộp để lại thư điện tử hoặc điện thoại.') : messageTable(deps, shown, { caption: 'Tin cho người dân, mới nhất trước', back: mayDecide ? href : null, dossiers: true })}
${when(older, ({ id }) => html`<p class="pager"><a class="button" href="${href}${view === null ? '?' : '&'}truoc=${id}">Xem tiếp</a></p>`)}`
    return show(reply, { title: 'Tin nhắn', area: '/ho-so', body, status: gone === NOTHING ? 200 : 409 })
  }

  app.get<{ Querystring: Query }>(PAGE, (request, reply) => page(request, reply, request.query))

  for (const [path, decide] of [
    ['dung', stopMessage],
    ['gui-lai', resendMessage],
  ] as const) {
    app.post<{ Params: { id: string } }>(`${PAGE}/:id/${path}`, async (request, reply) => {
      const id = numberOf(request.params.id)
      const actor = actorOf(request)
      const back = placeOf(typedIn(request.body)['ve'] ?? '')
      try {
        await writer.write(() => decide(deps, actor, id))
        return reply.redirect(back, 303)
      } catch (error) {
        if (!(error instanceof RuleError) || error.kind !== 'conflict') throw error
        const [, xem = ''] = /\?xem=(.+)/.exec(back) ?? []
        return page(request, reply, { xem }, goneNotice(error, back))
      }
    })
  }
}

/** Somebody was quicker, in another window perhaps: how it stands now is below, or on the dossier. */
function goneNotice({ message }: RuleError, back: string): Html {
  const toDossier = when(back.startsWith('/ho-so/'), () => html` <a href="${back}">Về hồ sơ</a>`)
  return html`<p class="form-refusal" role="alert">${icon('info', 20)}<span>${message}${toDossier}</span></p>`
}

/** The finding: what is in somebody's hands. Counted up to what a page shows. */
function heading(
  list: (statuses: readonly MessageStatus[], before: number, limit: number) => readonly unknown[],
): string {
  const count = (statuses: readonly MessageStatus[]) =>
    list(statuses, Number.MAX_SAFE_INTEGER, LINES + 1).length
  const words = (n: number) => (n > LINES ? `Hơn ${LINES}` : formatCount(n))
  const failed = count(['failed'])
  if (failed > 0) return `${words(failed)} tin không gửi được`
  const held = count(['held', 'sending'])
  return held > 0 ? `${words(held)} tin đang chờ gửi` : 'Không có tin nào đang chờ'
}

/** Back to the list or to the dossier it was decided on; to nowhere else. */
function placeOf(back: string): string {
  return /^\/(tin-nhan(\?xem=[a-z-]+)?|ho-so\/[\w.%-]+)$/.test(back) ? back : PAGE
}

function numberOf(text: string): number {
  if (!/^[1-9]\d{0,14}$/.test(text)) throw new RuleError('unknown_message', { message: text })
  return Number(text)
}
