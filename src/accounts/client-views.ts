import type { AccountRow } from '../../db/queries/accounts.ts'
import { type TokenRow, tokensOf } from '../../db/queries/tokens.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import type { Deps } from '../deps.ts'
import { type Instant, localDayOf } from '../domain/calendar/day.ts'
import { fullDay, moment } from '../web/formats.ts'
import { EMPTY_FORM, type FormState, formView, inputField, refusalView, tickField } from '../web/forms.ts'
import { each, type Html, html, when } from '../web/html.ts'
import { PERMISSIONS } from './access.ts'
import { listed } from './account-list.ts'
import { CLIENTS_HREF, PEOPLE_HREF, stateTag } from './account-words.ts'
import { endView } from './clients-views.ts'
import { isInForce } from './ending-tokens.ts'
import { LONGEST_DAYS, SHORTEST_DAYS, TOKEN_SCOPES, USUAL_DAYS } from './issue-token.ts'
import { accountView, auditLink, type PersonDetail } from './person-views.ts'
import { unitField } from './post-form.ts'
import { postTable } from './post-table.ts'

export interface ClientDetail extends PersonDetail {
  /** The form of a token that was refused. */
  readonly issuing?: FormState
  /** A new token in clear, the one time it is shown. */
  readonly secret?: string
}

type ViewDeps = Pick<Deps, 'db' | 'clock'>

/** One program: its tokens, the form for another one, and the units in which it works. */
export function clientBody({ db, clock }: ViewDeps, detail: ClientDetail): Html {
  const { account, secret, issuing, giving, ending, refused } = detail
  const catalogue = catalogueOf(db)
  const now = clock.now()
  const today = localDayOf(now)
  const { name, state } = listed(catalogue, account, today)
  const href = `${PEOPLE_HREF}/${account.username}`
  const give = formView({
    action: `${href}/vi-tri`,
    state: giving ?? EMPTY_FORM,
    fields: html`<div class="form-row">${unitField(catalogue, today, giving ?? EMPTY_FORM, true)}${inputField(giving ?? EMPTY_FORM, { name: 'from', label: 'Từ ngày', type: 'date', required: true, value: today })}</div>`,
    submit: 'Thêm đơn vị',
  })
  return html`<header class="page-head"><p class="page-kicker"><a href="/quan-tri">Quản trị</a><a href="${CLIENTS_HREF}">Khoá API</a><code>${account.username}</code>${when(state !== 'active' && state, stateTag)}</p><h1>${name}</h1></header>
${when(refused, refusalView)}
${when(secret, secretView)}
<section><h2>Khoá API</h2>${tokenTable(tokensOf(db, account.id), account, now)}
<details class="account-more"${when(issuing, () => html` open`)}><summary>Cấp khoá mới</summary>${issueForm(account, issuing ?? EMPTY_FORM)}</details></section>
<section><h2>Đơn vị được làm việc</h2>${postTable({ catalogue, today, officerId: account.officerId, href, ending, isClient: true })}
<details class="account-more"${when(giving, () => html` open`)}><summary>Thêm đơn vị</summary>${give}</details></section>
<section><h2>Tài khoản</h2>${accountView(account, href, auditLink(catalogue.officerById.get(account.officerId)?.key ?? ''))}</section>`
}

function secretView(secret: string): Html {
  return html`<div class="shown-once" role="status"><p><strong>Khoá API, chỉ hiện lần này.</strong> Hãy chép ngay vào phần mềm dùng khoá; mất thì thu hồi và cấp khoá khác.</p><code>${secret}</code></div>`
}

function tokenTable(tokens: readonly TokenRow[], { username }: AccountRow, now: Instant): Html {
  if (tokens.length === 0) return html`<p class="muted">Chưa cấp khoá nào.</p>`
  return html`<div class="scroll" role="region" aria-label="Các khoá" tabindex="0"><table class="data tokens"><caption class="sr">Các khoá API</caption>
<thead><tr><th scope="col" class="n">Số</th><th scope="col">Dùng ở</th><th scope="col">Được làm</th><th scope="col">Cấp lúc</th><th scope="col">Hết hạn</th><th scope="col">Dùng gần nhất</th><th scope="col"><span class="sr">Việc</span></th></tr></thead>
<tbody>${each(tokens, (token) => html`<tr${when(!isInForce(token, now), () => html` class="over"`)}><td class="n">${token.id}</td><th scope="row">${token.label}</th><td><small>${scopeWords(token)}</small></td><td><time>${moment(token.createdAt)}</time></td><td>${standing(token, now)}</td><td>${token.lastUsedOn === null ? html`<span class="muted">chưa dùng</span>` : html`<time>${fullDay(token.lastUsedOn)}</time>`}</td><td class="acts">${when(isInForce(token, now), () => html`<form method="post" action="${CLIENTS_HREF}/${username}/thu-hoi"><button class="button" type="submit" name="token" value="${token.id}">Thu hồi</button></form>`)}</td></tr>`)}</tbody></table></div>`
}

function standing(token: TokenRow, now: Instant): Html {
  if (token.revokedAt !== null) return html`<span class="muted">thu hồi ${moment(token.revokedAt)}</span>`
  if (token.expiresAt <= now)
    return html`<span class="muted">đã hết hạn ${fullDay(localDayOf(token.expiresAt))}</span>`
  return endView(token, now)
}

function scopeWords({ scopes }: TokenRow): string {
  const known = TOKEN_SCOPES.filter((scope) => scopes.includes(scope))
  return known.map((scope) => PERMISSIONS[scope].label).join('; ')
}

function issueForm({ username }: AccountRow, state: FormState): Html {
  const fields = html`<div class="form-row">${inputField(state, { name: 'label', label: 'Dùng ở đâu', required: true, maxLength: 100, hint: 'Ví dụ: máy chủ Cổng tỉnh, bản thử.' })}
${inputField(state, { name: 'days', label: 'Thời hạn (ngày)', type: 'number', required: true, value: String(USUAL_DAYS), hint: `Từ ${SHORTEST_DAYS} đến ${LONGEST_DAYS} ngày.` })}</div>
<fieldset class="ticks"><legend>Được làm</legend>${each(TOKEN_SCOPES, (scope) => tickField(state, { name: `scope-${scope}`, label: PERMISSIONS[scope].label }))}</fieldset>`
  return formView({ action: `${CLIENTS_HREF}/${username}/khoa`, state, fields, submit: 'Cấp khoá' })
}
