import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { foldersOf, type HandOverRow, handOversOf, type SheetCounts } from '../../db/queries/hand-overs.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import type { Deps } from '../deps.ts'
import { storedDocument } from '../documents/stored-document.ts'
import type { PageOptions } from '../page-options.ts'
import { actorOf } from '../web/actor.ts'
import { moment } from '../web/formats.ts'
import { orRefused, refusalView, typedIn } from '../web/forms.ts'
import { each, type Html, html, NOTHING } from '../web/html.ts'
import type { Show } from '../web/layout.ts'
import { asPaper } from '../web/paper-preview.ts'
import { replyPdf } from '../web/pdf-reply.ts'
import { custodyTabs } from './custody-tabs.ts'
import { officerName, receiverOf, senderOf } from './ends.ts'
import { folderTable, sheetHref } from './folder-table.ts'
import { issueSheet } from './issue-sheet.ts'
import { recallFolders } from './recall-folders.ts'
import { sheetAt, sheetUnits } from './sheet-at.ts'
import { isOnTheWay } from './standing.ts'

const PAGE = '/ban-giao/phieu'
const SHOWN = 100

interface Which {
  readonly Params: { readonly number: string }
}

/** `/ban-giao/phieu`: the sheets; one of them with its folders, to print or to take back. */
export function sheetPage(app: FastifyInstance, { deps, writer }: PageOptions, show: Show): void {
  app.get(PAGE, (request, reply) => {
    const sheets = handOversOf(deps.db, sheetUnits(deps, actorOf(request)), SHOWN)
    const body = html`<header class="page-head"><h1>Phiếu bàn giao</h1></header>${custodyTabs(request, PAGE, undefined)}${sheetTable(deps, sheets)}`
    return show(reply, { title: 'Phiếu bàn giao', area: '/ban-giao', body })
  })
  const page = (
    request: FastifyRequest<Which>,
    reply: FastifyReply,
    refusal: string | null = null,
  ): FastifyReply => {
    const sheet = sheetAt(deps, actorOf(request), request.params.number)
    const body = sheetBody(deps, sheet, refusal)
    return show(reply, { title: sheet.number, area: '/ban-giao', body, status: refusal === null ? 200 : 422 })
  }
  app.get<Which>(`${PAGE}/:number`, (request, reply) => page(request, reply))
  app.get<Which>(`${PAGE}/:number/phieu.pdf`, async (request, reply) => {
    const actor = actorOf(request)
    const document = await issueSheet(deps, writer, actor, sheetAt(deps, actor, request.params.number))
    return replyPdf(reply, storedDocument(deps, document), document.subject, 'ban', document.version)
  })
  app.post<Which>(`${PAGE}/:number/thu-hoi`, async (request, reply) => {
    const typed = typedIn(request.body)
    const outcome = await orRefused(typed, () => {
      const actor = actorOf(request)
      const sheet = sheetAt(deps, actor, request.params.number)
      // Only the choice of the whole sheet means all of it: nothing that is missing or cannot be read does.
      const dossierId = typed['dossier'] === '' ? null : Number(typed['dossier'])
      return writer.write(() => recallFolders(deps, actor, sheet, dossierId))
    })
    if ('state' in outcome) return page(request, reply, outcome.state.refusal)
    return reply.redirect(sheetHref(request.params.number), 303)
  })
}

function sheetBody(deps: Deps, sheet: HandOverRow, refusal: string | null): Html {
  const catalogue = catalogueOf(deps.db)
  const sender = sheet.fromUnitId === sheet.toUnitId ? undefined : officerName(catalogue, sheet.sentById)
  const folders = foldersOf(deps.db, sheet.id)
  const open = folders.filter(isOnTheWay)
  const recall = html`<form class="recall" method="post" action="${sheetHref(sheet.number)}/thu-hoi"><div class="field"><label for="f-dossier">Thu hồi trước khi bên nhận quét</label><select id="f-dossier" name="dossier"><option value="">Cả phiếu: ${open.length} hồ sơ còn trên đường</option>${each(open, ({ dossierId, code }) => html`<option value="${dossierId}">${code}</option>`)}</select></div><button class="button" type="submit">Thu hồi</button></form>`
  return html`<header class="page-head"><p class="page-kicker"><a href="${PAGE}">Phiếu bàn giao</a></p><h1 class="code">${sheet.number}</h1>
<p class="lead">${senderOf(catalogue, sheet)} giao ${receiverOf(catalogue, sheet)} ${folders.length} hồ sơ lúc ${moment(sheet.sentAt)}${sender === undefined ? '' : `, người giao ${sender}`}.</p>
<p class="form-end"><a class="button primary" href="${sheetHref(sheet.number)}/phieu.pdf"${asPaper(`Phiếu bàn giao ${sheet.number}`)} data-key="p">Xem và in phiếu <kbd>p</kbd></a><a href="/ban-giao">Giao phiếu khác</a></p></header>
${refusalView({ typed: {}, refusal })}
${folderTable(deps, folders, { caption: 'Hồ sơ của phiếu', none: 'Phiếu không có hồ sơ nào.', ofSheet: true })}
${open.length === 0 ? NOTHING : recall}`
}

function sheetTable({ db }: Deps, sheets: readonly SheetCounts[]): Html {
  if (sheets.length === 0) return html`<p class="muted">Chưa có phiếu bàn giao nào.</p>`
  const catalogue = catalogueOf(db)
  return html`<div class="scroll" role="region" aria-label="Phiếu bàn giao" tabindex="0"><table class="data"><caption class="sr">Phiếu bàn giao, mới nhất trước</caption>
<thead><tr><th scope="col">Số phiếu</th><th scope="col">Bên giao</th><th scope="col">Bên nhận</th><th scope="col">Giao lúc</th><th scope="col" class="n">Đã giao</th><th scope="col" class="n">Đã nhận</th><th scope="col" class="n">Thu hồi</th><th scope="col" class="n">Trên đường</th></tr></thead>
<tbody>${each(sheets, (sheet) => html`<tr><th scope="row" class="nowrap"><a class="code" href="${sheetHref(sheet.number)}">${sheet.number}</a></th><td>${senderOf(catalogue, sheet)}</td><td>${receiverOf(catalogue, sheet)}</td><td class="nowrap">${moment(sheet.sentAt)}</td><td class="n">${sheet.sent}</td><td class="n">${sheet.received}</td><td class="n">${sheet.recalled}</td><td class="n">${sheet.sent - sheet.received - sheet.recalled}</td></tr>`)}</tbody></table></div>`
}
