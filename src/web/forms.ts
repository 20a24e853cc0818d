import { randomUUID } from 'node:crypto'
import { type RefusalCode, RuleError } from '../domain/refusals.ts'
import { each, type Html, html, when } from './html.ts'
import { icon } from './icons.ts'

/** What was typed, by field: a refused form comes back with all of it. */
export type Typed = Readonly<Record<string, string>>

/** A form as it is shown: empty the first time, with what was typed and what is wrong when it was refused. */
export interface FormState {
  readonly typed: Typed
  /** The sentence of the refusal; null the first time. */
  readonly refusal: string | null
  readonly code?: RefusalCode
  /** The field the refusal is about, where it is one. */
  readonly field?: string | undefined
  /** Address of what this form had made already, where it is known. */
  readonly saved?: string | undefined
}

export const EMPTY_FORM: FormState = { typed: {}, refusal: null }

/** Field that carries a key of its own through every send of one form, so that two clicks do one thing. */
const ONCE = 'once'

/** The fields of a form body as text, blanks at the ends removed; a field sent twice keeps the last. */
export function typedIn(body: unknown): Typed {
  const entries = Object.entries((body ?? {}) as Record<string, unknown>)
  return Object.fromEntries(
    entries.map(([name, value]) => [name, String(Array.isArray(value) ? value.at(-1) : value).trim()]),
  )
}

/** The key under which this form is done once. */
export function onceKeyOf(typed: Typed): string | undefined {
  return typed[ONCE] || undefined
}

/** What a form says, whichever of its buttons was pressed: what is compared when it is sent again. */
export function contentOf({ do: _, ...content }: Typed): Typed {
  return content
}

/** Where to look at what a form made: the number of that, or of the request that waits for approval. */
type SavedAt = (id: number, waiting: boolean) => string

/** Runs `work`; a refusal by a rule gives the form back as it was typed. Anything else is thrown on. */
export async function orRefused<T>(
  typed: Typed,
  work: () => T | Promise<T>,
  savedAt?: SavedAt,
): Promise<{ readonly done: T } | { readonly state: FormState }> {
  try {
    return { done: await work() }
  } catch (error) {
    if (!(error instanceof RuleError)) throw error
    if (error.code === 'idempotency_mismatch') return { state: sentBefore(typed, error, savedAt) }
    return { state: { typed, refusal: error.message, code: error.code } }
  }
}

/** A page was come back to, changed and sent: looked at once more it goes out under a key of its own. */
function sentBefore(
  { [ONCE]: _, ...typed }: Typed,
  { params, code }: RuleError,
  savedAt?: SavedAt,
): FormState {
  const saved = savedAt?.(Number(params['id']), params['waiting'] === 1)
  return { typed, refusal: SENT_BEFORE, code, saved }
}

export const SENT_BEFORE =
  'Biểu mẫu này đã được gửi và đã lưu trước đó; nội dung vừa gửi khác lần ấy nên chưa được ghi. Hãy xem lại việc đã lưu; nếu đây là việc mới, hãy gửi lần nữa.'

interface FormView {
  readonly action: string
  readonly state: FormState
  readonly fields: Html
  /** What the one button says. */
  readonly submit: string | Html
  /** Links and further buttons beside it. */
  readonly beside?: Html
}

/** A form with its refusal on top and one primary button below. */
export function formView({ action, state, fields, submit, beside = html`` }: FormView): Html {
  return html`<form class="form" method="post" action="${action}">
${onceInput(state)}
${refusalView(state)}
${fields}
<p class="form-end"><button class="button primary" type="submit">${submit}</button>${beside}</p>
</form>`
}

/** The key of one form; a refused one keeps it. */
export function onceInput({ typed }: FormState = EMPTY_FORM): Html {
  return html`<input type="hidden" name="${ONCE}" value="${typed[ONCE] ?? randomUUID()}">`
}

/** Why the form was not taken, in words that say what to do. */
export function refusalView({ refusal, field, saved }: FormState): Html {
  return when(refusal, (sentence) => {
    const words = field === undefined ? html`${sentence}` : html`<a href="#f-${field}">${sentence}</a>`
    return html`<p class="form-refusal" role="alert">${icon('overdue', 20)}<span>${words}${when(saved, (href) => html` <a href="${href}" target="_blank">Mở việc đã lưu</a>`)}</span></p>`
  })
}

