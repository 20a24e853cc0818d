import type { StoredDossier } from '../../db/queries/dossiers.ts'
import { eventsOf } from '../../db/queries/timeline.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import type { Deps } from '../deps.ts'
import { type Act, TRANSITIONS } from '../domain/life-cycle/life-cycle.ts'
import { longDay, moment } from '../web/formats.ts'
import { type Html, html, NOTHING, when } from '../web/html.ts'
import { icon } from '../web/icons.ts'
import { dossierHref } from './dossier-table.ts'
import { paperOfDone } from './just-done-view.ts'

/** What a submission can be answered with. */
export const ANSWERS = [
  'accept',
  'ask_before_acceptance',
  'answer_before_acceptance',
  'refuse_intake',
] as const

const DONE = {
  accept: 'Đã tiếp nhận',
  ask_before_acceptance: 'Đã yêu cầu bổ sung',
  answer_before_acceptance: 'Đã ghi nhận bổ sung của',
  refuse_intake: 'Đã từ chối tiếp nhận',
} as const satisfies Record<(typeof ANSWERS)[number], string>

/** What was just answered, with the paper for the citizen: over the next submission, which waits below. */
export function answerNotice({ db }: Pick<Deps, 'db'>, dossier: StoredDossier, answer: string): Html {
  const act = ANSWERS.find((each) => each === answer)
  if (act === undefined) return NOTHING
  const due = when(act === 'accept' && dossier.dueOn, (day) => html`, hẹn trả ${longDay(day)}`)
  const late = when(
    dossier.receivedLate,
    () => html` <span class="tag overdue">tiếp nhận muộn quá 8 giờ làm việc</span>`,
  )
  // An old address has no paper to print any more once something else has happened.
  const paper = eventsOf(db, dossier.id).at(-1)?.act === act ? paperOfDone(dossier, act) : NOTHING
  return html`<p class="done-notice" role="status">${icon('check', 20)}<span>${DONE[act]} <a class="code" href="${dossierHref(dossier)}">${dossier.code ?? dossier.slipNumber ?? 'hồ sơ vừa rồi'}</a>${due}${late}.</span>${paper}</p>`
}

/** Somebody was quicker: who, with what, and the way to it. */
export function answeredNotice({ db }: Pick<Deps, 'db'>, dossier: StoredDossier): Html {
  const events = eventsOf(db, dossier.id)
  const answer = events.findLast(({ act }) => (ANSWERS as readonly Act[]).includes(act))
  const { act, actorId, recordedAt } = answer ?? events.at(-1)!
  const who = catalogueOf(db).officerById.get(actorId ?? 0)?.name ?? 'Hệ thống'
  return html`<p class="form-refusal" role="alert">${icon('info', 20)}<span>${who} đã trả lời hồ sơ này lúc ${moment(recordedAt)}: ${TRANSITIONS[act].label.toLowerCase()} <a class="code" href="${dossierHref(dossier)}">${dossier.code ?? 'hồ sơ vừa rồi'}</a>. Không ghi thêm gì.</span></p>`
}
