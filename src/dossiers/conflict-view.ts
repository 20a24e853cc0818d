import type { TimelineEvent } from '../../db/queries/timeline.ts'
import type { Catalogue } from '../catalogue/catalogue.ts'
import { type LocalDay, localDayOf } from '../domain/calendar/day.ts'
import { TRANSITIONS } from '../domain/life-cycle/life-cycle.ts'
import { moment } from '../web/formats.ts'
import { each, type Html, html, when } from '../web/html.ts'
import { factChanges } from './fact-words.ts'
import { rebuild } from './store-change.ts'

interface Conflict {
  readonly events: readonly TimelineEvent[]
  readonly texts: readonly { readonly seq: number; readonly kind: string; readonly text: string }[]
  readonly catalogue: Catalogue
  /** The version the form was opened with. */
  readonly seen: number
  readonly today: LocalDay
}

/** What others did since the form was opened: who, when, and each fact before and after. */
export function conflictView({ events, texts, catalogue, seen, today }: Conflict): Html {
  const since = events.filter(({ seq }) => seq > seen)
  return html`<section class="since" aria-labelledby="da-doi"><h2 id="da-doi">Người khác vừa làm</h2>
<ol class="since-list">${each(since, (event) => {
    const { seq, act, actorId, recordedAt, occurredAt } = event
    const who = actorId === null ? 'Hệ thống' : (catalogue.officerById.get(actorId)?.name ?? 'Hệ thống')
    const before = rebuild(events.filter((each) => each.seq < seq))
    const after = rebuild(events.filter((each) => each.seq <= seq))
    const changes = factChanges(catalogue, before, after, today)
    const told = texts.filter((text) => text.seq === seq)
    return html`<li><p class="event-act">${TRANSITIONS[act].label}</p>
<p class="event-who">${who}, <time datetime="${localDayOf(recordedAt)}">${moment(recordedAt)}</time>${when(recordedAt - occurredAt > 60_000, () => html`, thực hiện lúc ${moment(occurredAt)}`)}</p>
${when(
  changes.length > 0,
  () => html`<div class="scroll" role="region" aria-label="Điều đã đổi" tabindex="0"><table class="data effect"><caption class="sr">${TRANSITIONS[act].label}: điều đã đổi</caption>
<thead><tr><th scope="col">Nội dung</th><th scope="col">Trước</th><th scope="col">Nay</th></tr></thead>
<tbody>${each(changes, ({ label, was, is }) => html`<tr><th scope="row">${label}</th><td>${was}</td><td><strong>${is}</strong></td></tr>`)}</tbody></table></div>`,
)}
${each(told, ({ kind, text }) => html`<p class="event-why">${kind === 'reason' ? 'Lý do: ' : ''}${text}</p>`)}</li>`
  })}</ol></section>`
}
