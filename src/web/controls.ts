import { each, type Html, html, when } from './html.ts'
import { icon } from './icons.ts'

export interface Choice {
  readonly key: string
  readonly name: string
}

/** A form that reads the page again for one unit; what else the address says is kept in `keep`. */
export function unitFilter(
  action: string,
  choices: readonly Choice[],
  chosen: string | undefined,
  keep: Readonly<Record<string, string>> = {},
  all = 'Tất cả đơn vị',
): Html {
  return html`<form class="filter" action="${action}" method="get">
${each(Object.entries(keep), ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
<label class="sr" for="unit">Đơn vị</label>
<select id="unit" name="unit">
<option value="">${all}</option>
${each(choices, (choice) => html`<option value="${choice.key}"${when(choice.key === chosen, () => html` selected`)}>${choice.name}</option>`)}
</select>
<button class="button" type="submit">Xem</button>
</form>`
}

/** Links that choose one of a few views. */
export function tabs(
  label: string,
  items: readonly { readonly href: string; readonly label: string; readonly current: boolean }[],
): Html {
  return html`<nav class="tabs" aria-label="${label}">${each(items, (item) => html`<a href="${item.href}"${when(item.current, () => html` aria-current="true"`)}>${item.label}</a>`)}</nav>`
}

/** One step back, the name of where we are, one step on (`label`: what they are steps of); no link where there is nothing further. */
export function stepper(label: string, current: string, back: string | null, on: string | null): Html {
  return html`<nav class="stepper" aria-label="${label}">${when(back, (href) => html`<a href="${href}" rel="prev"><span class="sr">${label} trước</span>${icon('left')}</a>`)}<strong>${current}</strong>${when(on, (href) => html`<a href="${href}" rel="next"><span class="sr">${label} sau</span>${icon('right')}</a>`)}</nav>`
}
