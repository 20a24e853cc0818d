import {
  type Act,
  actsFrom,
  type ClockEffect,
  type Form,
  TRANSITIONS,
  type Transition,
} from '../domain/life-cycle/life-cycle.ts'
import { each, type Html, html, NOTHING, when } from '../web/html.ts'
import { icon } from '../web/icons.ts'
import { dossierHref } from './dossier-table.ts'
import type { DossierView } from './dossier-views.ts'
import { possibleActs } from './possible-acts.ts'

type Group = 'Tính hạn' | 'Tạm dừng hạn' | 'Dời hạn' | 'Khép hồ sơ' | 'Không đổi hạn' | 'Người đứng đầu'

const GROUPS: readonly Group[] = [
  'Tính hạn',
  'Tạm dừng hạn',
  'Dời hạn',
  'Khép hồ sơ',
  'Không đổi hạn',
  'Người đứng đầu',
]

const GROUP_OF = {
  none: 'Không đổi hạn',
  start: 'Tính hạn',
  pause: 'Tạm dừng hạn',
  go_on: 'Tính hạn',
  extend: 'Dời hạn',
  stop: 'Khép hồ sơ',
  start_and_stop: 'Khép hồ sơ',
  undo_stop: 'Tính hạn',
  recompute: 'Dời hạn',
} as const satisfies Record<ClockEffect, Group>

const FORMS = {
  receiptSlip: 'Giấy tiếp nhận và hẹn trả',
  supplementRequest: 'Phiếu yêu cầu bổ sung',
  refusalSlip: 'Phiếu từ chối',
  apologySlip: 'Phiếu xin lỗi và hẹn lại',
  stopNotice: 'Thông báo dừng giải quyết',
  controlSheet: 'Phiếu kiểm soát',
  paymentNotice: 'Thông báo nghĩa vụ tài chính',
} as const satisfies Record<Form, string>

/** What its reader can do now: the usual next act, then the others by what they do to the due date. */
export function actsView({ dossier, version, steps, rights }: DossierView): Html {
  if (rights.acts === null)
    return html`<section><h2>Việc có thể làm</h2><p class="muted">Ông/bà chỉ xem hồ sơ này; việc trên hồ sơ do cán bộ của đơn vị xử lý thực hiện.</p></section>`
  const { next, others } = possibleActs(dossier, version, steps, rights.acts)
  if (next === null && others.length === 0) {
    return html`<section><h2>Việc có thể làm</h2><p class="muted">Hồ sơ đã khép lại, không còn việc nào.</p>${lateLinks(dossier, rights)}</section>`
  }
  const groups = Map.groupBy(others, groupOf)
  return html`<section><h2>Việc có thể làm</h2>
${when(next, (act) => html`<p class="next-act">${icon('arrow', 20)}<span><strong>${TRANSITIONS[act].label}</strong><small class="muted">${describe(act)}</small></span></p>`)}
<dl class="facts">${each(
    GROUPS.filter((group) => groups.has(group)),
    (group) =>
      html`<dt>${group}</dt><dd>${each(groups.get(group) ?? [], (act) => html`<span class="act" title="${describe(act)}">${TRANSITIONS[act].label}</span>`)}</dd>`,
  )}</dl>
${lateLinks(dossier, rights)}
</section>`
}

/** Ways to say what really happened: closed without a click, or wrong from acceptance. */
function lateLinks(dossier: DossierView['dossier'], { late, acts: role }: DossierView['rights']): Html {
  if (!late || role === null) return NOTHING
  const acts = actsFrom(dossier.state)
  const href = dossierHref(dossier)
  const closes = acts.includes('finish') || acts.includes('return_result')
  return html`<p class="late-links">${when(closes, () => html`<a href="${href}/khep">Khép với thời điểm thực</a>`)}${when(acts.includes('correct') && dossier.acceptedAt !== null, () => html`<a href="${href}/dinh-chinh">Đính chính từ khi tiếp nhận</a>`)}</p>`
}

function groupOf(act: Act): Group {
  const { clock, role }: Transition = TRANSITIONS[act]
  return role === 'head' ? 'Người đứng đầu' : GROUP_OF[clock]
}

function describe(act: Act): string {
  const { form, needsReason }: Transition = TRANSITIONS[act]
  const words = [
    groupOf(act).toLowerCase(),
    form === null ? null : FORMS[form],
    needsReason ? 'cần ghi lý do' : null,
  ]
  return words.filter((word) => word !== null).join(' · ')
}
