import type { StoredDossier } from '../../db/queries/dossiers.ts'
import type { TimelineEvent } from '../../db/queries/timeline.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import { ACTS, type Act, TRANSITIONS } from '../domain/life-cycle/life-cycle.ts'
import { longDay } from '../web/formats.ts'
import { type Html, html, NOTHING, when } from '../web/html.ts'
import { icon } from '../web/icons.ts'
import { asPaper } from '../web/paper-preview.ts'
import { dossierHref } from './dossier-table.ts'
import { paperOfAct } from './paper-occasions.ts'
import { paperLabel } from './paper-words.ts'

/** After a form was sent: that it is done, and the paper to print; one for the citizen opens where the browser lets it. */
export function justDoneView(
  dossier: StoredDossier,
  events: readonly TimelineEvent[],
  done: string | undefined,
): Html {
  const act = ACTS.find((each) => each === done)
  // An old address says nothing any more once something else has happened.
  if (act === undefined || events.at(-1)?.act !== act) return NOTHING
  const due =
    dossier.dueOn !== null && dossier.endedOn === null
      ? ` Hạn trả ${longDay(localDayOf(dossier.dueAt ?? 0))}.`
      : ''
  return html`<p class="done-notice" role="status">${icon('check', 20)}<span>Đã ghi “${TRANSITIONS[act].label}”.${due}</span>${paperOfDone(dossier, act)}</p>`
}

/** The paper that an act calls for, ready to be looked at; none for most acts. */
export function paperOfDone(dossier: StoredDossier, act: Act): Html {
  return when(
    paperOfAct(act),
    (paper) =>
      html`<a class="button" href="${dossierHref(dossier)}/giay-to/${paper}.pdf" ${asPaper(paperLabel(paper, dossier.acceptedOn), paper !== 'control-sheet')}>${icon('print')}Xem và in ${paperLabel(paper, dossier.acceptedOn).toLowerCase()}</a>`,
  )
}