interface Field {
  readonly name: string
  readonly label: string
  readonly hint?: string
  readonly required?: boolean
}

type InputType = 'text' | 'password' | 'date' | 'time' | 'datetime-local' | 'number' | 'tel' | 'search'

/** One line of text, a day, an hour or a number. `value`: what stands there the first time. */
export function inputField(
  state: FormState,
  field: Field & {
    readonly type?: InputType
    readonly value?: string
    readonly maxLength?: number
    /** Id of the datalist with what may be typed. */
    readonly list?: string
    /** Where the page begins to be typed into. */
    readonly first?: boolean
    /** What the browser may fill in, `current-password` for example; left out: nothing. */
    readonly autocomplete?: string
    readonly inputMode?: 'numeric'
    /** What holds while nothing is typed. */
    readonly placeholder?: string
  },
): Html {
  const { typed } = state
  const { name, type = 'text', value = '', required, maxLength, list } = field
  const first = state.field === undefined ? field.first : state.field === name
  const { autocomplete = 'off', inputMode, placeholder } = field
  // A password is never sent back.
  const shown = type === 'password' ? '' : (typed[name] ?? value)
  return labelled(
    state,
    field,
    html`<input id="f-${name}" name="${name}" type="${type}" value="${shown}"${when(required, () => html` required`)}${when(maxLength, (n) => html` maxlength="${n}"`)}${when(list, (id) => html` list="${id}"`)}${when(first, () => html` autofocus`)}${when(inputMode, (mode) => html` inputmode="${mode}"`)}${when(placeholder, (words) => html` placeholder="${words}"`)}${described(state, field)} autocomplete="${autocomplete}">`,
  )
}

export function textField(state: FormState, field: Field & { readonly rows?: number }): Html {
  const { name, required, rows = 3 } = field
  const first = state.field === name
  return labelled(
    state,
    field,
    html`<textarea id="f-${name}" name="${name}" rows="${rows}"${when(required, () => html` required`)}${when(first, () => html` autofocus`)}${described(state, field)}>${state.typed[name] ?? ''}</textarea>`,
  )
}

export interface Option {
  readonly value: string
  readonly label: string
}

/** `blank`: the words of the empty choice. */
export function choiceField(
  state: FormState,
  field: Field & { readonly options: readonly Option[]; readonly blank?: string; readonly value?: string },
): Html {
  const { name, options, blank, value, required } = field
  const chosen = state.typed[name] ?? value
  return labelled(
    state,
    field,
    html`<select id="f-${name}" name="${name}"${when(required, () => html` required`)}${described(state, field)}>${when(blank, (words) => html`<option value="">${words}</option>`)}${each(options, (option) => html`<option value="${option.value}"${when(option.value === chosen, () => html` selected`)}>${option.label}</option>`)}</select>`,
  )
}

/** A box to tick; ticked sends `1`. */
export function tickField({ typed }: FormState, { name, label, hint }: Field): Html {
  return html`<div class="field tick"><input id="f-${name}" name="${name}" type="checkbox" value="1"${when(typed[name] === '1', () => html` checked`)}><label for="f-${name}">${label}</label>${when(hint, (words) => html`<small id="h-${name}">${words}</small>`)}</div>`
}

function labelled(state: FormState, field: Field, control: Html): Html {
  const { name, label, hint, required } = field
  return html`<div class="field"><label for="f-${name}">${label}${when(required, () => html` <span class="needed" aria-hidden="true">*</span>`)}</label>${control}${when(hint, (words) => html`<small id="h-${name}">${words}</small>`)}${fieldError(state, name)}</div>`
}

/** What is wrong with a field, at the field. */
export function fieldError(state: FormState, name: string): Html {
  return when(
    state.field === name && state.refusal,
    (sentence) => html`<small class="field-error" id="e-${name}">${sentence}</small>`,
  )
}

function described(state: FormState, { name, hint }: Field): Html {
  const isWrong = state.field === name && state.refusal !== null
  const ids = [hint !== undefined && `h-${name}`, isWrong && `e-${name}`].filter((id) => id !== false)
  const wrong = when(isWrong, () => html` aria-invalid="true"`)
  return ids.length === 0 ? wrong : html`${wrong} aria-describedby="${ids.join(' ')}"`
}
