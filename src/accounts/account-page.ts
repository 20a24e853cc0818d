import type { FastifyInstance } from 'fastify'
import type { AccountRow } from '../../db/queries/accounts.ts'
import { identityOf } from '../../db/queries/external-identities.ts'
import { removeSession, removeSessionsOf, type SessionRow, sessionsOf } from '../../db/queries/sessions.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import { unitName } from '../catalogue/unit-choices.ts'
import type { Deps } from '../deps.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import { RuleError } from '../domain/refusals.ts'
import type { PageOptions } from '../page-options.ts'
import { shortMoment } from '../web/formats.ts'
import { typedIn } from '../web/forms.ts'
import { each, type Html, html, when } from '../web/html.ts'
import type { Show } from '../web/layout.ts'
import type { ExternalService } from './external-service.ts'
import { LINK_PAGE } from './link-page.ts'
import { postsOn } from './posts.ts'
import type { Principal } from './principal.ts'
import { ROLE_LABELS } from './roles.ts'
import { idleSince } from './session.ts'

const PAGE = '/tai-khoan'

/** `/tai-khoan`: who one is here, what one may, and every place where one is signed in. */
export function accountPage(app: FastifyInstance, options: PageOptions, show: Show): void {
  const { deps, writer } = options
  app.get(PAGE, (request, reply) => {
    const principal = request.principal!
    const { account, session, name } = principal
    const now = deps.clock.now()
    const live = sessionsOf(deps.db, account.id).filter(
      ({ completedAt, expiresAt, lastSeenAt }) =>
        completedAt !== null && expiresAt > now && lastSeenAt > idleSince(deps, now),
    )
    const body = html`<header class="page-head"><h1>${name}</h1><p class="lead">Tên đăng nhập ${account.username}</p></header>
<section><h2>Vị trí và vai trò hôm nay</h2>${roles(deps, principal)}
${when(principal.actor, () => html`<p><a href="/uy-quyen">Uỷ quyền khi vắng mặt</a></p>`)}</section>
<section><h2>Đăng nhập</h2><ul class="account-ways">
<li><a href="/tai-khoan/mat-khau">Đổi mật khẩu</a>${when(account.passwordSetAt, (at) => html` <span class="muted">đặt lúc ${shortMoment(at)}</span>`)}</li>
<li><a href="/tai-khoan/hai-lop">Xác thực hai lớp</a> <span class="muted">${account.totpConfirmedAt === null ? 'chưa bật' : `bật từ ${shortMoment(account.totpConfirmedAt)}`}</span></li>
${when(options.external, (service) => identityLine(deps, service, account))}</ul></section>
<section><h2>Phiên đang mở</h2>${sessionTable(live, session)}</section>`
    return show(reply, { title: 'Tài khoản', area: '', body })
  })
  app.post(`${PAGE}/phien`, async (request, reply) => {
    const { account, session } = request.principal!
    const { phien: which = '' } = typedIn(request.body)
    await writer.write(() => {
      const ended =
        which === 'khac'
          ? removeSessionsOf(deps.db, account.id, session?.id ?? null)
          : Number(removeSession(deps.db, account.id, Number(which)))
      if (ended === 0 && which !== 'khac') throw new RuleError('unknown_session')
      recordAudit(deps, {
        kind: 'session_revoked',
        actorId: account.officerId,
        data: { account: account.id, ended, ...(which !== 'khac' && { session: Number(which) }) },
      })
    })
    return reply.redirect(PAGE, 303)
  })
}

function roles({ db, clock }: Deps, { account, actor }: Principal): Html {
  const catalogue = catalogueOf(db)
  const today = localDayOf(clock.now())
  const posts = postsOn(catalogue, account.officerId, today)
  const wide = (actor?.roles ?? []).filter((role) => role === 'administrator' || role === 'auditor')
  if (posts.length === 0 && wide.length === 0)
    return html`<p class="muted">Hôm nay ông/bà không giữ vị trí nào. Hãy nhờ quản trị viên ghi vị trí.</p>`
  return html`<ul class="account-roles">${each(wide, (role) => html`<li><strong>${ROLE_LABELS[role]}</strong> <span>toàn hệ thống</span></li>`)}
${each(posts, (post) => html`<li><strong>${ROLE_LABELS[post.role]}</strong> <span>${post.title}, ${unitName(catalogue.unitById.get(post.unitId), today)}</span>${when(post.onBehalfOfId, (id) => html` <span class="muted">thay ${catalogue.officerById.get(id)?.name ?? ''}</span>`)}</li>`)}</ul>`
}

/** Whether one may sign in through the other service too. */
function identityLine({ db }: Deps, { issuer, name }: ExternalService, { id }: AccountRow): Html {
  const linked = identityOf(db, id, issuer)
  if (linked === null)
    return html`<li><a href="${LINK_PAGE}">Liên kết với ${name}</a> <span class="muted">để đăng nhập không cần mật khẩu ở đây</span></li>`
  return html`<li class="account-linked"><span>Đã liên kết với ${name}</span> <span class="muted">từ ${shortMoment(linked.linkedAt)}</span> <form method="post" action="${LINK_PAGE}/go"><button class="quiet" type="submit">Gỡ liên kết</button></form></li>`
}

function sessionTable(sessions: readonly SessionRow[], own: SessionRow | null): Html {
  const others = sessions.length > 1
  return html`<div class="scroll" role="region" aria-label="Phiên đang mở" tabindex="0"><table class="data sessions">
<thead><tr><th scope="col">Trình duyệt</th><th scope="col">Máy</th><th scope="col">Bắt đầu</th><th scope="col">Dùng gần nhất</th><th scope="col"><span class="sr">Việc</span></th></tr></thead>
<tbody>${each(sessions, ({ id, browser, address, createdAt, lastSeenAt }) => html`<tr><td>${browser}</td><td>${address ?? '–'}</td><td>${shortMoment(createdAt)}</td><td>${shortMoment(lastSeenAt)}</td><td>${id === own?.id ? html`<span class="muted">phiên này</span>` : endButton(String(id), 'Kết thúc')}</td></tr>`)}</tbody></table></div>
${when(others, () => endButton('khac', 'Kết thúc mọi phiên khác'))}`
}

function endButton(which: string, words: string): Html {
  return html`<form method="post" action="${PAGE}/phien"><button class="quiet" name="phien" value="${which}" type="submit">${words}</button></form>`
}
