import type { AccountRow } from '../../db/queries/accounts.ts'
import { lastSignInAt } from '../../db/queries/audit.ts'
import { identitiesOf } from '../../db/queries/external-identities.ts'
import { type SessionRow, sessionsOf } from '../../db/queries/sessions.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import type { Deps } from '../deps.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import { moment } from '../web/formats.ts'
import { EMPTY_FORM, type FormState, formView, onceInput, refusalView } from '../web/forms.ts'
import { each, type Html, html, when } from '../web/html.ts'
import { type Holder, listed } from './account-list.ts'
import { PEOPLE_HREF, stateTag } from './account-words.ts'
import { postFields } from './post-form.ts'
import { postTable } from './post-table.ts'
import { INSTALLATION_ROLES, ROLE_LABELS } from './roles.ts'
import { ROUTES } from './routes.ts'
import { idleSince } from './session.ts'

export interface PersonDetail {
  readonly account: AccountRow
  /** The form of a post, or of a token, that was refused. */
  readonly giving?: FormState
  readonly ending?: { readonly post: number; readonly state: FormState }
  /** A button that was refused. */
  readonly refused?: FormState
}

type ViewDeps = Pick<Deps, 'db' | 'clock'>

/** One person: posts with their days, roles, how they sign in, where they are signed in. */
export function personBody(deps: ViewDeps, detail: PersonDetail): Html {
  const { db, clock } = deps
  const { account, giving, ending, refused } = detail
  const catalogue = catalogueOf(db)
  const today = localDayOf(clock.now())
  const { name, state, wide } = listed(catalogue, account, today)
  const href = `${PEOPLE_HREF}/${account.username}`
  const posts = postTable({ catalogue, today, officerId: account.officerId, href, ending })
  const give = formView({
    action: `${href}/vi-tri`,
    state: giving ?? EMPTY_FORM,
    fields: postFields(catalogue, today, giving ?? EMPTY_FORM, true),
    submit: 'Ghi vị trí',
  })
  return html`<header class="page-head"><p class="page-kicker"><a href="/quan-tri">Quản trị</a><a href="${PEOPLE_HREF}">Người dùng</a><code>${account.username}</code>${stateTag(state)}</p><h1>${name}</h1></header>
${when(refused, refusalView)}
<section><h2>Vị trí</h2>${posts}
<details class="account-more"${when(giving, () => html` open`)}><summary>Ghi vị trí mới</summary>${give}</details></section>
<section><h2>Vai trò toàn hệ thống</h2>${wideView(href, wide)}</section>
<section><h2>Đăng nhập</h2>${signInView(deps, account, href)}</section>
<section><h2>Phiên đang mở</h2>${sessionsView(deps, account, href)}</section>
<section><h2>Tài khoản</h2>${accountView(account, href, auditLink(catalogue.officerById.get(account.officerId)?.key ?? ''))}</section>`
}

function wideView(href: string, wide: Holder['wide']): Html {
  return html`<ul class="account-lines">${each(INSTALLATION_ROLES, (role) => {
    const held = wide.includes(role)
    return html`<li><span><strong>${ROLE_LABELS[role]}</strong> <span class="muted">${held ? 'đang giữ' : 'không giữ'}</span></span><form method="post" action="${href}/vai-tro"><input type="hidden" name="role" value="${role}"><input type="hidden" name="held" value="${held ? '' : '1'}"><button class="button" type="submit">${held ? `Thôi ${ROLE_LABELS[role].toLowerCase()}` : `Giao ${ROLE_LABELS[role].toLowerCase()}`}</button></form></li>`
  })}</ul>`
}

