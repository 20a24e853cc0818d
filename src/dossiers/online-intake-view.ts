import type { AttachmentRow } from '../../db/queries/attachments.ts'
import type { StoredDossier } from '../../db/queries/dossiers.ts'
import type { Submission } from '../../db/queries/online-intake.ts'
import { attachmentsView } from '../attachments/attachments-view.ts'
import { type Catalogue, type ProcedureVersion, versionOn } from '../catalogue/catalogue.ts'
import { unitName } from '../catalogue/unit-choices.ts'
import { type Instant, localDayOf } from '../domain/calendar/day.ts'
import { formatCount } from '../domain/counting/rate-format.ts'
import { describeLimit, parseLimit } from '../domain/deadlines/time-limit.ts'
import { longDay, moment, timeOfDay } from '../web/formats.ts'
import { type FormState, refusalView, textField } from '../web/forms.ts'
import { each, type Html, html, when } from '../web/html.ts'
import { icon } from '../web/icons.ts'
import type { ChecklistLine } from './checklist.ts'
import { checklistView } from './checklist-view.ts'
import { dossierHref } from './dossier-table.ts'
import { duplicateNotice, missingNotice, promiseView } from './online-intake-checks.ts'
import type { OpenDuplicate } from './online-intake-duplicate.ts'
import { peopleView } from './people-view.ts'
import { receivingClock } from './receiving-clock-view.ts'
import type { ShownPeople } from './shown-people.ts'

export const ONLINE_PAGE = '/truc-tuyen'

/** Where one submission is received: it has no code yet. */
export function submissionHref({ id }: Pick<Submission, 'id'>): string {
  return `${ONLINE_PAGE}/so-${id}`
}

export interface OpenSubmission {
  readonly dossier: StoredDossier
  readonly version: ProcedureVersion
  readonly people: ShownPeople
  readonly papers: readonly ChecklistLine[]
  readonly files: readonly AttachmentRow[]
  readonly texts: readonly { readonly seq: number; readonly text: string }[]
  readonly duplicate: OpenDuplicate | null
  readonly catalogue: Catalogue
  readonly now: Instant
  readonly once: string
  readonly state: FormState
}

/** One submission: how much time is left, what was sent, what to look at before, and the three answers there are. */
export function submissionView(open: OpenSubmission): Html {
  const { dossier, catalogue, people, papers, files, duplicate, now } = open
  const procedure = catalogue.procedureById.get(dossier.procedureId)
  // What was said when a file was taken away stands with the file.
  const texts = open.texts.filter(({ seq }) => seq > 0)
  return html`<header class="online-head"><h1>${procedure?.name}</h1>
<p>${clockView(open)}</p></header>
${when(dossier.subState === 'asked_before_acceptance', () => html`<p class="done-notice">${icon('paused', 20)}<span>Đã yêu cầu bổ sung; đồng hồ 8 giờ làm việc đang dừng cho đến khi người nộp gửi thêm.</span></p>`)}
<div class="dossier online">
<div class="dossier-side">${sentView(open)}${peopleView({ dossier, people })}${checklistView(papers)}${attachmentsView({ dossier, catalogue, rows: files, texts: open.texts, mayOpen: people.inFull, mayChange: false, limitMib: 0 })}</div>
<div>${when(duplicate, (same) => duplicateNotice(same, catalogue))}${missingNotice(papers)}${answersView(open)}<section class="online-due">${promiseView(catalogue, dossier, now)}</section>${when(texts.length > 0, () => html`<section><h2>Ghi chú</h2>${each(texts, ({ text }) => html`<p>${text}</p>`)}</section>`)}</div>
</div>${when(people.applicant === null, () => html`<p class="muted">Không ghi người nộp.</p>`)}`
}

function clockView({ dossier, catalogue, now }: OpenSubmission): Html {
  const due = dossier.receivingDueAt
  if (due === null || dossier.subState !== null)
    return html`<span class="due paused">${icon('paused')}Đồng hồ tiếp nhận đang dừng</span>`
  const { isLate, text } = receivingClock(catalogue.calendar(dossier.receivingUnitId), now, due)
  const meaning = isLate ? 'overdue' : 'due_soon'
  return html`<span class="due ${meaning}">${icon(meaning)}Tiếp nhận trước <time>${timeOfDay(due)} ${longDay(localDayOf(due))}</time><span class="due-distance">${text}</span></span>${when(isLate, () => html` <span class="tag overdue">tiếp nhận muộn</span>`)}`
}

