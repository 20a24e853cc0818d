import type { AttachmentRow } from '../../db/queries/attachments.ts'
import type { NamedDecision } from '../../db/queries/calendar-moves.ts'
import type { Approval, CorrectionRow } from '../../db/queries/correction-requests.ts'
import type { StoredDossier } from '../../db/queries/dossiers.ts'
import type { SlipRow } from '../../db/queries/emergency-slips.ts'
import type { Explanation } from '../../db/queries/explanations.ts'
import type { FeeReceiptRow } from '../../db/queries/fee-receipts.ts'
import type { FolderRow } from '../../db/queries/hand-overs.ts'
import type { Step } from '../../db/queries/steps.ts'
import type { TimelineEvent } from '../../db/queries/timeline.ts'
import { attachmentsView } from '../attachments/attachments-view.ts'
import type { Catalogue, ProcedureVersion } from '../catalogue/catalogue.ts'
import { stepHolder } from '../catalogue/step-holder.ts'
import { unitName } from '../catalogue/unit-choices.ts'
import { waitingView } from '../corrections/waiting-view.ts'
import { custodyView } from '../custody/custody-view.ts'
import { KIND_LABELS } from '../documents/kinds.ts'
import type { WorkCalendar } from '../domain/calendar/calendar.ts'
import { type Instant, type LocalDay, localDayOf } from '../domain/calendar/day.ts'
import { formatCount } from '../domain/counting/rate-format.ts'
import { describeLimit, parseLimit } from '../domain/deadlines/time-limit.ts'
import type { PauseRow } from '../domain/life-cycle/dossier.ts'
import { receiptHref } from '../fees/day-receipts-view.ts'
import { feeHref, owesReceipt, validReceipt } from '../fees/owes-receipt.ts'
import { longDay, moment, shortMoment } from '../web/formats.ts'
import { each, type Html, html, NOTHING, when } from '../web/html.ts'
import { icon } from '../web/icons.ts'
import { asPaper } from '../web/paper-preview.ts'
import { PAID_BY } from './act-words.ts'
import { actsView } from './acts-view.ts'
import type { ChecklistLine } from './checklist.ts'
import { checklistView } from './checklist-view.ts'
import type { DossierPaper } from './dossier-papers.ts'
import { stripInForce } from './dossier-strip.ts'
import { dossierHref } from './dossier-table.ts'
import { identityBar } from './identity-view.ts'
import { issuedView } from './issued-view.ts'
import { justDoneView } from './just-done-view.ts'
import type { OfferedActs } from './offered-acts.ts'
import { peopleView } from './people-view.ts'
import { presenceView } from './presence-view.ts'
import type { ShownPeople } from './shown-people.ts'
import { stripView } from './strip-view.ts'
import { timelineView } from './timeline-view.ts'

export interface DossierView {
  readonly title: string
  readonly dossier: StoredDossier
  readonly catalogue: Catalogue
  readonly version: ProcedureVersion
  readonly calendar: WorkCalendar
  readonly now: Instant
  readonly today: LocalDay
  readonly people: ShownPeople
  readonly rights: DossierRights
  readonly papers: readonly ChecklistLine[]
  readonly steps: readonly Step[]
  readonly events: readonly TimelineEvent[]
  readonly texts: readonly { readonly seq: number; readonly kind: string; readonly text: string }[]
  readonly pauses: readonly PauseRow[]
  /** Calendar decisions that moved it. */
  readonly decisions: readonly NamedDecision[]
  readonly promised: Explanation | null
  readonly inForce: Explanation | null
  /** The due date has been computed anew since the slip. */
  readonly moved: boolean
  /** Which events somebody approved. */
  readonly approvals: readonly Approval[]
  /** What waits for approval about it. */
  readonly waiting: readonly CorrectionRow[]
  /** The slip it was written on while the system was away. */
  readonly slip: SlipRow | null
  readonly issued: readonly DossierPaper[]
  /** Where its paper folder has been. */
  readonly custody: readonly FolderRow[]
  /** What this person may do. */
  readonly offered: OfferedActs
  /** Who else has it open, in words; null: nobody. */
  readonly others: string | null
  /** The act whose form was just sent. */
  readonly done: string | undefined
  readonly receipts: readonly FeeReceiptRow[]
  readonly attachments: readonly AttachmentRow[]
  readonly mayAttach: boolean
  readonly attachmentMib: number
  /** What the citizen is and was told. */
  readonly messages: Html
}

/** What its reader may do beyond reading and acts. */
export interface DossierRights {
  /** Closing late and correcting from acceptance. */
  readonly late: boolean
  /** Making and printing papers. */
  readonly papers: boolean
  /** Reading what waits for approval. */
  readonly corrections: boolean
}

export function dossierBody(view: DossierView): Html {
  const { dossier, events } = view
  return html`${identityBar(view)}
${presenceView(dossier, view.others)}
${justDoneView(dossier, events, view.done)}
${waitingView(view.waiting, view.rights.corrections)}
${view.messages}
<div class="dossier" data-page-keys>
<div class="dossier-side">
${actsView(view)}
${stepsView(view)}
${checklistView(view.papers)}
${filesView(view)}
${issuedView(view)}
${custodyView(view.catalogue, view.custody)}
${peopleView(view)}
${feeView(view)}
</div>
<div class="dossier-main">
${strips(view)}
<section><h2>Diễn biến</h2>${timelineView(view)}</section>
</div>
${keyHints(view)}
</div>`
}

function filesView({
  dossier,
  catalogue,
  attachments,
  texts,
  people,
  mayAttach,
  attachmentMib,
}: DossierView): Html {
  return attachmentsView({
    dossier,
    catalogue,
    rows: attachments,
    texts,
    mayOpen: people.inFull,
    mayChange: mayAttach,
    limitMib: attachmentMib,
  })
}

