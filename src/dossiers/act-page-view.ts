import { localDayOf } from '../domain/calendar/day.ts'
import { STATE_LABELS, TRANSITIONS } from '../domain/life-cycle/life-cycle.ts'
import { capital } from '../web/formats.ts'
import { formView, type Typed } from '../web/forms.ts'
import { type Html, html, NOTHING, when } from '../web/html.ts'
import { icon } from '../web/icons.ts'
import type { ActEffect } from './act-effect.ts'
import { actEffectView } from './act-effect-view.ts'
import { type ActFormView, actFields } from './act-form.ts'
import { describeAct } from './act-words.ts'
import { conflictView } from './conflict-view.ts'
import { dossierHref } from './dossier-table.ts'
import { standingOf } from './due-standing.ts'
import { dueView } from './due-view.ts'
import type { PersonView } from './masked-person.ts'
import { presenceView } from './presence-view.ts'

type Since = Pick<Parameters<typeof conflictView>[0], 'seen' | 'events' | 'texts'>

interface ActPageView {
  readonly view: ActFormView
  readonly effect: ActEffect
  readonly isOffered: boolean
  readonly barred: string | null
  readonly applicant: PersonView | null
  readonly others: string | null
  /** What others did since the form was opened; null: nothing. */
  readonly since: Since | null
}

/** The form of an act beside its effect; after somebody was quicker, beside what they did. */
export function actBody(page: ActPageView): Html {
  const { view, others, since } = page
  return html`${head(page)}
${presenceView(view.dossier, others)}
${when(since, () => STALE)}
<div class="act-page" data-page-keys>
<div>${page.isOffered ? form(page) : notNow(page)}</div>
<div>${since === null ? NOTHING : conflictView({ ...since, catalogue: view.catalogue, today: localDayOf(view.now) })}${page.isOffered ? effectOf(page) : NOTHING}</div>
<a class="sr-only-link" data-key="Escape" href="${dossierHref(view.dossier)}" hidden>Về hồ sơ</a>
</div>`
}

function head({ view, applicant }: ActPageView): Html {
  const { act, dossier, catalogue, calendar, now } = view
  const standing = standingOf(dossier, calendar, localDayOf(now))
  const procedure = catalogue.procedureById.get(dossier.procedureId)
  return html`<header class="page-head"><p class="page-kicker"><a href="${dossierHref(dossier)}">${dossier.code ?? dossier.slipNumber ?? 'Hồ sơ'}</a><span>${applicant?.name ?? 'Không rõ người nộp'}</span><span class="clip-long">${procedure?.name}</span>${when(standing, (stands) => (dossier.dueOn === null ? NOTHING : dueView(dossier.dueOn, stands)))}</p>
<h1>${TRANSITIONS[act].label}</h1>
<p class="lead">${capital(describeAct(act))}</p></header>`
}

export const STALE = html`<p class="form-refusal stale" role="alert">${icon('info', 20)}<span>Hồ sơ đã được người khác thay đổi từ lúc ông/bà mở trang này; chưa có gì được ghi. Nội dung đã nhập còn nguyên: xem điều vừa đổi rồi làm tiếp.</span></p>`

function form({ view, since }: ActPageView): Html {
  const { act, dossier } = view
  // The sentence of a stale form stands above both columns.
  const state = since === null ? view.state : { ...view.state, refusal: null }
  const look = html`<button class="button" type="submit" name="look" value="1" formnovalidate data-look>Xem trước</button>`
  return html`<div data-act-form>${when(since, () => html`<h2 class="typed-head">Nội dung ông/bà đã nhập</h2>`)}${formView(
    {
      action: `${dossierHref(dossier)}/viec/${act}`,
      state,
      fields: html`<input type="hidden" name="version" value="${dossier.version}">${actFields({ ...view, state })}`,
      submit: html`${since === null ? TRANSITIONS[act].label : 'Làm tiếp trên bản mới'} <kbd aria-hidden="true">Ctrl ↵</kbd>`,
      beside: html`${look}<a href="${dossierHref(dossier)}">Thôi</a>`,
    },
  )}</div>`
}

function effectOf({ view, effect }: ActPageView): Html {
  const { act, calendar, now } = view
  return actEffectView({ act, effect, calendar, today: localDayOf(now) })
}

/** Why not, and what was typed, to be copied. */
function notNow({ view, barred, effect }: ActPageView): Html {
  const { act, dossier, state } = view
  const label = TRANSITIONS[act].label
  const why =
    barred ??
    (effect.after === null && effect.refusal !== null
      ? effect.refusal
      : `Không “${label}” được khi hồ sơ ở trạng thái “${STATE_LABELS[dossier.state]}”, hoặc việc này dành cho người đứng đầu.`)
  return html`<div class="not-now"><p class="form-refusal" role="alert">${icon('info', 20)}<span>${why}</span></p>
${when(typedText(state.typed), (text) => html`<div class="field"><label for="da-nhap">Nội dung đã nhập</label><textarea id="da-nhap" rows="6" readonly>${text}</textarea><p class="form-end"><button class="button" type="button" data-copy="#da-nhap" hidden>Chép nội dung</button></p></div>`)}
<p><a class="button" href="${dossierHref(dossier)}">Về hồ sơ</a></p></div>`
}

function typedText({ reason = '', note = '', overdueReason = '' }: Typed): string | null {
  return [reason, note, overdueReason].filter(Boolean).join('\n') || null
}
