import type { ReceivedProcedure } from '../catalogue/received-procedures.ts'
import { type FormState, inputField, type Typed } from '../web/forms.ts'
import { type Html, html, NOTHING } from '../web/html.ts'
import { icon } from '../web/icons.ts'

/** Names of the required papers of the checklist that was shown which are not ticked. */
export function missingPapers({ procedure, version }: ReceivedProcedure, typed: Typed): readonly string[] {
  if (typed['papersOf'] !== procedure.code) return []
  return version.components
    .filter(({ required, position }) => required && typed[`paper-${position}`] !== '1')
    .map(({ name }) => name)
}

/** Why it is taken in all the same; empty where that was said of other papers than are missing now. */
export function missingReason(missing: readonly string[], typed: Typed): string {
  return typed['missingOf'] === keyOf(missing) ? (typed['missingReason'] ?? '') : ''
}

/** What is missing, where it is sent from, and why it is taken in all the same. */
export function missingView(state: FormState, chosen: ReceivedProcedure): Html {
  const missing = missingPapers(chosen, state.typed)
  if (missing.length === 0) return NOTHING
  const reason = { ...state, typed: { missingReason: missingReason(missing, state.typed) } }
  return html`<div class="intake-notice warn">${icon('overdue')}<div><p><strong>Còn thiếu ${missing.length} giấy tờ bắt buộc:</strong> ${missing.join('; ')}.</p><input type="hidden" name="missingOf" value="${keyOf(missing)}"><div class="beside">${inputField(reason, { name: 'missingReason', label: 'Tiếp nhận dù thiếu, vì:', maxLength: 500 })}</div></div></div>`
}

function keyOf(missing: readonly string[]): string {
  return missing.join('; ')
}