/** The few keys of this page; the links they stand for are there without them. */
function keyHints({ dossier, issued, offered, rights }: DossierView): Html {
  const slip = issued.find(({ occasion }) => occasion.kind === 'receipt-slip')
  const href = `${dossierHref(dossier)}/giay-to/receipt-slip.pdf`
  return html`<p class="key-hints" aria-label="Phím tắt">${when(offered.next, () => html`<span><kbd>s</kbd> hoặc <kbd>↵</kbd> việc tiếp theo</span>`)}${when(rights.papers && slip !== undefined && dossier.state !== 'voided', () => html`<a href="${href}" ${asPaper(KIND_LABELS['receipt-slip'])} data-key="i"><kbd>i</kbd> in giấy tiếp nhận</a>`)}<a href="/ho-so" data-key="Escape" data-back><kbd>Esc</kbd> về danh sách</a></p>`
}

function stepsView({ steps, catalogue, dossier, today }: DossierView): Html {
  if (steps.length === 0) return NOTHING
  const state = (step: Step) =>
    step.endedAt !== null
      ? `xong ${shortMoment(step.endedAt)}`
      : step.startedAt === null
        ? 'chưa đến'
        : step.dueAt === null
          ? 'đang làm'
          : `đến ${shortMoment(step.dueAt)}`
  return html`<section><h2>Các bước liên thông</h2><ol class="lines">${each(steps, (step) => html`<li><span>${step.name}<small class="muted"> ${stepHolder(catalogue, step.actor, dossier.acceptedOn ?? today)}</small></span><span class="n">${state(step)}</span></li>`)}</ol></section>`
}

function feeView({ dossier, version, catalogue, today, slip, receipts, people }: DossierView): Html {
  const receiving = catalogue.unitById.get(dossier.receivingUnitId)
  const resolving = catalogue.unitById.get(dossier.unitId)
  const day = dossier.acceptedOn ?? today
  const paid =
    dossier.feePaidAt === null
      ? 'chưa nộp'
      : `đã nộp ${PAID_BY[dossier.feePayment ?? 'cash']} ${shortMoment(dossier.feePaidAt)}`
  const fee = dossier.fee === 0 ? 'Không thu' : `${formatCount(dossier.fee)} đồng, ${paid}`
  const assignee = dossier.assigneeId === null ? undefined : catalogue.officerById.get(dossier.assigneeId)
  const limit = describeLimit(parseLimit(version.limitText))
  return html`<section><h2>Thông tin khác</h2><dl class="facts">
<dt>Phí, lệ phí</dt><dd class="n">${fee}${when(people.inFull, () => receiptLink(dossier, receipts))}</dd>
<dt>Thời hạn</dt><dd>${limit}${version.verified ? '' : ' (chưa kiểm chứng)'}</dd>
${when(dossier.reappointed && dossier.appointmentAt, (at) => html`<dt>Hẹn lại</dt><dd>${longDay(localDayOf(at))}; hạn trả không đổi</dd>`)}
${when(slip, ({ number, enteredAt }) => html`<dt>Nhập bù</dt><dd>từ phiếu <span class="n">${number}</span>, nhận lúc ${moment(dossier.acceptedAt ?? dossier.recordedAt)}, nhập lúc ${moment(enteredAt ?? dossier.recordedAt)}</dd>`)}
${when(dossier.endEnteredLate && dossier.endedAt, (at) => html`<dt>Khép muộn</dt><dd>kết thúc lúc ${moment(at)}${when(dossier.returnedAt, (returned) => html`, trả lúc ${moment(returned)}`)}; ghi muộn hơn ngày làm việc kế tiếp</dd>`)}
<dt>Nơi tiếp nhận</dt><dd>${unitName(receiving, day)}</dd>
<dt>Nơi giải quyết</dt><dd>${unitName(resolving, day)}</dd>
<dt>Cán bộ</dt><dd>${assignee?.name ?? 'Chưa giao'}</dd>
</dl></section>`
}

function receiptLink(dossier: StoredDossier, receipts: readonly FeeReceiptRow[]): Html {
  const valid = validReceipt(receipts)
  if (valid !== undefined)
    return html`<br>Biên lai <a class="code" href="${receiptHref(valid.number)}">${valid.number}</a>`
  return when(owesReceipt(dossier, receipts), () => html`<br><a href="${feeHref(dossier)}">Lập biên lai</a>`)
}

function strips({ promised, inForce, moved, dossier, today, version }: DossierView): Html {
  if (promised === null || inForce === null || dossier.dueOn === null || dossier.firstDueAt === null)
    return NOTHING
  const first = localDayOf(dossier.firstDueAt)
  const now = stripInForce(dossier, version, inForce.strip, today)
  const { everyDay } = now
  const standing = when(
    now.standingSince,
    () =>
      html`<p class="strip-standing">${icon('paused')}Đồng hồ đang dừng; hạn trả được tính lại khi hồ sơ tiếp tục.</p>`,
  )
  if (!moved) {
    return html`<section><h2>Cách tính hạn trả</h2>${stripView({ ...now, heading: `Hạn trả ${longDay(first)}, như đã hẹn` })}${standing}</section>`
  }
  return html`<section><h2>Cách tính hạn trả</h2>${stripView({ ...now, heading: `Hiện nay: ${longDay(dossier.dueOn)}` })}${standing}
${stripView({ strip: promised.strip, dueOn: first, today, ...(everyDay !== undefined && { everyDay }), heading: `Lúc tiếp nhận đã hẹn: ${longDay(first)}` })}</section>`
}