function signInView({ db, clock }: ViewDeps, account: AccountRow, href: string): Html {
  const last = lastSignInAt(db, account.officerId)
  const linked = identitiesOf(db, account.id)
  return html`<ul class="account-lines">
<li><span><strong>Mật khẩu</strong> <span class="muted">${passwordWords(account, clock.now())}</span></span><form method="post" action="${href}/mat-khau">${onceInput()}<button class="button" type="submit">Đặt lại mật khẩu</button></form></li>
<li><span><strong>Xác thực hai lớp</strong> <span class="muted">${account.totpConfirmedAt === null ? 'chưa bật' : `bật từ ${moment(account.totpConfirmedAt)}`}</span></span>${when(account.totpConfirmedAt, () => html`<form method="post" action="${href}/hai-lop"><button class="button" type="submit">Gỡ vì mất máy</button></form>`)}</li>
${each(
  linked,
  ({
    issuer,
    linkedAt,
  }) => html`<li><span><strong>Đăng nhập qua dịch vụ khác</strong> <span class="muted">liên kết với ${new URL(issuer).host} từ ${moment(linkedAt)}; đặt lại mật khẩu không gỡ</span></span><form method="post" action="${href}/lien-ket"><button class="button" type="submit">Gỡ liên kết</button></form></li>
`,
)}<li><span><strong>Đăng nhập gần nhất</strong> <span class="muted">${last === null ? 'chưa lần nào' : moment(last)}</span></span></li></ul>`
}

function passwordWords({ passwordSetAt, temporaryUntil }: AccountRow, now: number): string {
  if (passwordSetAt === null) return 'chưa có'
  if (temporaryUntil === null) return `của người dùng, đặt lúc ${moment(passwordSetAt)}`
  return temporaryUntil > now
    ? `tạm, chưa đổi, dùng được đến ${moment(temporaryUntil)}; không thấy phiếu thì đặt lại`
    : `tạm, đã hết hạn lúc ${moment(temporaryUntil)}; hãy đặt lại`
}

function sessionsView(deps: ViewDeps, { id }: AccountRow, href: string): Html {
  const now = deps.clock.now()
  const live = sessionsOf(deps.db, id).filter(
    ({ expiresAt, lastSeenAt }) => expiresAt > now && lastSeenAt > idleSince(deps, now),
  )
  if (live.length === 0) return html`<p class="muted">Không có phiên nào đang mở.</p>`
  return html`<div class="scroll" role="region" aria-label="Phiên đang mở" tabindex="0"><table class="data sessions">
<thead><tr><th scope="col">Trình duyệt</th><th scope="col">Máy</th><th scope="col">Bắt đầu</th><th scope="col">Dùng gần nhất</th></tr></thead>
<tbody>${each(live, sessionRow)}</tbody></table></div>
<form class="account-more" method="post" action="${href}/phien"><button class="button" type="submit">Kết thúc mọi phiên</button></form>`
}

function sessionRow({ browser, address, createdAt, lastSeenAt }: SessionRow): Html {
  return html`<tr><td>${browser}</td><td>${address ?? '–'}</td><td><time>${moment(createdAt)}</time></td><td><time>${moment(lastSeenAt)}</time></td></tr>`
}

/** Disabling or enabling, with what it means; and what the audit has of the person. */
export function accountView({ createdAt, disabledAt }: AccountRow, href: string, audit: Html): Html {
  const stands =
    disabledAt === null
      ? `tạo lúc ${moment(createdAt)}`
      : `khoá lúc ${moment(disabledAt)}; không đăng nhập được`
  const [path, label] = disabledAt === null ? ['khoa', 'Khoá tài khoản'] : ['mo-khoa', 'Mở khoá']
  return html`<ul class="account-lines"><li><span><strong>Tình trạng</strong> <span class="muted">${stands}</span></span><form method="post" action="${href}/${path}"><button class="button" type="submit">${label}</button></form></li></ul>
${audit}`
}

const AUDIT_HREF = '/quan-tri/nhat-ky'

/** Nothing where this version has no page of the audit. */
export function auditLink(officer: string): Html {
  const exists = Object.hasOwn(ROUTES, `GET ${AUDIT_HREF}`)
  return when(
    exists,
    () =>
      html`<p class="account-more"><a href="${AUDIT_HREF}?person=${encodeURIComponent(officer)}">Nhật ký kiểm tra của người này</a></p>`,
  )
}
