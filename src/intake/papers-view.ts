import type { ReceivedProcedure } from '../catalogue/received-procedures.ts'
import { PAPER_FORMS } from '../dossiers/paper-forms.ts'
import { type FormState, fieldError } from '../web/forms.ts'
import { each, type Html, html, when } from '../web/html.ts'

/** The procedure's checklist: what is required stands ticked, what is not there is unticked and reads “thiếu”. */
export function papersView(state: FormState, { procedure, version }: ReceivedProcedure): Html {
  const { typed } = state
  const isTyped = typed['papersOf'] === procedure.code
  const known = html`<input type="hidden" name="papersOf" value="${procedure.code}">`
  if (version.components.length === 0)
    return html`${known}<p class="muted">Thủ tục chưa khai thành phần hồ sơ: hãy ghi ở ô giấy tờ khác.</p>`
  return html`${known}${fieldError(state, 'papers')}<ul class="papers">${each(version.components, (paper) => {
    const { position, name, required, original, copies } = paper
    const ticked = isTyped ? typed[`paper-${position}`] === '1' : required
    const form = (isTyped && typed[`form-${position}`]) || (original ? 'original' : 'copy')
    const count = (isTyped && typed[`copies-${position}`]) || String(Math.max(1, copies))
    return html`<li class="paper"><input id="f-paper-${position}" type="checkbox" name="paper-${position}" value="1"${when(ticked, () => html` checked`)}><label for="f-paper-${position}" title="${name}">${name}</label>${when(required, () => html`<em class="paper-missing">thiếu</em>`)}<select name="form-${position}" aria-label="Loại bản: ${name}" data-enter="skip">${each(Object.entries(PAPER_FORMS), ([value, label]) => html`<option value="${value}"${when(value === form, () => html` selected`)}>${label}</option>`)}</select><input name="copies-${position}" value="${count}" inputmode="numeric" maxlength="3" aria-label="Số bản: ${name}" data-enter="skip"></li>`
  })}</ul>`
}

/** Before a procedure is chosen. */
export const NO_PAPERS = html`<p class="muted">Hiện theo thủ tục.</p>`
