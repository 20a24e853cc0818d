import type { StoredDossier } from '../../db/queries/dossiers.ts'
import { postsOn } from '../accounts/posts.ts'
import type { Catalogue, ProcedureVersion } from '../catalogue/catalogue.ts'
import type { WorkCalendar } from '../domain/calendar/calendar.ts'
import { type Instant, localDayOf, printInstant } from '../domain/calendar/day.ts'
import { lateOnAsOf } from '../domain/life-cycle/lateness.ts'
import { type PlainAct, TRANSITIONS, type Transition } from '../domain/life-cycle/life-cycle.ts'
import { laterByWorkingDays } from '../domain/life-cycle/standing-clock.ts'
import { longDay } from '../web/formats.ts'
import { choiceField, type FormState, inputField, type Typed, textField, tickField } from '../web/forms.ts'
import { each, type Html, html, NOTHING, when } from '../web/html.ts'
import { type ActField, fieldsOf } from './act-bodies.ts'
import { OUTCOME_WORDS, optionsOf, PAID_BY, RETURN_WORDS } from './act-words.ts'
import type { ChecklistLine } from './checklist.ts'
import { dossierHref } from './dossier-table.ts'
import { appointmentBase } from './typed-appointment.ts'

/** What the form of an act is drawn from. */
export interface ActFormView {
  readonly act: PlainAct
  readonly state: FormState
  readonly dossier: StoredDossier
  readonly catalogue: Catalogue
  readonly version: ProcedureVersion
  readonly calendar: WorkCalendar
  readonly now: Instant
  /** The units whose officers may be given it. */
  readonly unitIds: readonly number[]
  readonly papers: readonly ChecklistLine[]
}

/** The fields an act takes, a reason where it needs one, and folded away the moment and a note. */
export function actFields(view: ActFormView): Html {
  const { act, state } = view
  const { needsReason }: Transition = TRANSITIONS[act]
  const folded = ['at', ...(asksForMore(act) ? [] : ['note']), ...(needsReason ? [] : ['reason'])]
  const isOpen = folded.some((name) => state.typed[name])
  return html`${each(fieldsOf(act), (field) => INPUTS[field](view))}
${act === 'finish' ? digitisedLine(view) : NOTHING}
${needsReason ? reasonField(view) : NOTHING}
${asksForMore(act) ? textField(state, { name: 'note', label: 'Lý do, căn cứ', rows: 2, hint: 'In vào phiếu; bỏ trống nếu đã ghi ở từng dòng trên.' }) : NOTHING}
<details class="act-more"${when(isOpen, () => html` open`)}><summary>${asksForMore(act) ? 'Thời điểm khác' : 'Thời điểm khác, ghi chú'}</summary>
<div class="act-more-fields">${inputField(state, { name: 'at', label: 'Thời điểm thực hiện', type: 'datetime-local', hint: 'Bỏ trống: bây giờ. Lùi quá một ngày làm việc hoặc vào kỳ đã chốt thì cần lý do và người có quyền duyệt.' })}
${needsReason ? NOTHING : textField(state, { name: 'reason', label: 'Lý do', rows: 2 })}
${asksForMore(act) ? NOTHING : textField(state, { name: 'note', label: 'Ghi chú', rows: 2 })}</div></details>`
}

/** Its paper says what is missing and, in the note, why (TT 01/2018 form 02). */
function asksForMore(act: PlainAct): boolean {
  return act === 'request_supplement' || act === 'ask_before_acceptance'
}

/** Digitising is counted on the day of receipt: an amendment of its own, which a closed period may have to approve. */
function digitisedLine({ dossier }: ActFormView): Html {
  return html`<p class="muted">Thành phần hồ sơ ${dossier.digitised ? 'đã số hóa đủ' : 'chưa số hóa đủ'}: <a href="${dossierHref(dossier)}/viec/amend">Sửa thông tin</a></p>`
}

/** What stands in the form the first time: the dossier as it is, and what is usual. */
export function firstTyped(
  { act, dossier, catalogue }: Pick<ActFormView, 'act' | 'dossier' | 'catalogue'>,
  receiver: string,
): Typed {
  const { assigneeId, eResult, digitised, returnMode, feePayment } = dossier
  const officer = assigneeId === null ? undefined : catalogue.officerById.get(assigneeId)
  const all: Partial<Record<ActField, string>> = {
    outcome: 'granted',
    eResult: eResult ? '1' : '',
    digitised: digitised ? '1' : '',
    days: '1',
    returnMode,
    assignee: officer?.key ?? '',
    feePayment: feePayment ?? (act === 'pay' ? 'cash' : ''),
  }
  const own = fieldsOf(act).flatMap((field) =>
    all[field] === undefined ? [] : [[field, all[field]] as const],
  )
  return { ...Object.fromEntries(own), ...(act === 'return_result' && { receiver }) }
}