function sentView({ dossier, version, catalogue, now }: OpenSubmission): Html {
  const today = localDayOf(now)
  const channel = versionOn(catalogue.regimes, today)?.channelLabels[dossier.channel] ?? dossier.channel
  const fact = (label: string, value: string | null) =>
    when(value, (text) => html`<dt>${label}</dt><dd>${text}</dd>`)
  return html`<section><div class="block-head"><h2>Đã gửi</h2><a class="more" href="${dossierHref(dossier)}">Mở trang hồ sơ</a></div><dl class="facts">
${fact('Nộp lúc', dossier.submittedAt === null ? null : moment(dossier.submittedAt))}
${fact('Hình thức', channel)}
${fact('Nơi tiếp nhận', unitName(catalogue.unitById.get(dossier.receivingUnitId), today))}
${fact('Nơi giải quyết', unitName(catalogue.unitById.get(dossier.unitId), today))}
${fact('Phí, lệ phí', dossier.fee === 0 ? 'Không thu' : `${formatCount(dossier.fee)} đồng, ${dossier.feePaidAt === null ? 'chưa nộp' : 'đã nộp'}`)}
${fact('Thời hạn', describeLimit(parseLimit(version.limitText)))}
</dl></section>`
}

interface Answer {
  readonly act: 'ask_before_acceptance' | 'answer_before_acceptance' | 'refuse_intake'
  readonly label: string
}

const REFUSE: Answer = { act: 'refuse_intake', label: 'Từ chối tiếp nhận' }
const FRESH: readonly Answer[] = [{ act: 'ask_before_acceptance', label: 'Yêu cầu bổ sung' }, REFUSE]
const ASKED: readonly Answer[] = [{ act: 'answer_before_acceptance', label: 'Đã nhận bổ sung' }, REFUSE]

function answersView({ dossier, once, state }: OpenSubmission): Html {
  const others = dossier.subState === null ? FRESH : ASKED
  return html`<section><h2>Trả lời</h2><form class="form" data-answer method="post" action="${submissionHref(dossier)}">
<input type="hidden" name="once" value="${state.typed['once'] ?? once}"><input type="hidden" name="version" value="${dossier.version}">
${refusalView(state)}
<p class="form-end"><button class="button primary" type="submit" name="act" value="accept">Tiếp nhận <kbd aria-hidden="true">Ctrl ↵</kbd></button><span class="muted">Tính hạn trả từ bây giờ, cấp mã hồ sơ.</span></p>
${textField(state, { name: 'reason', label: 'Nội dung cần bổ sung, hoặc lý do từ chối (phím b)', hint: `Bắt buộc khi yêu cầu bổ sung hoặc từ chối; người nộp đọc được. Ctrl ↵ trong ô này: ${others[0]!.label}.`, rows: 3 })}
<p class="form-end">${each(others, ({ act, label }) => html`<button class="button" type="submit" name="act" value="${act}">${label}</button>`)}</p>
</form></section>`
}

/** The others that wait, each with its own clock. */
export function waitingView(
  waiting: readonly Submission[],
  open: number,
  catalogue: Catalogue,
  now: Instant,
): Html {
  if (waiting.length === 0) return html``
  return html`<section><h2>Đang chờ tiếp nhận: ${formatCount(waiting.length)}</h2><div class="scroll" role="region" aria-label="Hồ sơ trực tuyến đang chờ" tabindex="0"><table class="data online-list"><caption class="sr">Hồ sơ trực tuyến đang chờ tiếp nhận</caption>
<thead><tr><th scope="col">Tiếp nhận trước</th><th scope="col">Người nộp</th><th scope="col">Thủ tục</th><th scope="col">Nơi tiếp nhận</th></tr></thead>
<tbody>${each(waiting.slice(0, MOST_SHOWN), (one) => {
    const { isLate, text } = receivingClock(catalogue.calendar(one.receivingUnitId), now, one.receivingDueAt)
    const meaning = one.isAsked === 1 ? 'paused' : isLate ? 'overdue' : 'due_soon'
    const unit = catalogue.unitById.get(one.receivingUnitId)
    return html`<tr${when(one.id === open, () => html` aria-current="true"`)}><td class="bar ${meaning}"><span class="due ${meaning}">${icon(meaning)}${one.isAsked === 1 ? html`<span class="due-distance">chờ người nộp bổ sung</span>` : html`<time>${moment(one.receivingDueAt)}</time><span class="due-distance">${text}</span>`}</span></td><th scope="row"><a href="${submissionHref(one)}">${one.applicant ?? 'Không rõ người nộp'}</a></th><td class="clip">${catalogue.procedureById.get(one.procedureId)?.name}</td><td class="clip">${unitName(unit, localDayOf(now))}</td></tr>`
  })}</tbody></table></div></section>`
}

const MOST_SHOWN = 50
