import type { FastifyInstance, FastifyReply } from 'fastify'
import type { StoredDossier } from '../../db/queries/dossiers.ts'
import { receiptsOf } from '../../db/queries/fee-receipts.ts'
import { dossiersOfSitting } from '../../db/queries/sittings.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import type { Deps } from '../deps.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import { RuleError } from '../domain/refusals.ts'
import { dossierAt } from '../dossiers/dossier-at.ts'
import { dossierHref } from '../dossiers/dossier-table.ts'
import { feeHref, owesReceipt } from '../fees/owes-receipt.ts'
import { actorOf } from '../web/actor.ts'
import { longDay, timeOfDay } from '../web/formats.ts'
import { each, type Html, html, when } from '../web/html.ts'
import { icon } from '../web/icons.ts'
import type { Show } from '../web/layout.ts'
import { INTAKE } from './intake-page.ts'
import { specimenAt } from './training-intake.ts'

interface Taken {
  readonly kicker: string
  readonly title: string
  readonly facts: Html
  /** Address of the paper to print. */
  readonly paper: string
  readonly links: Html
  readonly printNow: boolean
}

/** `/ho-so/:code/da-nhan`: what was taken in a moment ago, its slip ready to print, and what comes next. */
export function takenInPage(app: FastifyInstance, deps: Deps, show: Show): void {
  app.get<{ Params: { code: string }; Querystring: { in?: string } }>(
    '/ho-so/:code/da-nhan',
    (request, reply) => {
      const dossier = dossierAt(deps, actorOf(request), request.params.code)
      const printNow = request.query.in === '1'
      return showTaken(
        show,
        reply,
        dossier.acceptedAt === null ? refused(dossier, printNow) : accepted(deps, dossier, printNow),
      )
    },
  )

  app.get<{ Params: { id: string } }>(`${INTAKE}/tap-huan/:id`, (request, reply) => {
    const { id } = request.params
    const { kind, dueAt, returned } = specimenAt(deps, actorOf(request), id)
    const taken = returned ? 'Đã tiếp nhận và trả ngay thử' : 'Đã tiếp nhận thử'
    const due = when(!returned && dueAt, (at) => html`<p class="taken-due">Hẹn trả ${moment(at)}</p>`)
    return showTaken(show, reply, {
      kicker: 'TẬP HUẤN: không có gì vào sổ',
      title: kind === 'receipt-slip' ? taken : 'Đã từ chối thử',
      facts: html`${due}<p class="muted">Hồ sơ thật có mã ở đây. Mẫu giấy bên cạnh ghi “MẪU TẬP HUẤN”, không giao cho ai.</p>`,
      paper: `${INTAKE}/tap-huan/${id}/giay.pdf`,
      links: html`<a class="button" href="${INTAKE}?tap-huan=1" data-key="n">Tập huấn tiếp <kbd>n</kbd></a><a class="button" href="${INTAKE}">Thôi tập huấn</a>`,
      printNow: false,
    })
  })
}

function showTaken(show: Show, reply: FastifyReply, taken: Taken): FastifyReply {
  const { kicker, title, facts, paper, links, printNow } = taken
  const body = html`<div class="taken"><div class="taken-what">
<header class="page-head"><p class="page-kicker">${icon('check')}${kicker}</p><h1>${title}</h1></header>
${facts}
<p class="form-end taken-next"><a class="button primary" href="${paper}" target="_blank" data-print="giay" data-key="p"${when(printNow, () => html` data-now`)}>${icon('print')} In <kbd>p</kbd></a>${links}</p>
</div>
<iframe id="giay" class="taken-paper" src="${paper}" title="Xem trước giấy sẽ in"></iframe></div>`
  return show(reply, { title, area: '/ho-so', body })
}

function accepted(deps: Deps, dossier: StoredDossier, printNow: boolean): Taken {
  const sitting = dossier.sittingId == null ? [dossier] : dossiersOfSitting(deps.db, dossier.sittingId)
  const href = dossierHref(dossier)
  const next = `${INTAKE}?luot=${encodeURIComponent(dossier.code ?? '')}`
  const single = dossier.returnedAt === null ? 'Đã tiếp nhận' : 'Đã tiếp nhận và trả kết quả'
  const said =
    dossier.returnedAt === null
      ? `Hẹn trả ${moment(dossier.appointmentAt ?? dossier.dueAt!)}`
      : `Đã trả kết quả ${moment(dossier.returnedAt)}`
  return {
    kicker: sitting.length > 1 ? `Đã tiếp nhận ${sitting.length} hồ sơ trong một lượt` : single,
    title: dossier.code ?? '',
    facts: html`<p class="taken-due">${said}</p>
<p>${nameOf(deps, dossier)}</p>${when(sitting.length > 1, () => sittingList(deps, sitting))}`,
    paper: sitting.length > 1 ? `${href}/luot.pdf` : `${href}/giay-to/receipt-slip.pdf`,
    links: html`${when(owesReceipt(dossier, receiptsOf(deps.db, dossier.id)), () => html`<a class="button" href="${feeHref(dossier)}" data-key="b">Biên lai <kbd>b</kbd></a>`)}<a class="button" href="${next}" data-key="t">Hồ sơ tiếp của người này <kbd>t</kbd></a><a class="button" href="${INTAKE}" data-key="n">Hồ sơ mới <kbd>n</kbd></a><a href="${href}">Mở hồ sơ</a>`,
    printNow,
  }
}

function sittingList(deps: Deps, sitting: readonly StoredDossier[]): Html {
  return html`<ul class="taken-sitting">${each(sitting, (each) => html`<li><a class="code" href="${dossierHref(each)}">${each.code}</a><span>${nameOf(deps, each)}</span><span>${whenOf(each)}</span></li>`)}</ul>`
}

function whenOf({ returnedAt, appointmentAt, dueAt }: StoredDossier): string {
  if (returnedAt !== null) return `đã trả ${longDay(localDayOf(returnedAt))}`
  return `hẹn ${longDay(localDayOf((appointmentAt ?? dueAt)!))}`
}

function nameOf({ db }: Deps, { procedureId }: StoredDossier): string {
  return catalogueOf(db).procedureById.get(procedureId)?.name ?? ''
}

function refused(dossier: StoredDossier, printNow: boolean): Taken {
  if (dossier.state !== 'not_accepted') throw new RuleError('nothing_to_print', { paper: 'Giấy tiếp nhận' })
  const href = dossierHref(dossier)
  return {
    kicker: 'Đã từ chối tiếp nhận',
    title: dossier.slipNumber ?? 'Phiếu từ chối',
    facts: html`<p class="muted">Hồ sơ không vào sổ tiếp nhận; phiếu từ chối ghi lý do, giao cho người nộp.</p>`,
    paper: `${href}/giay-to/refusal-slip.pdf`,
    links: html`<a class="button" href="${INTAKE}" data-key="n">Hồ sơ mới <kbd>n</kbd></a><a href="${href}">Mở hồ sơ</a>`,
    printNow,
  }
}

function moment(at: number): string {
  return `${longDay(localDayOf(at))} ${timeOfDay(at)}`
}
