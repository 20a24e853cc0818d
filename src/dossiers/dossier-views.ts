import type { NamedDecision } from '../../db/queries/calendar-moves.ts'
import type { Approval, CorrectionRow } from '../../db/queries/correction-requests.ts'
import type { StoredDossier } from '../../db/queries/dossiers.ts'
import type { SlipRow } from '../../db/queries/emergency-slips.ts'
import type { Explanation } from '../../db/queries/explanations.ts'
import type { Paper } from '../../db/queries/papers.ts'
import type { Step } from '../../db/queries/steps.ts'
import type { TimelineEvent } from '../../db/queries/timeline.ts'
import type { Catalogue, ProcedureVersion } from '../catalogue/catalogue.ts'
import { unitName } from '../catalogue/unit-choices.ts'
import { waitingView } from '../corrections/waiting-view.ts'
import type { WorkCalendar } from '../domain/calendar/calendar.ts'
import { type Instant, type LocalDay, localDayOf } from '../domain/calendar/day.ts'
import { formatCount } from '../domain/counting/rate-format.ts'
import { describeLimit, parseLimit } from '../domain/deadlines/time-limit.ts'
import type { FeePayment, PauseRow } from '../domain/life-cycle/dossier.ts'
import { STATE_LABELS } from '../domain/life-cycle/life-cycle.ts'
import { longDay, moment, shortMoment } from '../web/formats.ts'
import { each, type Html, html, NOTHING, when } from '../web/html.ts'
import { icon } from '../web/icons.ts'
import { actsView } from './acts-view.ts'
import type { DossierPaper } from './dossier-papers.ts'
import { standingOf } from './due-standing.ts'
import { dueView } from './due-view.ts'
import { issuedView } from './issued-view.ts'
import type { PersonView } from './masked-person.ts'
import { PAPER_FORMS } from './paper-forms.ts'
import { peopleView } from './people-view.ts'
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
  readonly applicant: PersonView | null
  readonly proxy: PersonView | null
  readonly papers: readonly Paper[]
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
  /** What the citizen is and was told. */
  readonly messages: Html
}

export function dossierBody(view: DossierView): Html {
  return html`${identityBar(view)}
${waitingView(view.waiting)}
${view.messages}
<div class="dossier">
<div class="dossier-side">
${actsView(view)}
${stepsView(view)}
${papersView(view)}
${issuedView(view)}
${peopleView(view)}
${feeView(view)}
</div>
<div class="dossier-main">
${strips(view)}
<section><h2>Diễn biến</h2>${timelineView(view)}</section>
</div>
</div>`
}

function identityBar({ dossier, catalogue, applicant, title, calendar, today }: DossierView): Html {
  const procedure = catalogue.procedureById.get(dossier.procedureId)
  const standing = standingOf(dossier, calendar, today)
  return html`<header class="identity">
<div class="identity-who"><h1 class="code">${title}</h1><p class="identity-name">${applicant?.name ?? 'Không rõ người nộp'}</p></div>
<p class="identity-what"><span class="tag">${STATE_LABELS[dossier.state]}</span>${when(dossier.endEnteredLate, () => html` <span class="tag due_soon">khép muộn</span>`)} <span class="identity-procedure" title="${procedure?.name}">${procedure?.name}</span></p>
<div class="identity-due">${standing !== null && dossier.dueOn !== null ? dueView(dossier.dueOn, standing, 'page') : beforeAcceptance(dossier)}</div>
</header>`
}

function beforeAcceptance({ receivingDueAt, state }: StoredDossier): Html {
  if (state !== 'submitted' || receivingDueAt === null)
    return html`<span class="muted">Không có hạn trả</span>`
  return html`<span class="due due_soon">${icon('due_soon')}Tiếp nhận trước <time>${moment(receivingDueAt)}</time></span>`
}

