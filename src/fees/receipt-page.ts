import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { findDocument } from '../../db/queries/documents.ts'
import { type FeeReceiptRow, findReceipt } from '../../db/queries/fee-receipts.ts'
import { unitsGranted } from '../accounts/seen-units.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import type { Actor, Deps } from '../deps.ts'
import { issueDocument } from '../documents/issue-document.ts'
import { KIND_LABELS } from '../documents/kinds.ts'
import { storedDocument } from '../documents/stored-document.ts'
import { formatCount } from '../domain/counting/rate-format.ts'
import { RuleError } from '../domain/refusals.ts'
import { findDossier } from '../dossiers/act-on-dossier.ts'
import { dossierHref } from '../dossiers/dossier-table.ts'
import type { PageOptions } from '../page-options.ts'
import { actorOf } from '../web/actor.ts'
import { moment } from '../web/formats.ts'
import { EMPTY_FORM, type FormState, formView, inputField, orRefused, typedIn } from '../web/forms.ts'
import { type Html, html, NOTHING, when } from '../web/html.ts'
import type { Show } from '../web/layout.ts'
import { asPaper } from '../web/paper-preview.ts'
import { replyPdf } from '../web/pdf-reply.ts'
import { receiptHref } from './day-receipts-view.ts'
import { PAYMENT_LABELS } from './payment-labels.ts'
import { receiptSays } from './receipt-says.ts'
import { voidReceipt } from './void-receipt.ts'
import { worksAt } from './works-at.ts'

interface Which {
  readonly Params: { readonly number: string }
  /** `kho=80`: on the roll of a receipt printer. */
  readonly Querystring: { readonly kho?: string }
}

/** `/thu-phi/:number`: one receipt, to print or to void. */
export function receiptPage(app: FastifyInstance, { deps, writer }: PageOptions, show: Show): void {
  /** Who only reads has nothing issued: they see the receipt as it was printed last. */
  const printsOf = (actor: Actor, { unitId }: FeeReceiptRow) =>
    worksAt(deps, actor, { id: unitId }, 'documents_issue')
  const page = (request: FastifyRequest<Which>, reply: FastifyReply, state: FormState = EMPTY_FORM) => {
    const receipt = receiptAt(deps, request)
    const actor = actorOf(request)
    const body = receiptBody(deps, receipt, state, {
      prints: printsOf(actor, receipt),
      works: worksAt(deps, actor, { id: receipt.unitId }),
    })
    const status = state.refusal === null ? 200 : 422
    return show(reply, { title: receipt.number, area: '/thu-phi', body, status })
  }
  app.get<Which>('/thu-phi/:number', (request, reply) => page(request, reply))
  app.get<Which>('/thu-phi/:number/bien-lai.pdf', async (request, reply) => {
    const receipt = receiptAt(deps, request)
    const format = request.query.kho === '80' ? 'roll' : 'a5'
    const subject = format === 'a5' ? receipt.number : `${receipt.number}|80`
    const actor = actorOf(request)
    if (!printsOf(actor, receipt)) {
      const issued = findDocument(deps.db, 'fee-receipt', subject)
      if (issued === null)
        throw new RuleError('unknown_document', { paper: KIND_LABELS['fee-receipt'], version: 1 })
      return replyPdf(reply, storedDocument(deps, issued), receipt.number, 'ban', issued.version)
    }
    const { version, id } = findDossier(deps, receipt.dossierId)
    const document = await issueDocument(deps, writer, {
      kind: 'fee-receipt',
      subject,
      says: receiptSays(deps, receipt, format),
      dossier: { id, version },
      actor,
    })
    return replyPdf(reply, storedDocument(deps, document), receipt.number, 'ban', document.version)
  })
  app.post<Which>('/thu-phi/:number/huy', async (request, reply) => {
    const typed = typedIn(request.body)
    const outcome = await orRefused(typed, () => {
      const actor = actorOf(request)
      const { id } = receiptAt(deps, request)
      return writer.write(() => voidReceipt(deps, actor, id, typed['reason'] ?? ''))
    })
    if ('state' in outcome) return page(request, reply, outcome.state)
    return reply.redirect(receiptHref(request.params.number), 303)
  })
}

function receiptAt(deps: Deps, request: FastifyRequest<Which>): FeeReceiptRow {
  const receipt = findReceipt(deps.db, request.params.number)
  const seen = unitsGranted(deps, actorOf(request), 'registers_read')
  if (receipt === null || !(seen?.has(receipt.unitId) ?? true))
    throw new RuleError('unknown_receipt', { receipt: request.params.number })
  return receipt
}

function receiptBody(
  { db }: Deps,
  receipt: FeeReceiptRow,
  state: FormState,
  { prints, works }: { readonly prints: boolean; readonly works: boolean },
): Html {
  const isShown = prints || findDocument(db, 'fee-receipt', receipt.number) !== null
  const { number, amount, payment, takenAt, takenById, code, dossierId, payer, takenOn, unitId } = receipt
  const catalogue = catalogueOf(db)
  const officer = (id: number | null) => (id === null ? undefined : catalogue.officerById.get(id)?.name)
  const day = new URLSearchParams({ unit: catalogue.unitById.get(unitId)?.key ?? '', ngay: takenOn })
  const voiding = formView({
    action: `${receiptHref(number)}/huy`,
    state,
    fields: inputField(state, {
      name: 'reason',
      label: 'Lý do huỷ',
      required: true,
      maxLength: 500,
      hint: 'Số biên lai không dùng lại; hồ sơ trở về chưa nộp.',
    }),
    submit: 'Huỷ biên lai',
  })
  return html`<header class="page-head"><p class="page-kicker"><a href="/thu-phi?${day.toString()}">Thu phí, lệ phí</a></p><h1 class="code">${receipt.voidedAt === null ? number : html`<s>${number}</s>`}</h1>
${when(isShown, () => html`<p class="form-end"><a class="button primary" href="${receiptHref(number)}/bien-lai.pdf"${asPaper(`Biên lai ${number}`)} data-key="p">Xem và in biên lai <kbd>p</kbd></a>${when(prints, () => html`<a href="${receiptHref(number)}/bien-lai.pdf?kho=80"${asPaper(`Biên lai ${number}, cuộn 80 mm`)} data-key="c">Cuộn 80 mm <kbd>c</kbd></a>`)}</p>`)}</header>
${when(receipt.voidedAt, (at) => html`<p class="notice">Đã huỷ lúc ${moment(at)}${when(officer(receipt.voidedById), (name) => html`, ${name}`)}${when(receipt.voidReason, (reason) => html`: ${reason}`)}</p>`)}
<dl class="facts">
<dt>Số tiền</dt><dd class="n">${formatCount(amount)} đồng, ${PAYMENT_LABELS[payment].toLowerCase()}</dd>
<dt>Hồ sơ</dt><dd><a class="code" href="${dossierHref({ code, id: dossierId })}">${code}</a></dd>
<dt>Người nộp</dt><dd>${payer ?? '–'}</dd>
<dt>Thu lúc</dt><dd>${moment(takenAt)}</dd>
<dt>Người thu</dt><dd>${officer(takenById) ?? '–'}</dd>
</dl>
${receipt.voidedAt === null && works ? html`<section><h2>Huỷ biên lai</h2>${voiding}</section>` : NOTHING}`
}
