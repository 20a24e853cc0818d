import type { WorkCalendar } from '../domain/calendar/calendar.ts'
import { addDays, type LocalDay, localDayOf } from '../domain/calendar/day.ts'
import { overdueWorkingDays, workingDaysLeft } from '../domain/deadlines/deadline.ts'
import type { EndClass } from '../domain/life-cycle/dossier.ts'
import { lateOnAsOf } from '../domain/life-cycle/lateness.ts'
import { type PlainAct, STATE_LABELS, TRANSITIONS } from '../domain/life-cycle/life-cycle.ts'
import { capital, distance, longDay, moment } from '../web/formats.ts'
import { each, type Html, html, when } from '../web/html.ts'
import { type IconName, icon } from '../web/icons.ts'
import type { ActEffect } from './act-effect.ts'

interface EffectView {
  readonly act: PlainAct
  readonly effect: ActEffect
  readonly calendar: WorkCalendar
  readonly today: LocalDay
}

/** What the act would do to the due date, told before it is sent. */
export function actEffectView(view: EffectView): Html {
  const { effect } = view
  return html`<section class="effect-aside" id="tac-dong" aria-live="polite"><h2>Nếu làm việc này</h2>
${effect.after === null ? html`<p class="effect-line due_soon">${icon('info')}<span>${effect.refusal}</span></p>` : lines(view)}</section>`
}

function lines(view: EffectView): Html {
  const { effect } = view
  const { before, answers, pause } = effect
  const after = effect.after!
  const moved = before.state === after.state
  const [sign, sentence] = dueSentence(view)
  return html`<p class="effect-line ${sign}">${icon(ICONS[sign])}<span>${sentence}</span></p>
<dl class="facts effect-facts">
<dt>Trạng thái</dt><dd>${moved ? html`${STATE_LABELS[after.state]}, như cũ` : html`${STATE_LABELS[before.state]} → <strong>${STATE_LABELS[after.state]}</strong>`}</dd>
<dt>Hạn trả</dt><dd>${after.pausedSince !== null && after.dueOn !== null ? `${capital(longDay(after.dueOn))}, chờ tính lại` : wasIs(before.dueOn, after.dueOn)}</dd>
${when(appointmentOf(after), (on) => html`<dt>Hẹn trả</dt><dd>${wasIs(appointmentOf(before), on)}</dd>`)}
</dl>
${when(
  answers.length > 0 && pause?.policy !== 'no_effect',
  () => html`<table class="data effect-answers"><caption>Hạn trả tùy ngày tiếp tục</caption>
<thead><tr><th scope="col">Tiếp tục</th><th scope="col">Hạn trả khi ấy</th></tr></thead>
<tbody>${each(answers, ({ days, on, dueOn }) => html`<tr><th scope="row">${longDay(on)}<small class="muted"> sau ${days} ngày làm việc</small></th><td>${longDay(dueOn)}</td></tr>`)}</tbody></table>`,
)}`
}

type Sign = 'in_time' | 'overdue' | 'paused' | 'ended'
const ICONS = {
  in_time: 'calendar',
  overdue: 'overdue',
  paused: 'paused',
  ended: 'check',
} as const satisfies Record<Sign, IconName>

const CLOSED_WORDS = {
  early: 'dừng khi chưa quá hạn',
  on_time: 'dừng khi chưa quá hạn',
  late: 'dừng sau khi đã quá hạn',
} as const satisfies Record<EndClass, string>

const END_WORDS = {
  early: 'xong trước hạn',
  on_time: 'xong đúng hạn',
  late: 'xong quá hạn',
} as const satisfies Record<EndClass, string>

