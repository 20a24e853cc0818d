import type { Instant } from '../domain/calendar/day.ts'
import { moment } from '../web/formats.ts'
import { each, type Html, html, when } from '../web/html.ts'
import { CURRENT, type Reading, readingText } from './reading.ts'
import type { Place } from './report-links.ts'

/** Each revision of a closed period with its moment, and the figures as they are now. */
export function revisionChoices(
  moments: ReadonlyMap<number, Instant>,
): readonly { readonly value: string; readonly label: string }[] {
  const revisions = [...moments].map(([revision, at]) => ({
    value: String(revision),
    label: revision === 1 ? `Bản 1, chốt ${moment(at)}` : `Bản ${revision}, lập ${moment(at)}`,
  }))
  return [...revisions, { value: CURRENT, label: 'Số liệu hiện tại' }]
}

/** A small form that reads a closed period in another of its revisions. */
export function revisionChoice(
  { period, unit }: Place,
  chosen: Reading | null,
  moments: ReadonlyMap<number, Instant>,
): Html {
  return html`<form class="filter" action="/bao-cao/${period.key}" method="get">
${when(unit, (key) => html`<input type="hidden" name="unit" value="${key}">`)}
<label class="sr" for="ban">Bản số liệu</label>
${revisionSelect('ban', revisionChoices(moments), readingText(chosen ?? 1))}
<button class="button" type="submit">Đọc</button>
</form>`
}

export function revisionSelect(
  name: string,
  choices: ReturnType<typeof revisionChoices>,
  chosen: string,
): Html {
  return html`<select class="filter-revision" id="${name}" name="${name}">${each(choices, ({ value, label }) => html`<option value="${value}"${when(value === chosen, () => html` selected`)}>${label}</option>`)}</select>`
}
