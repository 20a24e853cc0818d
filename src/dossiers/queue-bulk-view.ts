import { randomUUID } from 'node:crypto'
import { formatCount } from '../domain/counting/rate-format.ts'
import { each, type Html, html, when } from '../web/html.ts'
import { icon } from '../web/icons.ts'
import type { ManyAct, Refused } from './act-on-many.ts'
import type { OfficerGroup } from './queue-officers.ts'

export interface BulkState {
  /** Key of the form, so that two clicks do one thing. */
  readonly once: string | undefined
  readonly assignee: string | undefined
}

/** What can be done to the dossiers that are chosen; stays in sight while the list scrolls. */
export function bulkBar(groups: readonly OfficerGroup[], { once, assignee }: BulkState): Html {
  return html`<div class="bulk">
<input type="hidden" name="once" value="${once ?? randomUUID()}">
<p class="bulk-count" role="status" data-picked>Chọn hồ sơ để giao hoặc chuyển nhiều hồ sơ một lần.</p>
<label for="bulk-assignee">Giao cho</label>
<select id="bulk-assignee" name="assignee"><option value="">Chọn cán bộ</option>${each(groups, ({ unit, officers }) => html`<optgroup label="${unit}">${each(officers, ({ value, label }) => html`<option value="${value}"${when(value === assignee, () => html` selected`)}>${label}</option>`)}</optgroup>`)}</select>
<button class="button primary" type="submit" name="act" value="assign">Giao</button>
<button class="button" type="submit" name="act" value="transfer">Chuyển giải quyết</button>
</div>`
}

const DONE_WORDS = { assign: 'Đã giao', transfer: 'Đã chuyển giải quyết' } as const satisfies Record<
  ManyAct,
  string
>

/** What was done, and what was not: each dossier with its reason. */
export function bulkOutcome(
  act: ManyAct,
  done: number,
  refused: readonly Refused[],
  code: (refused: Refused) => Html,
): Html {
  const said = html`<strong>${DONE_WORDS[act]} ${formatCount(done)} hồ sơ.</strong>`
  if (refused.length === 0)
    return html`<p class="done-notice" role="status">${icon('check', 20)}<span>${said}</span></p>`
  return html`<section class="form-refusal refusals" role="alert">${icon('overdue', 20)}<div><p>${when(done > 0, () => html`${said} `)}${formatCount(refused.length)} hồ sơ chưa làm được, vẫn còn được chọn ở dưới:</p>
<ul>${each(refused, (one) => html`<li>${code(one)}: ${one.sentence}</li>`)}</ul></div></section>`
}