function stepsView({ steps }: DossierView): Html {
  if (steps.length === 0) return NOTHING
  const state = (step: Step) =>
    step.endedAt !== null
      ? `xong ${shortMoment(step.endedAt)}`
      : step.startedAt === null
        ? 'chưa đến'
        : step.dueAt === null
          ? 'đang làm'
          : `đến ${shortMoment(step.dueAt)}`
  return html`<section><h2>Các bước liên thông</h2><ol class="lines">${each(steps, (step) => html`<li><span>${step.name}<small class="muted"> ${step.actor}</small></span><span class="n">${state(step)}</span></li>`)}</ol></section>`
}

function papersView({ papers }: DossierView): Html {
  const list = html`<ul class="lines">${each(papers, (paper) => html`<li><span>${paper.name}</span><span class="n">${paper.copies} ${PAPER_FORMS[paper.form]}${paper.digitised && paper.form !== 'electronic' ? ', đã số hóa' : ''}</span></li>`)}</ul>`
  return html`<section><h2>Thành phần hồ sơ</h2>${papers.length === 0 ? html`<p class="muted">Không ghi thành phần hồ sơ nào.</p>` : list}</section>`
}

const PAID_BY = {
  cash: 'tiền mặt',
  transfer: 'chuyển khoản',
  online: 'trực tuyến',
} as const satisfies Record<FeePayment, string>

function feeView({ dossier, version, catalogue, today, slip }: DossierView): Html {
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
<dt>Phí, lệ phí</dt><dd class="n">${fee}</dd>
<dt>Thời hạn</dt><dd>${limit}${version.verified ? '' : ' (chưa kiểm chứng)'}</dd>
${when(dossier.reappointed && dossier.appointmentAt, (at) => html`<dt>Hẹn lại</dt><dd>${longDay(localDayOf(at))}; hạn trả không đổi</dd>`)}
${when(slip, ({ number, enteredAt }) => html`<dt>Nhập bù</dt><dd>từ phiếu <span class="n">${number}</span>, nhận lúc ${moment(dossier.acceptedAt ?? dossier.recordedAt)}, nhập lúc ${moment(enteredAt ?? dossier.recordedAt)}</dd>`)}
${when(dossier.endEnteredLate && dossier.endedAt, (at) => html`<dt>Khép muộn</dt><dd>kết thúc lúc ${moment(at)}, ghi muộn hơn ngày làm việc kế tiếp</dd>`)}
<dt>Nơi tiếp nhận</dt><dd>${unitName(receiving, day)}</dd>
<dt>Nơi giải quyết</dt><dd>${unitName(resolving, day)}</dd>
<dt>Cán bộ</dt><dd>${assignee?.name ?? 'Chưa giao'}</dd>
</dl></section>`
}

function strips({ promised, inForce, moved, dossier, today, version }: DossierView): Html {
  if (promised === null || inForce === null || dossier.dueOn === null || dossier.firstDueAt === null)
    return NOTHING
  const standingSince = dossier.pausedSince === null ? undefined : localDayOf(dossier.pausedSince)
  const first = localDayOf(dossier.firstDueAt)
  const { unit } = parseLimit(version.limitText)
  const everyDay = unit === 'calendar_day' || unit === 'month'
  const now = { strip: inForce.strip, dueOn: dossier.dueOn, today, standingSince, everyDay }
  const standing = when(
    standingSince,
    () =>
      html`<p class="strip-standing">${icon('paused')}Đồng hồ đang dừng; hạn trả được tính lại khi hồ sơ tiếp tục.</p>`,
  )
  if (!moved) {
    return html`<section><h2>Cách tính hạn trả</h2>${stripView({ ...now, heading: `Hạn trả ${longDay(first)}, như đã hẹn` })}${standing}</section>`
  }
  return html`<section><h2>Cách tính hạn trả</h2>${stripView({ ...now, heading: `Hiện nay: ${longDay(dossier.dueOn)}` })}${standing}
${stripView({ strip: promised.strip, dueOn: first, today, everyDay, heading: `Lúc tiếp nhận đã hẹn: ${longDay(first)}` })}</section>`
}
