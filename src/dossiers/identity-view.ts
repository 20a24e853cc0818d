import type { StoredDossier } from '../../db/queries/dossiers.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import { STATE_LABELS } from '../domain/life-cycle/life-cycle.ts'
import { longDay, moment } from '../web/formats.ts'
import { type Html, html, when } from '../web/html.ts'
import { icon } from '../web/icons.ts'
import type { DossierView } from './dossier-views.ts'
import { type Standing, standingOf } from './due-standing.ts'
import { dueView } from './due-view.ts'

/** Which dossier this is and how it stands in time; stays on top while the page scrolls. */
export function identityBar({ dossier, catalogue, people, title, calendar, today }: DossierView): Html {
  const procedure = catalogue.procedureById.get(dossier.procedureId)
  const standing = standingOf(dossier, calendar, today)
  return html`<header class="identity">
<div class="identity-who"><h1 class="code">${title}</h1>${when(dossier.code, (code) => html`<button class="copy" type="button" data-copy-text="${code}" hidden>Chép mã</button>`)}<p class="identity-name">${people.applicant?.name ?? 'Không rõ người nộp'}</p></div>
<p class="identity-what"><span class="tag">${STATE_LABELS[dossier.state]}</span>${when(dossier.endEnteredLate, () => html` <span class="tag due_soon">khép muộn</span>`)} <span class="identity-procedure" title="${procedure?.name}">${procedure?.name}</span></p>
<div class="identity-due"><small class="identity-label">${dueLabel(dossier, standing)}</small>${standing !== null && dossier.dueOn !== null ? dueView(dossier.dueOn, standing, 'page') : beforeAcceptance(dossier)}</div>
</header>`
}

/** What the day beside it is, as the dossier stands. */
function dueLabel(dossier: StoredDossier, standing: Standing | null): string {
  const { state, appointmentAt, reappointed, pausedSince } = dossier
  if (state === 'submitted') return 'Hạn tiếp nhận'
  if (standing === null) return 'Hạn trả'
  if (state === 'voided') return 'Hạn trả khi còn hiệu lực'
  if (state === 'withdrawn' || state === 'stopped') return 'Hạn trả lúc dừng'
  if (state === 'result_ready') return 'Hạn trả · đã có kết quả, chờ trả'
  if (state === 'returned') return 'Hạn trả · đã trả kết quả'
  if (pausedSince !== null) return 'Hạn trả · sẽ tính lại khi tiếp tục'
  if (reappointed && appointmentAt !== null)
    return `Hạn trả · đã hẹn lại ${longDay(localDayOf(appointmentAt))}`
  return 'Hạn trả'
}

function beforeAcceptance({ receivingDueAt, state }: StoredDossier): Html {
  if (state !== 'submitted' || receivingDueAt === null)
    return html`<span class="muted">Không có hạn trả</span>`
  return html`<span class="due due_soon">${icon('due_soon')}Tiếp nhận trước <time>${moment(receivingDueAt)}</time></span>`
}
