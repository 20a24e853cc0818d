import type { NamedDecision } from '../../db/queries/calendar-moves.ts'
import type { Approval } from '../../db/queries/correction-requests.ts'
import type { TimelineEvent } from '../../db/queries/timeline.ts'
import type { Catalogue } from '../catalogue/catalogue.ts'
import type { WorkCalendar } from '../domain/calendar/calendar.ts'
import { type Instant, localDayOf } from '../domain/calendar/day.ts'
import { pausedDays } from '../domain/deadlines/pauses.ts'
import type { Dossier, PauseKind, PauseRow } from '../domain/life-cycle/dossier.ts'
import { type Act, TRANSITIONS } from '../domain/life-cycle/life-cycle.ts'
import { fullDay, longDay, moment, shortMoment } from '../web/formats.ts'
import { each, type Html, html, when } from '../web/html.ts'
import { icon } from '../web/icons.ts'
import { type FactChange, factChanges } from './fact-words.ts'
import { rebuild } from './store-change.ts'

export interface Timeline {
  readonly events: readonly TimelineEvent[]
  readonly texts: readonly { readonly seq: number; readonly kind: string; readonly text: string }[]
  readonly pauses: readonly PauseRow[]
  readonly approvals: readonly Approval[]
  readonly decisions: readonly NamedDecision[]
  readonly catalogue: Catalogue
  readonly calendar: WorkCalendar
  readonly now: Instant
}

/** Minutes after which an act counts as recorded later than it happened. */
const RECORDED_LATER_MS = 15 * 60_000

/** What happened, newest first: who, when, why; a pause is a gap above the act that opened it. */
export function timelineView(timeline: Timeline): Html {
  const newestFirst = [...timeline.events].reverse()
  return html`<ol class="timeline">${each(newestFirst, (event) => html`${gap(event, timeline)}${entry(event, timeline)}`)}</ol>`
}

function entry(event: TimelineEvent, timeline: Timeline): Html {
  const { texts, catalogue, approvals } = timeline
  const label =
    event.act === 'calendar_change' ? decisionLabel(event, timeline) : TRANSITIONS[event.act].label
  const officer = event.actorId === null ? undefined : catalogue.officerById.get(event.actorId)
  const recordedLater = event.recordedAt - event.occurredAt > RECORDED_LATER_MS
  const approval = approvals.find(({ seq }) => seq === event.seq)
  const own = texts.filter((text) => text.seq === event.seq)
  return html`<li class="event">
<time datetime="${localDayOf(event.occurredAt)}">${moment(event.occurredAt)}</time>
<div><p class="event-act">${label}</p>
<p class="event-who">${officer?.name ?? 'Hệ thống'}${when(event.onBehalfOfId, (id) => html` thay ${nameOf(catalogue, id)}`)}${when(recordedLater, () => html`, ghi nhận lúc ${moment(event.recordedAt)}`)}${when(approval, ({ decidedBy }) => html`, đính chính kỳ đã chốt do ${nameOf(catalogue, decidedBy)} duyệt`)}</p>
${each(own, (text) => html`<p class="event-why">${text.kind === 'reason' ? 'Lý do: ' : ''}${text.text}</p>`)}
${each(putRight(event, timeline), ({ label, was, is }) => html`<p class="event-why">${label}: ${was} → <strong>${is}</strong></p>`)}
${when(dueMoved(event, timeline), (text) => html`<p class="event-due">${icon('calendar')}${text}</p>`)}</div>
</li>`
}

/** What a correction put right, beside the dates that stand below it. */
function putRight(event: TimelineEvent, { events, catalogue, now }: Timeline): readonly FactChange[] {
  if (!PUTS_RIGHT.has(event.act)) return []
  const before = rebuild(events.filter(({ seq }) => seq < event.seq))
  const after = { ...before, ...changesOf(event) }
  const { dueAt, appointmentAt } = after
  return factChanges(catalogue, { ...before, dueAt, appointmentAt }, after, localDayOf(now))
}

const PUTS_RIGHT: ReadonlySet<Act> = new Set(['correct', 'amend'])

