import { type AccountRow, allAccounts } from '../../db/queries/accounts.ts'
import { type TokenRow, tokensOf } from '../../db/queries/tokens.ts'
import { type Catalogue, catalogueOf } from '../catalogue/catalogue.ts'
import { unitName } from '../catalogue/unit-choices.ts'
import type { Deps } from '../deps.ts'
import { type Instant, type LocalDay, localDayOf } from '../domain/calendar/day.ts'
import { formatCount } from '../domain/counting/rate-format.ts'
import { emptyNotice } from '../web/error-page.ts'
import { fullDay } from '../web/formats.ts'
import { type FormState, formView, inputField } from '../web/forms.ts'
import { each, type Html, html, when } from '../web/html.ts'
import { icon } from '../web/icons.ts'
import { listed } from './account-list.ts'
import { CLIENTS_HREF } from './account-words.ts'
import { LONGEST_NAME } from './create-account.ts'
import { endsSoon, isInForce } from './ending-tokens.ts'
import { unitField } from './post-form.ts'

type ViewDeps = Pick<Deps, 'db' | 'clock'>

/** The programs with how their tokens stand, and the form for another one. */
export function clientsBody({ db, clock }: ViewDeps, state: FormState): Html {
  const catalogue = catalogueOf(db)
  const now = clock.now()
  const today = localDayOf(now)
  const clients = allAccounts(db)
    .filter(({ kind }) => kind === 'client')
    .map((account) => ({ account, tokens: tokensOf(db, account.id) }))
  const fields = html`${inputField(state, { name: 'name', label: 'Tên phần mềm', required: true, maxLength: LONGEST_NAME, hint: 'Ví dụ: Cổng dịch vụ công tỉnh.' })}
<div class="form-row">${unitField(catalogue, today, state, true)}
${inputField(state, { name: 'username', label: 'Tên tài khoản', maxLength: 40, hint: 'Để trống: đặt theo tên phần mềm.' })}</div>`
  return html`<header class="page-head"><p class="page-kicker"><a href="/quan-tri">Quản trị</a></p><h1>Khoá API</h1><p class="lead">Phần mềm khác gọi API bằng khoá riêng, chỉ làm được những việc đã chọn, trong đơn vị của mình và đơn vị trực thuộc. Khoá có hạn và thu hồi được bất cứ lúc nào. Cách gọi: xem tại <code>/api/docs</code>.</p></header>
${clients.length === 0 ? emptyNotice('Chưa có phần mềm nào', 'Thêm phần mềm ở biểu mẫu bên dưới, rồi cấp khoá cho nó.') : clientTable(catalogue, today, now, clients)}
<section><h2>Thêm phần mềm</h2>${formView({ action: CLIENTS_HREF, state, fields, submit: 'Thêm phần mềm' })}</section>`
}

interface Client {
  readonly account: AccountRow
  readonly tokens: readonly TokenRow[]
}

function clientTable(catalogue: Catalogue, today: LocalDay, now: Instant, clients: readonly Client[]): Html {
  const rows = clients.map(({ account, tokens }) => {
    const inForce = tokens.filter((token) => isInForce(token, now))
    const used = tokens.flatMap(({ lastUsedOn }) => lastUsedOn ?? []).sort()
    const first = inForce.toSorted((a, b) => a.expiresAt - b.expiresAt)[0]
    return { ...listed(catalogue, account, today), inForce, first, lastUsedOn: used.at(-1) ?? null }
  })
  return html`<div class="scroll" role="region" aria-label="Phần mềm kết nối" tabindex="0"><table class="data people"><caption class="sr">Phần mềm kết nối</caption>
<thead><tr><th scope="col">Phần mềm</th><th scope="col">Đơn vị hôm nay</th><th scope="col" class="n">Khoá đang dùng</th><th scope="col">Hết hạn sớm nhất</th><th scope="col">Dùng gần nhất</th></tr></thead>
<tbody>${each(rows, ({ account, name, posts, inForce, first, lastUsedOn }) => html`<tr><th scope="row"><a href="${CLIENTS_HREF}/${account.username}">${name}</a>${when(account.disabledAt, () => html` <span class="tag overdue">${icon('overdue')}Đã khoá</span>`)}</th><td>${each(posts, ({ unitId }) => html`<span class="held">${unitName(catalogue.unitById.get(unitId), today)}</span>`)}</td><td class="n">${formatCount(inForce.length)}</td><td>${when(first, (token) => endView(token, now))}</td><td>${lastUsedOn === null ? html`<span class="muted">chưa dùng</span>` : html`<time>${fullDay(lastUsedOn)}</time>`}</td></tr>`)}</tbody></table></div>`
}

/** The last day of a token, marked where it is near. */
export function endView(token: TokenRow, now: Instant): Html {
  const day = html`<time>${fullDay(localDayOf(token.expiresAt))}</time>`
  return endsSoon(token, now)
    ? html`<span class="tag due_soon">${icon('due_soon')}${day} sắp hết hạn</span>`
    : day
}
