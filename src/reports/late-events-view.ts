import { dossierHref } from '../dossiers/dossier-table.ts'
import { moment } from '../web/formats.ts'
import { each, type Html, html, when } from '../web/html.ts'
import type { AdjustingEvent } from './adjustments.ts'
import type { LateEvent } from './late-events.ts'

/** Events recorded after their day was closed, oldest first; with the revision that takes each up, where that is told. */
export function lateEventsView(caption: string, events: readonly (LateEvent | AdjustingEvent)[]): Html {
  const told = events.some((event) => 'revision' in event)
  return html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0"><table class="data late-events">
<caption class="sr">${caption}</caption>
<thead><tr><th scope="col">Hồ sơ</th><th scope="col">Việc</th><th scope="col">Xảy ra</th><th scope="col">Ghi nhận</th><th scope="col">Người ghi nhận, lý do</th>${when(told, () => html`<th scope="col">Vào bản</th>`)}</tr></thead>
<tbody>${each(events, (event) => line(event, told))}</tbody>
</table></div>`
}

function line(event: LateEvent | AdjustingEvent, told: boolean): Html {
  const { code, dossierId, actLabel, occurredAt, recordedAt, actor, reason } = event
  const name = code ?? `hồ sơ số ${dossierId}`
  return html`<tr><th scope="row">${code === null ? name : html`<a class="code" href="${dossierHref({ code, id: dossierId })}">${code}</a>`}</th><td>${actLabel}</td><td class="when">${moment(occurredAt)}</td><td class="when recorded">${moment(recordedAt)}</td><td class="why">${actor}${when(reason, (text) => html`: ${text}`)}</td>${when(told, () => html`<td>${takenUp(event)}</td>`)}</tr>`
}

function takenUp(event: LateEvent | AdjustingEvent): string {
  const revision = 'revision' in event ? event.revision : null
  return revision === null ? 'chưa vào bản nào (đêm nay)' : `bản ${revision}`
}
