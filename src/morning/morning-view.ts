import type { FastifyRequest } from 'fastify'
import { messageList } from '../../db/queries/messages.ts'
import { mayEnter } from '../accounts/guard.ts'
import { ROUTES } from '../accounts/routes.ts'
import { seenUnits } from '../accounts/seen-units.ts'
import type { Actor, Deps } from '../deps.ts'
import { formatCount } from '../domain/counting/rate-format.ts'
import { dossierHref } from '../dossiers/dossier-table.ts'
import { each, type Html, html, NOTHING, when } from '../web/html.ts'
import { icon } from '../web/icons.ts'
import { type Line, morningOf } from './morning.ts'
import { MORNING_LIST, WORDS } from './morning-words.ts'

type Reading = Pick<Deps, 'db' | 'clock'>

/** Dossiers named in a line; the rest is a number. */
const NAMED = 3

/** As many failed messages as are counted; beyond that their list goes on. */
const COUNTED = 50

/** “Sáng nay”: what is there for whoever opens the first page; nothing where there is nothing. */
export function morningView(deps: Reading, request: FastifyRequest): Html {
  const officerId = request.principal?.actor?.officerId ?? null
  if (officerId === null || !mayEnter(request.principal, 'dossiers_read')) return NOTHING
  const lines = morningOf(deps, officerId)
  if (lines.length === 0) return NOTHING
  return html`<section class="morning" aria-labelledby="sang-nay"><h2 id="sang-nay">Sáng nay</h2>
<ul>${each(lines, (line) => lineView(deps, line, request))}</ul></section>`
}

function lineView(deps: Reading, line: Line, { principal }: FastifyRequest): Html {
  const { kind, n, fresh, dossiers } = line
  const { icon: sign, words, href } = WORDS[kind]
  const to = href === 'list' ? `${MORNING_LIST}/${kind}` : href
  const door = ROUTES[`GET ${href === 'list' ? `${MORNING_LIST}/:kind` : href.split('?')[0]}`]
  const opens = door !== undefined && mayEnter(principal, door)
  const link = (text: Html) => (opens ? html`<a href="${to}">${text}</a>` : text)
  const count = kind === 'failed' ? failedCount(deps, principal?.actor) : formatCount(n)
  const named = dossiers.filter(({ id }) => id > 0)
  return html`<li class="morning-${kind}">${icon(sign)}<span class="morning-what">${link(html`<strong class="n">${count}</strong> ${words}`)}${when(fresh > 0, () => html` <span class="morning-new">${fresh === n ? 'mới' : html`${formatCount(fresh)} mới`}</span>`)}</span>
${when(named.length > 0, () => html`<span class="morning-codes">${each(named.slice(0, NAMED), (dossier) => html`<a class="code" href="${dossierHref(dossier)}">${dossier.code ?? `hồ sơ số ${dossier.id}`}</a>`)}${when(named.length > NAMED, () => html`<span class="muted">${link(html`và ${formatCount(named.length - NAMED)} hồ sơ nữa`)}</span>`)}</span>`)}</li>`
}

/** The messages that their list shows this person, not the units whose alarm they are. */
function failedCount(deps: Reading, actor: Actor | null | undefined): string {
  if (actor == null) return '0'
  const seen = seenUnits(deps, actor)
  const unitIds = seen === null ? null : [...seen]
  const asked = {
    statuses: ['failed'],
    unitIds,
    before: Number.MAX_SAFE_INTEGER,
    limit: COUNTED + 1,
  } as const
  const { length } = messageList(deps.db, asked)
  return length > COUNTED ? `Hơn ${COUNTED}` : formatCount(length)
}