function nameOf(catalogue: Catalogue, officerId: number | null): string {
  return (officerId === null ? undefined : catalogue.officerById.get(officerId)?.name) ?? 'người vận hành'
}

/** The decision behind the event: by its document, recorded or undone at that moment. */
function decisionLabel({ recordedAt }: TimelineEvent, { decisions }: Timeline): string {
  const recorded = decisions.find((decision) => decision.recordedAt === recordedAt)
  if (recorded !== undefined) return `Lịch làm việc thay đổi theo ${recorded.document}`
  const undone = decisions.find((decision) => decision.undoneAt === recordedAt)
  return undone === undefined
    ? TRANSITIONS.calendar_change.label
    : `Lịch làm việc trở lại: hoàn tác ${undone.document}`
}

/** An act after acceptance that set the due date anew, or the day promised, or the end of the 8 hours. */
function dueMoved(event: TimelineEvent, { events }: Timeline): string | null {
  const changes = changesOf(event)
  if (changes.firstDueAt != null && changes.dueOn != null) return `Hạn trả ${longDay(changes.dueOn)}`
  if (changes.dueOn != null) {
    const before = events.findLast(({ seq, changes: text }) => seq < event.seq && text.includes('"dueOn"'))
    const from = before && changesOf(before).dueOn
    const extended =
      changes.extensionDays === undefined ? 0 : changes.extensionDays - extensionBefore(event, events)
    const more = extended > 0 ? `Gia hạn ${extended} ngày làm việc: hạn` : 'Hạn'
    return `${more} trả chuyển ${from ? `từ ${longDay(from)} ` : ''}sang ${longDay(changes.dueOn)}`
  }
  if (event.act === 'calendar_change' && changes.receivingDueAt != null) {
    return `Hạn tiếp nhận chuyển sang ${moment(changes.receivingDueAt)}`
  }
  if (event.act === 'apologise' && changes.appointmentAt != null) {
    return `Hẹn lại ${longDay(localDayOf(changes.appointmentAt))}; hạn trả giữ nguyên`
  }
  return null
}

function extensionBefore({ seq }: TimelineEvent, events: readonly TimelineEvent[]): number {
  const before = events.findLast((each) => each.seq < seq && each.changes.includes('"extensionDays"'))
  return before === undefined ? 0 : (changesOf(before).extensionDays ?? 0)
}

function changesOf({ changes }: TimelineEvent): Partial<Dossier> {
  return JSON.parse(changes) as Partial<Dossier>
}

const WAITS_FOR = {
  supplement: 'chờ bổ sung hồ sơ',
  payment: 'chờ nghĩa vụ tài chính',
  verification: 'chờ kết quả xác minh',
  consultation: 'chờ ý kiến cơ quan khác',
  other: 'chờ lý do khác',
} as const satisfies Record<PauseKind, string>

/** The longer the pause, the wider the gap. */
function gapLength(days: number): 'short' | 'middle' | 'long' {
  if (days <= 1) return 'short'
  return days <= 5 ? 'middle' : 'long'
}

function gap(event: TimelineEvent, { pauses, calendar, now }: Timeline): Html {
  const pause = pauses.find(
    (each) => each.fromAt === event.occurredAt && TRANSITIONS[event.act].clock !== 'go_on',
  )
  if (pause === undefined) return html``
  const to = pause.toAt ?? now
  const days = pausedDays(calendar, [{ from: pause.fromAt, to }]).size
  const ended = pause.toAt === null ? 'đến nay' : `đến ${shortMoment(pause.toAt)}`
  const length = `${days} ngày làm việc`
  const runs = pause.policy === 'no_effect' ? `Thời hạn vẫn tính, ${length}` : `Không tính ${length}`
  const expiry =
    pause.toAt === null && pause.dueAt !== null ? `, hết hạn bổ sung ${fullDay(localDayOf(pause.dueAt))}` : ''
  return html`<li class="gap ${gapLength(days)}${pause.policy === 'no_effect' ? ' runs' : ''}">${icon('paused')}<p><strong>${runs}</strong>: ${WAITS_FOR[pause.kind]}, từ ${shortMoment(pause.fromAt)} ${ended}${expiry}</p></li>`
}
