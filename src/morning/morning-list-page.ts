import type { FastifyInstance } from 'fastify'
import { dossierRowsById } from '../../db/queries/dossier-rows.ts'
import { findDossierById } from '../../db/queries/dossiers.ts'
import { maySee } from '../accounts/seen-units.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import type { Actor, Deps } from '../deps.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import { formatCount } from '../domain/counting/rate-format.ts'
import { dossierTable } from '../dossiers/dossier-table.ts'
import { actorOf } from '../web/actor.ts'
import { emptyNotice } from '../web/error-page.ts'
import { html } from '../web/html.ts'
import type { Show } from '../web/layout.ts'
import { type LineKind, morningOf } from './morning.ts'
import { MORNING_LIST, WORDS } from './morning-words.ts'

/** `/sang-nay/:kind`: the dossiers of one line of the morning, all of them. */
export function morningListPage(app: FastifyInstance, deps: Deps, show: Show): void {
  app.get<{ Params: { kind: string } }>(`${MORNING_LIST}/:kind`, (request, reply) => {
    const kind = (Object.keys(WORDS) as LineKind[]).find((each) => each === request.params.kind)
    if (kind === undefined || WORDS[kind].href !== 'list') return reply.callNotFound()
    const rows = dossierRowsById(deps.db, dossiersOf(deps, actorOf(request), kind))
    const title = `${formatCount(rows.length)} ${WORDS[kind].words}`
    const table = { catalogue: catalogueOf(deps.db), today: localDayOf(deps.clock.now()), caption: title }
    const body = html`<header class="page-head"><p class="page-kicker"><a href="/">Hôm nay</a></p><h1>${title}</h1></header>
${rows.length === 0 ? NOTHING_LEFT : dossierTable(rows, { ...table, keys: true })}`
    return show(reply, { title, area: '/', body })
  })
}

function dossiersOf(deps: Deps, actor: Actor, kind: LineKind): readonly number[] {
  if (actor.officerId === null) return []
  const line = morningOf(deps, actor.officerId).find((each) => each.kind === kind)
  const isSeen = (id: number) => {
    const dossier = findDossierById(deps.db, id)
    return dossier !== null && maySee(deps, actor, dossier)
  }
  return (line?.dossiers ?? []).map(({ id }) => id).filter(isSeen)
}

const NOTHING_LEFT = emptyNotice(
  'Không còn hồ sơ nào ở dòng này',
  'Hồ sơ đã được xử lý, hoặc việc đã cũ hơn lần xem trước.',
)
