import { findDossierById, type StoredDossier } from '../../db/queries/dossiers.ts'
import type { ListedMessage, MessageRow, MessageStatus } from '../../db/queries/messages.ts'
import type { Deps } from '../deps.ts'
import { type Instant, localDayOf } from '../domain/calendar/day.ts'
import { dossierHref } from '../dossiers/dossier-table.ts'
import { longDay, moment, timeOfDay } from '../web/formats.ts'
import { each, type Html, html, NOTHING, when } from '../web/html.ts'
import { type IconName, icon } from '../web/icons.ts'
import {
  CHANNEL_LABELS,
  errorWords,
  isWrongAddress,
  STATUS_LABELS,
  TEMPLATE_LABELS,
} from './message-words.ts'
import { newAddressOf } from './recipient.ts'
import type { MessageText } from './render-message.ts'

type ViewDeps = Pick<Deps, 'db' | 'vault' | 'clock'>

export interface TableOptions {
  readonly caption: string
  /** Where the decision leads back to; null: nothing may be decided. */
  readonly back: string | null
  /** Shows whose dossier each is. */
  readonly dossiers: boolean
}

const TONES = {
  held: 'due_soon',
  sending: 'due_soon',
  sent: 'in_time',
  stopped: 'paused',
  failed: 'overdue',
} as const satisfies Record<MessageStatus, IconName>

/** Messages, a line each: what and how it stands, to whom, when, the text below, and what can be decided. */
export function messageTable(
  deps: ViewDeps,
  rows: readonly ListedMessage[],
  { caption, back, dossiers }: TableOptions,
): Html {
  return html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0"><table class="data messages"><caption class="sr">${caption}</caption>
<thead><tr><th scope="col">Tin</th>${when(dossiers, () => html`<th scope="col">Hồ sơ</th>`)}<th scope="col">Gửi tới</th><th scope="col">Tình trạng</th>${when(back, () => html`<th scope="col"><span class="sr">Việc làm được</span></th>`)}</tr></thead>
<tbody>${each(
    rows,
    (row) => html`<tr>
<th scope="row">${textOf(deps, row)}</th>
${when(dossiers, () => html`<td><a class="code" href="${dossierHref({ id: row.dossierId, code: row.code })}">${row.code ?? `hồ sơ số ${row.dossierId}`}</a></td>`)}
<td class="nowrap">${CHANNEL_LABELS[row.channel]}<small class="muted"> ${maskedAddress(deps, row)}</small></td>
<td><span class="tag ${TONES[row.status]}">${icon(TONES[row.status])}${STATUS_LABELS[row.status]}</span> <span class="message-when">${standing(row, deps.clock.now())}${when(row.status === 'failed', () => remedy(deps, row))}</span></td>
${when(back, (href) => html`<td class="message-acts">${decisions(row, href)}</td>`)}</tr>`,
  )}</tbody></table></div>`
}

function textOf(deps: ViewDeps, row: MessageRow): Html {
  const label = TEMPLATE_LABELS[row.template]
  const message = openedText(deps, row)
  if (message === null) return html`${label}`
  return html`<details class="message-text"><summary>${label}</summary>${when(message.subject, (subject) => html`<p><strong>${subject}</strong></p>`)}<p class="message-body">${message.text}</p></details>`
}

/** What it says; null where it is gone or cannot be opened. */
export function openedText({ vault }: Pick<Deps, 'vault'>, { textSealed }: MessageRow): MessageText | null {
  if (textSealed === null) return null
  try {
    return JSON.parse(vault.open(textSealed)) as MessageText
  } catch {
    return null
  }
}

/** 'da•••@example.com', '•••••••678': enough to tell whether it is the right one. */
export function maskedAddress({ vault }: Pick<Deps, 'vault'>, { toSealed }: MessageRow): string {
  if (toSealed === null) return 'đã xoá'
  try {
    return maskedText(vault.open(toSealed))
  } catch {
    return 'không đọc được'
  }
}

function maskedText(to: string): string {
  const [, name = '', domain] = /^(.*)@(.*)$/.exec(to) ?? []
  if (domain !== undefined) return `${name.slice(0, name.length > 3 ? 2 : 1)}•••@${domain}`
  return `${'•'.repeat(Math.max(0, to.length - 3))}${to.slice(-3)}`
}

/** What to do before it is sent again, or where it then goes. */
function remedy(deps: ViewDeps, row: ListedMessage): Html {
  const dossier = findDossierById(deps.db, row.dossierId) as StoredDossier
  const [address, what] = row.channel === 'email' ? ['địa chỉ', 'thư điện tử'] : ['số', 'số điện thoại']
  const to = newAddressOf(deps, row, dossier)
  if (to !== null) return html`. Gửi lại thì gửi đến ${address} mới ${maskedText(to)}`
  if (!isWrongAddress(row)) return NOTHING
  return html`. Hãy <a href="${dossierHref({ id: row.dossierId, code: row.code })}">sửa ${what} ở hồ sơ</a> rồi gửi lại`
}

/** When it goes and how long that is, or when and why it ended. */
function standing(row: MessageRow, now: Instant): Html {
  const why = errorWords(row)
  if (row.status === 'held')
    return html`${leaves(row.sendAt, now)}${when(row.attempts > 0 && why, () => html`; lần trước ${why}`)}`
  if (row.status === 'sending') return NOTHING
  return html`${when(row.settledAt, (at) => html`<time>${moment(at)}</time>`)}${when(why, () => html`: ${why}`)}`
}

function leaves(sendAt: Instant, now: Instant): Html {
  const minutes = Math.ceil((sendAt - now) / 60_000)
  if (minutes <= 0) return html`gửi trong giây lát`
  if (localDayOf(sendAt) !== localDayOf(now))
    return html`gửi khi mở cửa, <time>${timeOfDay(sendAt)}</time> ${longDay(localDayOf(sendAt))}`
  const left =
    minutes < 60 ? `còn ${minutes} phút` : `còn ${Math.floor(minutes / 60)} giờ ${minutes % 60} phút`
  return html`gửi lúc <time>${timeOfDay(sendAt)}</time>, <strong>${left}</strong>`
}

function decisions({ id, status }: MessageRow, back: string): Html {
  const button = (act: string, words: string) =>
    html`<form method="post" action="/tin-nhan/${id}/${act}"><input type="hidden" name="ve" value="${back}"><button class="button" type="submit">${words}<span class="sr"> tin số ${id}</span></button></form>`
  if (status === 'held') return button('dung', 'Dừng')
  if (status === 'failed') return html`${button('gui-lai', 'Gửi lại')}${button('dung', 'Bỏ qua')}`
  return NOTHING
}
