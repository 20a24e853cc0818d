import type { FastifyInstance, FastifyReply } from 'fastify'
import { mayEnter } from '../accounts/guard.ts'
import { MESSAGE_TEMPLATES } from '../domain/messages/message-rules.ts'
import type { PageOptions } from '../page-options.ts'
import { actorOf } from '../web/actor.ts'
import { choiceField, type FormState, formView, inputField, orRefused, typedIn } from '../web/forms.ts'
import { each, type Html, html, when } from '../web/html.ts'
import { icon } from '../web/icons.ts'
import type { Show } from '../web/layout.ts'
import { PLACEHOLDERS, REQUIRED } from './message-placeholders.ts'
import { changeMessageSettings, messageSettings, WAYS } from './message-settings.ts'
import { type ReadTemplate, readTemplates } from './message-templates.ts'
import { TEMPLATE_LABELS } from './message-words.ts'
import { channelsOf, type Messaging } from './messaging.ts'

const PAGE = '/tin-nhan/cach-gui'

/** `/tin-nhan/cach-gui`: which messages go over which channel, how long they are held, and what they say. */
export function messageSettingPage(app: FastifyInstance, { deps, writer }: PageOptions, show: Show): void {
  app.get(PAGE, (_request, reply) => page(reply, { typed: {}, refusal: null }))
  app.post(PAGE, async (request, reply) => {
    const typed = typedIn(request.body)
    const actor = actorOf(request)
    const outcome = await orRefused(typed, () =>
      writer.write(() => changeMessageSettings(deps, actor, typed)),
    )
    return 'state' in outcome ? page(reply, outcome.state, 422) : reply.redirect(PAGE, 303)
  })

  function page(reply: FastifyReply, state: FormState, status = 200) {
    const { holdMinutes, ways } = messageSettings(deps.db)
    const messaging = deps.messages ?? null
    const options = Object.entries(WAYS).map(([value, { label }]) => ({ value, label }))
    const fields = html`<div class="message-ways">${each(MESSAGE_TEMPLATES, (template) => choiceField(state, { name: template, label: TEMPLATE_LABELS[template], options, value: ways[template], required: true }))}
${inputField(state, { name: 'hold', label: 'Giữ tin trước khi gửi (phút)', inputMode: 'numeric', maxLength: 4, value: String(holdMinutes), required: true, hint: 'Trong lúc đó cán bộ dừng được tin. Hết giờ giữ ngoài giờ làm việc thì tin chờ đến khi mở cửa.' })}</div>`
    const body = html`<header class="page-head"><p class="page-kicker"><a href="/quan-tri">Quản trị</a>${when(mayEnter(reply.request.principal, 'dossiers_read'), () => html`<a href="/tin-nhan">Tin nhắn</a>`)}</p><h1>${standing(messaging)}</h1>${when(messaging === null, () => html`<p class="lead">Đặt SMTP_URL hoặc MESSAGE_GATEWAY_URL để gửi, hoặc MESSAGES=mailbox để xem thử mà không gửi gì đi. Cách đặt dưới đây được giữ sẵn.</p>`)}</header>
${formView({ action: PAGE, state, fields, submit: 'Ghi cách gửi' })}
${when(messaging, ({ templatesDir }) => templates(readTemplates(templatesDir), templatesDir))}`
    return show(reply, { title: 'Cách gửi tin', area: '/quan-tri', body, status })
  }
}

function standing(messaging: Messaging | null): string {
  if (messaging === null) return 'Chưa gửi tin cho người dân'
  if (messaging.mode === 'mailbox') return 'Tin nằm trong hộp thư thử, không gửi đi'
  const channels = channelsOf(messaging)
  if (!channels.includes('email')) return 'Tin gửi bằng SMS và Zalo'
  return channels.includes('sms') ? 'Tin gửi bằng thư điện tử, SMS và Zalo' : 'Tin gửi bằng thư điện tử'
}

function templates(read: readonly ReadTemplate[], dir: string): Html {
  const wrong = read.filter(({ problems }) => problems.length > 0)
  return html`<section><h2>Mẫu tin</h2>
<p>Muốn sửa: đặt tệp cùng tên vào <code class="message-dir">${dir}</code>. Mẫu có chỗ sai không được dùng; mẫu có sẵn thay vào.</p>
${when(wrong.length > 0, () => html`<ul class="message-problems" role="status">${each(wrong, ({ file, problems }) => html`<li>${icon('overdue', 20)}<span><code>${file}</code>: ${problems.join('; ')}</span></li>`)}</ul>`)}
<div class="message-templates">${each(read, ({ file, text, own, problems }) => html`<details><summary><code>${file}</code><span class="muted"> ${own && problems.length === 0 ? 'mẫu riêng' : 'mẫu có sẵn'}</span></summary><p class="message-body">${text}</p></details>`)}</div>
<h3>Chỗ điền</h3>
<dl class="facts placeholders">${each(Object.entries(PLACEHOLDERS), ([name, about]) => html`<dt><code>{{${name}}}</code></dt><dd>${about}${when(neededIn(name), (where) => html`; bắt buộc ở: ${where}`)}</dd>`)}</dl></section>`
}

function neededIn(name: string): string | null {
  const needed = MESSAGE_TEMPLATES.filter((each) => (REQUIRED[each] as readonly string[]).includes(name))
  if (needed.length === MESSAGE_TEMPLATES.length) return 'mọi mẫu'
  return needed.map((template) => TEMPLATE_LABELS[template].toLowerCase()).join('; ') || null
}