const INPUTS = {
  at: () => NOTHING,
  reason: () => NOTHING,
  note: () => NOTHING,
  // Who fills in a form is there.
  attended: () => NOTHING,
  outcome: ({ state }) =>
    choiceField(state, {
      name: 'outcome',
      label: 'Kết quả',
      options: optionsOf(OUTCOME_WORDS),
      required: true,
    }),
  eResult: ({ state }) =>
    tickField(state, { name: 'eResult', label: 'Kết quả điện tử', hint: 'Có bản điện tử ký số.' }),
  digitised: ({ state }) => tickField(state, { name: 'digitised', label: 'Thành phần hồ sơ đã số hóa đủ' }),
  returnMode: ({ act, state, dossier }) =>
    html`<div class="form-row">${choiceField(state, {
      name: 'returnMode',
      label: 'Cách trả',
      options: optionsOf(RETURN_WORDS),
      value: dossier.returnMode,
      required: true,
    })}${act === 'return_result' ? inputField(state, { name: 'receiver', label: 'Người nhận', maxLength: 200 }) : NOTHING}</div>`,
  appointmentAt: appointmentFields,
  assignee: assigneeField,
  days: daysField,
  feePayment: ({ act, state, dossier }) =>
    choiceField(state, {
      name: 'feePayment',
      label: act === 'pay' ? 'Nộp bằng' : 'Phí, lệ phí nộp bằng',
      options: optionsOf(PAID_BY),
      ...(act === 'pay'
        ? { value: dossier.feePayment ?? 'cash', required: true }
        : { value: dossier.feePayment ?? '', blank: 'chưa nộp' }),
    }),
  feePaidAt: ({ state, dossier }) =>
    inputField(state, {
      name: 'feePaidAt',
      label: 'Nộp lúc',
      type: 'datetime-local',
      value: dossier.feePaidAt === null ? '' : printInstant(dossier.feePaidAt).slice(0, 16),
      hint: 'Bỏ trống: lúc ghi.',
    }),
  fee: ({ state, dossier }) =>
    inputField(state, {
      name: 'fee',
      label: 'Phí, lệ phí (đồng)',
      inputMode: 'numeric',
      value: String(dossier.fee),
      maxLength: 15,
    }),
  quantity: ({ state, dossier }) =>
    inputField(state, {
      name: 'quantity',
      label: 'Số lượng',
      inputMode: 'numeric',
      value: String(dossier.quantity),
      maxLength: 5,
    }),
  overdueReason: ({ state, dossier, now }) =>
    isLate(dossier, now)
      ? inputField(state, {
          name: 'overdueReason',
          label: 'Nguyên nhân quá hạn',
          value: dossier.overdueReason ?? '',
          maxLength: 200,
          hint: 'Hồ sơ đang quá hạn; câu này đi vào báo cáo và không xoá được, đừng ghi tên hay thông tin của ai.',
        })
      : NOTHING,
} as const satisfies Record<ActField, (view: ActFormView) => Html>

/** Late now, or when it ended. */
export function isLate(dossier: StoredDossier, now: Instant): boolean {
  return dossier.dueOn !== null && lateOnAsOf(dossier, localDayOf(now)) !== null
}

/** A request for more names the papers of the checklist, then what else. */
function reasonField({ act, state, papers }: ActFormView): Html {
  if (!asksForMore(act) || papers.length === 0)
    return textField(state, { name: 'reason', label: 'Lý do', required: true, rows: 3 })
  return html`<fieldset class="missing-papers"><legend>Giấy tờ cần bổ sung, hoàn thiện</legend>
${each(papers, ({ name, state: paperState }, index) => tickField(state, { name: `missing-${index}`, label: name, ...(paperState === 'missing' && { hint: 'chưa có trong hồ sơ' }) }))}</fieldset>
${textField(state, { name: 'reason', label: 'Nội dung khác cần bổ sung', rows: 3, hint: 'Mỗi dòng một ý, in vào phiếu. Cần đánh dấu ít nhất một giấy tờ hoặc ghi một dòng.' })}`
}

/** How many days, each with the day it leads to. */
function daysField({ state, dossier, version, calendar }: ActFormView): Html {
  const { dueAt, extensionDays } = dossier
  const left = Math.max(0, (version.extensionDays ?? 0) - extensionDays)
  const options = Array.from({ length: left }, (_, index) => {
    const to = dueAt === null ? null : localDayOf(laterByWorkingDays(dueAt, index + 1, { calendar }))
    return {
      value: String(index + 1),
      label: `${index + 1} ngày làm việc${to === null ? '' : ` → ${longDay(to)}`}`,
    }
  })
  return choiceField(state, {
    name: 'days',
    label: 'Gia hạn thêm',
    options,
    required: true,
    hint: `Pháp luật cho gia hạn nhiều nhất ${version.extensionDays ?? 0} ngày làm việc.`,
  })
}

/** Days and date say the same: whichever was typed last decides. */
function appointmentFields({ state, dossier, now }: ActFormView): Html {
  const base = appointmentBase(dossier, now)
  return html`<div class="form-row paired">${inputField(state, { name: 'appointmentDays', label: 'Hẹn lại sau (ngày làm việc)', inputMode: 'numeric', maxLength: 3, first: true, hint: `Kể từ ${longDay(base)}.` })}${inputField(state, { name: 'appointmentOn', label: 'Ngày hẹn mới', type: 'date' })}</div>
<input type="hidden" name="daysShown" value="${state.typed['daysShown'] ?? ''}">`
}

function assigneeField({ state, catalogue, dossier, now, unitIds }: ActFormView): Html {
  const today = localDayOf(now)
  const officers = catalogue.officers.flatMap(({ id, key, name }) => {
    const post = postsOn(catalogue, id, today).find(
      ({ unitId, onBehalfOfId }) => onBehalfOfId === null && unitIds.includes(unitId),
    )
    return post === undefined ? [] : [{ value: key, label: `${name} · ${post.title}` }]
  })
  const current = dossier.assigneeId === null ? undefined : catalogue.officerById.get(dossier.assigneeId)
  return choiceField(state, {
    name: 'assignee',
    label: 'Cán bộ giải quyết',
    options: officers.sort((a, b) => a.label.localeCompare(b.label, 'vi')),
    blank: 'Không giao ai',
    ...(current !== undefined && { value: current.key }),
  })
}