function dueSentence(view: EffectView): readonly [Sign, string] {
  const { act, effect, today } = view
  const { before, pause } = effect
  const after = effect.after!
  const late = lateOnAsOf({ ...after, endedOn: null }, today) !== null
  if (after.state === 'voided') return ['ended', 'Hồ sơ ra khỏi mọi số liệu; mã hồ sơ không dùng lại.']
  if (after.endedOn !== null && before.endedOn === null) {
    const sign = after.endClass === 'late' ? 'overdue' : 'ended'
    const words = after.endKind === 'result' ? END_WORDS : CLOSED_WORDS
    return [sign, `Đồng hồ dừng hẳn; hồ sơ được tính là ${words[after.endClass ?? 'on_time']}.`]
  }
  if (after.dueOn === null) return receiving(effect)
  if (pause !== null) return [pauseSign(effect), pauseSentence(view)]
  if (act === 'apologise')
    return [
      late ? 'overdue' : 'in_time',
      `Hẹn lại ${longDay(appointmentOf(after)!)}; hạn trả giữ nguyên.${late ? ' Hồ sơ vẫn tính là quá hạn.' : ''}`,
    ]
  if (before.dueOn === null) return ['in_time', `Thời hạn bắt đầu tính; hạn trả ${longDay(after.dueOn)}.`]
  const clock = TRANSITIONS[act].clock
  const kept = clock === 'none' ? 'Hạn trả giữ nguyên' : clock === 'go_on' ? 'Đồng hồ chạy tiếp' : 'Hạn trả'
  if (after.endedOn !== null) return ['ended', 'Hồ sơ đã khép; hạn trả và cách tính không đổi.']
  const standing = standingWords(after.dueOn, after.lateOn, view)
  const moved =
    after.dueOn === before.dueOn
      ? `${kept}${clock === 'go_on' ? '; hạn trả giữ nguyên' : ''}: ${longDay(after.dueOn)}`
      : `${clock === 'go_on' ? 'Đồng hồ chạy tiếp; hạn' : 'Hạn'} trả chuyển sang ${longDay(after.dueOn)}`
  return [late ? 'overdue' : 'in_time', `${moved} (${standing}).`]
}

/** Before acceptance only the eight hours run. */
function receiving({ before, after, pause }: ActEffect): readonly [Sign, string] {
  const due = after?.receivingDueAt ?? null
  if (pause !== null) return ['paused', 'Thời hạn tiếp nhận dừng cho đến khi người nộp trả lời.']
  if (after?.state !== 'submitted' || due === null) return ['ended', 'Hồ sơ không được tính hạn trả.']
  return ['in_time', `${due === before.receivingDueAt ? 'Vẫn phải' : 'Phải'} tiếp nhận trước ${moment(due)}.`]
}

function pauseSign({ pause, after }: ActEffect): Sign {
  return pause?.policy === 'no_effect' && after?.lateOn == null ? 'in_time' : 'paused'
}

function pauseSentence({ effect }: EffectView): string {
  const { pause, before, after } = effect
  const late = after?.lateOn == null ? '' : ' Hồ sơ đã quá hạn nên vẫn tính là quá hạn.'
  if (pause?.policy === 'no_effect')
    return `Thời hạn vẫn tính trong lúc chờ; hạn trả giữ nguyên${before.dueOn === null ? '' : ` ${longDay(before.dueOn)}`}.${late}`
  const then =
    pause?.policy === 'restart'
      ? 'khi tiếp tục, thời hạn được tính lại từ đầu'
      : 'khi tiếp tục, những ngày đã dừng được cộng vào hạn trả'
  return `Đồng hồ dừng từ lúc này; ${then}.${late}`
}

function standingWords(dueOn: LocalDay, lateOn: LocalDay | null, { calendar, today }: EffectView): string {
  const due = lateOn === null ? dueOn : addDays(lateOn, -1)
  if (today <= due && lateOn === null) return distance(workingDaysLeft(calendar, today, due))
  const days = overdueWorkingDays(calendar, due, today)
  return days === 0 ? 'quá hạn' : `quá hạn ${days} ngày làm việc`
}

function appointmentOf({ appointmentAt }: { readonly appointmentAt: number | null }): LocalDay | null {
  return appointmentAt === null ? null : localDayOf(appointmentAt)
}

function wasIs(was: LocalDay | null, is: LocalDay | null): Html {
  if (was === is) return html`${is === null ? 'không có' : `${capital(longDay(is))}, như cũ`}`
  return html`${was === null ? 'chưa có' : longDay(was)} → <strong>${is === null ? 'không có' : longDay(is)}</strong>`
}
