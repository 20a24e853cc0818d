import type { FastifyRequest } from 'fastify'
import { mayEnter } from '../accounts/guard.ts'
import { ROUTES } from '../accounts/routes.ts'
import type { Deps } from '../deps.ts'
import { formatCount } from '../domain/counting/rate-format.ts'
import { dossierHref } from '../dossiers/dossier-table.ts'
import { each, type Html, html, NOTHING, when } from '../web/html.ts'
import { type IconName, icon } from '../web/icons.ts'
import { type Line, type LineKind, morningOf } from './morning.ts'

/** Dossiers named in a line; the rest is a number. */
const NAMED = 3

const WORDS = {
  today: { icon: 'due_soon', words: 'hồ sơ hết hạn hôm nay', href: null },
  overdue: { icon: 'overdue', words: 'hồ sơ vừa quá hạn', href: null },
  sent_back: { icon: 'left', words: 'hồ sơ được trả lại', href: null },
  answered: { icon: 'check', words: 'hồ sơ đã bổ sung', href: null },
  assigned: { icon: 'dossier', words: 'hồ sơ mới được giao', href: null },
  decided: { icon: 'in_time', words: 'đề nghị đính chính đã được quyết định', href: '/quan-tri/dinh-chinh' },
  folders: { icon: 'dossier', words: 'bì hồ sơ giấy đang chờ nhận', href: '/ban-giao/nhan' },
  late_folders: {
    icon: 'overdue',
    words: 'bì hồ sơ giấy trên đường quá lâu',
    href: '/ban-giao/dang-chuyen?cua=toi',
  },
  failed: { icon: 'send', words: 'nơi có tin cho người dân không gửi được', href: '/tin-nhan?xem=loi' },
} as const satisfies Record<LineKind, { icon: IconName; words: string; href: string | null }>

/** “Sáng nay”: what is there for whoever opens the first page; nothing where there is nothing. */
export function morningView(deps: Pick<Deps, 'db' | 'clock'>, request: FastifyRequest): Html {
  const officerId = request.principal?.actor?.officerId ?? null
  if (officerId === null || !mayEnter(request.principal, 'dossiers_read')) return NOTHING
  const lines = morningOf(deps, officerId)
  if (lines.length === 0) return NOTHING
  return html`<section class="morning" aria-labelledby="sang-nay"><h2 id="sang-nay">Sáng nay</h2>
<ul>${each(lines, (line) => lineView(line, request))}</ul></section>`
}

function lineView({ kind, n, fresh, dossiers }: Line, { principal }: FastifyRequest): Html {
  const { icon: sign, words, href } = WORDS[kind]
  const door = href === null ? undefined : ROUTES[`GET ${href.split('?')[0]}`]
  const sentence = html`<strong class="n">${formatCount(n)}</strong> ${words}`
  const named = dossiers.filter(({ id }) => id > 0)
  return html`<li class="morning-${kind}">${icon(sign)}<span class="morning-what">${door !== undefined && mayEnter(principal, door) ? html`<a href="${href}">${sentence}</a>` : sentence}${when(fresh > 0, () => html` <span class="morning-new">${fresh === n ? 'mới' : html`${formatCount(fresh)} mới`}</span>`)}</span>
${when(named.length > 0, () => html`<span class="morning-codes">${each(named.slice(0, NAMED), (dossier) => html`<a class="code" href="${dossierHref(dossier)}">${dossier.code ?? `hồ sơ số ${dossier.id}`}</a>`)}${when(named.length > NAMED, () => html`<span class="muted">và ${formatCount(named.length - NAMED)} hồ sơ nữa</span>`)}</span>`)}</li>`
}
