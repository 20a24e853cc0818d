import { type Catalogue, versionOn } from '../catalogue/catalogue.ts'
import { unitName } from '../catalogue/unit-choices.ts'
import type { LocalDay } from '../domain/calendar/day.ts'
import { CHANNELS, type Channel } from '../domain/counting/tally.ts'
import { STATES, type State } from '../domain/life-cycle/dossier.ts'
import { STATE_LABELS } from '../domain/life-cycle/life-cycle.ts'
import { fullDay } from '../web/formats.ts'
import { choiceField, type FormState, inputField, type Option } from '../web/forms.ts'
import { each, type Html, html, when } from '../web/html.ts'
import { icon } from '../web/icons.ts'
import { FILTERS, type FilterName, QUEUE_PAGE, type QueueAsk, queueHref } from './work-queue-query.ts'

export interface FilterChoices {
  readonly catalogue: Catalogue
  readonly today: LocalDay
  readonly officers: readonly Option[]
  readonly units: readonly Option[]
}

const LABELS = {
  procedure: 'Thủ tục',
  channel: 'Hình thức',
  assignee: 'Người giữ',
  state: 'Trạng thái',
  unit: 'Đơn vị',
  from: 'Nhận từ',
  to: 'Nhận đến',
} as const satisfies Record<FilterName, string>

/** The filters that are on, each with the way to take it off. */
export function filterChips(ask: QueueAsk, { catalogue, today }: FilterChoices): Html {
  const on = FILTERS.filter((name) => ask.filters[name] !== undefined)
  const without = (name: FilterName) =>
    Object.fromEntries(Object.entries(ask.filters).filter(([each]) => each !== name))
  return when(
    on.length > 0,
    () =>
      html`<ul class="chips" aria-label="Đang lọc">${each(on, (name) => {
        const href = queueHref({ ...ask, filters: without(name), after: undefined })
        return html`<li><a class="chip" href="${href}">${LABELS[name]}: <strong>${WORDS[name](catalogue, ask.filters[name] ?? '', today)}</strong><span class="sr">, bỏ lọc</span>${icon('cross')}</a></li>`
      })}${when(on.length > 1, () => html`<li><a href="${queueHref({ ...ask, filters: {}, after: undefined })}">Bỏ mọi bộ lọc</a></li>`)}</ul>`,
  )
}

/** Chooses among the dossiers of the list; applied by its button, so that nothing moves while one is still choosing. */
export function filterForm(ask: QueueAsk, choices: FilterChoices): Html {
  const { catalogue, today, officers, units } = choices
  const state: FormState = { typed: ask.filters as Readonly<Record<string, string>>, refusal: null }
  const { scope, view, sort, backwards } = ask
  const keep = Object.entries({ scope, view, sort: `${backwards ? '-' : ''}${sort}` })
  const procedures = catalogue.procedures.flatMap(({ code, versions }) => {
    const version = versionOn(versions, today)
    return version === undefined ? [] : [{ value: code, label: procedureName(catalogue, code) }]
  })
  const select = (name: FilterName, options: readonly Option[]) =>
    choiceField(state, { name, label: LABELS[name], blank: 'Tất cả', options })
  return html`<details class="filters"><summary>${icon('down')}Lọc</summary>
<form class="filter-form" action="${QUEUE_PAGE}" method="get">
${each(keep, ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
${select(
  'procedure',
  procedures.toSorted((a, b) => a.label.localeCompare(b.label, 'vi')),
)}
${select(
  'channel',
  CHANNELS.map((value) => ({ value, label: channelName(catalogue, value, today) })),
)}
${select('assignee', [{ value: 'none', label: 'Chưa giao ai' }, ...officers])}
${select(
  'state',
  STATES.map((value) => ({ value, label: STATE_LABELS[value] })),
)}
${units.length > 1 ? select('unit', units) : html``}
${inputField(state, { name: 'from', label: LABELS.from, type: 'date' })}
${inputField(state, { name: 'to', label: LABELS.to, type: 'date' })}
<button class="button" type="submit">Lọc danh sách</button>
</form></details>`
}

type Words = (catalogue: Catalogue, value: string, today: LocalDay) => string

/** A filter in words. */
const WORDS = {
  procedure: procedureName,
  channel: (catalogue, value, today) => channelName(catalogue, value as Channel, today),
  assignee: ({ officerByKey }, key) =>
    key === 'none' ? 'chưa giao ai' : (officerByKey.get(key)?.name ?? key),
  state: (_, value) => STATE_LABELS[value as State] ?? value,
  unit: ({ unitByKey }, key, today) => unitName(unitByKey.get(key), today),
  from: (_, day) => fullDay(day),
  to: (_, day) => fullDay(day),
} as const satisfies Record<FilterName, Words>

function procedureName({ procedureByCode }: Catalogue, code: string): string {
  return procedureByCode.get(code)?.name ?? code
}

function channelName({ regimes }: Catalogue, channel: Channel, today: LocalDay): string {
  return versionOn(regimes, today)?.channelLabels[channel] ?? channel
}
