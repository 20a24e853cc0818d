import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { waitingCorrectionsOf } from '../../db/queries/correction-requests.ts'
import type { StoredDossier } from '../../db/queries/dossiers.ts'
import { type Instant, localDayOf, parseInstant } from '../domain/calendar/day.ts'
import { type Act, actsFrom, TRANSITIONS } from '../domain/life-cycle/life-cycle.ts'
import { RuleError } from '../domain/refusals.ts'
import { dossierAt } from '../dossiers/dossier-at.ts'
import { dossierHref } from '../dossiers/dossier-table.ts'
import { notBefore } from '../dossiers/typed-moment.ts'
import type { PageOptions } from '../page-options.ts'
import { actorOf } from '../web/actor.ts'
import { emptyNotice } from '../web/error-page.ts'
import {
  choiceField,
  EMPTY_FORM,
  type FormState,
  formView,
  inputField,
  type Typed,
  textField,
  typedIn,
} from '../web/forms.ts'
import { html } from '../web/html.ts'
import type { Show } from '../web/layout.ts'
import { enterFromForm } from './enter-from-form.ts'
import type { Entry } from './entry.ts'
import { waitingView } from './waiting-view.ts'

const CLOSING = ['finish', 'return_result', 'withdraw', 'stop'] as const
type Closing = (typeof CLOSING)[number]

interface Route {
  readonly Params: { readonly code: string }
}

/** `/ho-so/:code/khep`: done, but not clicked. Closes a dossier at the moment at which that really happened. */
export function closePage(app: FastifyInstance, options: PageOptions, show: Show): void {
  const { deps } = options
  const page = (reply: FastifyReply, dossier: StoredDossier, state: FormState = EMPTY_FORM) => {
    const status = state.refusal === null ? 200 : 422
    const title = `Khép hồ sơ ${dossier.code ?? ''}`
    const body = html`<header class="page-head"><p class="page-kicker"><a href="${dossierHref(dossier)}">${dossier.code ?? 'Hồ sơ'}</a></p><h1>Khép với thời điểm thực</h1>
<p class="lead">Ghi đúng lúc việc đã xảy ra. Đúng hay quá hạn được xét theo lúc ấy; ghi muộn hơn ngày làm việc kế tiếp thì hồ sơ mang dấu “khép muộn”.</p></header>
${waitingView(waitingCorrectionsOf(deps.db, dossier.id), false)}
${formOf(dossier, state)}`
    return show(reply, { title, area: '/ho-so', status, body })
  }
  app.get<Route>('/ho-so/:code/khep', (request, reply) =>
    page(reply, dossierAt(deps, actorOf(request), request.params.code)),
  )
  app.post<Route>('/ho-so/:code/khep', async (request: FastifyRequest<Route>, reply) => {
    const typed = typedIn(request.body)
    const dossier = dossierAt(deps, actorOf(request), request.params.code)
    const outcome = await enterFromForm(options, request, typed, () =>
      entryOf(dossier, typed, deps.clock.now()),
    )
    return 'state' in outcome
      ? page(reply, dossier, outcome.state)
      : reply.redirect(dossierHref(dossier), 303)
  })
}

function formOf(dossier: StoredDossier, state: FormState) {
  const acts = CLOSING.filter((act) => actsFrom(dossier.state).includes(act))
  if (acts.length === 0)
    return emptyNotice(
      'Hồ sơ này không còn gì để khép',
      'Muốn sửa một lần khép sai, hãy nhờ người đứng đầu mở lại.',
    )
  const fields = html`<div class="form-row">${choiceField(state, { name: 'act', label: 'Việc đã xảy ra', options: acts.map((act) => ({ value: act, label: TRANSITIONS[act].label })), required: true })}${inputField(state, { name: 'at', label: 'Thời điểm thực', type: 'datetime-local', required: true, hint: 'Lúc việc ấy đã xảy ra, không phải lúc ghi.' })}</div>
${acts.includes('finish') ? choiceField(state, { name: 'outcome', label: 'Kết quả', blank: 'Không phải “Có kết quả”', value: 'granted', options: OUTCOMES }) : html``}
${textField(state, { name: 'reason', label: 'Lý do ghi muộn, rút hoặc dừng', hint: 'Bắt buộc khi thời điểm thực trước hôm nay, hoặc khi rút, dừng.' })}`
  return formView({
    action: `${dossierHref(dossier)}/khep`,
    state,
    fields,
    submit: 'Khép hồ sơ',
    beside: html`<a href="${dossierHref(dossier)}">Thôi</a>`,
  })
}

const OUTCOMES = [
  { value: 'granted', label: 'Đồng ý' },
  { value: 'partly', label: 'Đồng ý một phần' },
  { value: 'refused', label: 'Từ chối giải quyết' },
] as const

function entryOf(dossier: StoredDossier, typed: Typed, now: Instant): Entry {
  const act = CLOSING.find((each) => each === typed['act']) as Closing & Act
  if (!typed['at']) throw new RuleError('moment_required', { act: TRANSITIONS[act].label })
  const at = notBefore(dossier.lastOccurredAt, parseInstant(typed['at'] ?? ''))
  const reason = typed['reason'] || undefined
  const outcome = OUTCOMES.find(({ value }) => value === typed['outcome'])?.value
  if (reason === undefined && localDayOf(at) < localDayOf(now)) {
    throw new RuleError('reason_required', { act: `${TRANSITIONS[act].label} với thời điểm thực` })
  }
  return {
    kind: 'act',
    which: dossier.id,
    request: { act, at, reason, ...(act === 'finish' && outcome !== undefined && { outcome }) },
  }
}
