import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { allAccounts, findAccount } from '../../db/queries/accounts.ts'
import { type Catalogue, catalogueOf } from '../catalogue/catalogue.ts'
import { type LocalDay, localDayOf } from '../domain/calendar/day.ts'
import type { PageOptions } from '../page-options.ts'
import { actorOf } from '../web/actor.ts'
import {
  choiceField,
  EMPTY_FORM,
  type FormState,
  formView,
  inputField,
  type Option,
  onceKeyOf,
  orRefused,
  tickField,
  typedIn,
} from '../web/forms.ts'
import { type Html, html } from '../web/html.ts'
import type { Show } from '../web/layout.ts'
import { secretOnce } from '../web/secret-once.ts'
import { heldWords, PEOPLE_HREF } from './account-words.ts'
import { LONGEST_NAME } from './create-account.ts'
import { addressOf, handoutPage } from './handout.ts'
import { openAccount } from './open-account.ts'
import { hashPassword, randomPassword } from './passwords.ts'
import { postFields, postIn } from './post-form.ts'
import { postsOn } from './posts.ts'
import { INSTALLATION_ROLES } from './roles.ts'

const PAGE = `${PEOPLE_HREF}/moi`

/** `/quan-tri/nguoi-dung/moi`: an account for an officer who is known, or for somebody new. */
export function newPersonPage(app: FastifyInstance, { deps, writer, site }: PageOptions, show: Show): void {
  const form = (reply: FastifyReply, state: FormState) => {
    const catalogue = catalogueOf(deps.db)
    const body = newPersonBody(catalogue, localDayOf(deps.clock.now()), officerOptions(), state)
    const status = state.refusal === null ? 200 : 422
    return show(reply, { title: 'Tạo tài khoản', area: '/quan-tri', status, body })
  }
  const officerOptions = (): readonly Option[] => {
    const catalogue = catalogueOf(deps.db)
    const today = localDayOf(deps.clock.now())
    const taken = new Set(allAccounts(deps.db).map(({ officerId }) => officerId))
    return catalogue.officers
      .filter(({ id }) => !taken.has(id))
      .map(({ id, key, name }) => {
        const [held] = heldWords(catalogue, { name, wide: [], posts: postsOn(catalogue, id, today) }, today)
        return { value: key, label: held === undefined ? name : `${name} (${held})` }
      })
      .sort((a, b) => a.label.localeCompare(b.label, 'vi'))
  }

  app.get<{ Querystring: { 'can-bo'?: string } }>(PAGE, ({ query }, reply) =>
    form(reply, { ...EMPTY_FORM, typed: { officer: query['can-bo'] ?? '' } }),
  )

  app.post(PAGE, async (request: FastifyRequest, reply) => {
    const typed = typedIn(request.body)
    const actor = actorOf(request)
    const { officer = '', name = '', username = '' } = typed
    const roles = INSTALLATION_ROLES.filter((role) => typed[role] === '1')
    const content = { officer, name, username, post: postIn(catalogueOf(deps.db), typed), roles }
    const repeatable = { actor, operation: 'open_account', content, key: onceKeyOf(typed) }
    const password = randomPassword()
    const hash = await hashPassword(password)
    const opened = await orRefused(typed, () =>
      writer.write(() =>
        secretOnce(deps, repeatable, () => {
          const { id } = openAccount(deps, actor, { ...content, hash })
          return { id, secret: password }
        }),
      ),
    )
    if ('state' in opened) return form(reply, opened.state)
    const { id, secret } = opened.done.value
    const account = findAccount(deps.db, id)!
    if (secret === null) return reply.redirect(`${PEOPLE_HREF}/${account.username}`, 303)
    const person = catalogueOf(deps.db).officerById.get(account.officerId)
    return show(
      reply,
      handoutPage({
        name: person?.name ?? '',
        username: account.username,
        password: secret,
        until: account.temporaryUntil!,
        address: addressOf(site, request),
      }),
    )
  })
}

function newPersonBody(
  catalogue: Catalogue,
  today: LocalDay,
  officers: readonly Option[],
  state: FormState,
): Html {
  const fields = html`<fieldset class="form-part"><legend>Ai</legend>
${choiceField(state, { name: 'officer', label: 'Cán bộ đã có trong danh mục', blank: 'Người mới', options: officers })}
<div class="form-row">${inputField(state, { name: 'name', label: 'Họ tên người mới', maxLength: LONGEST_NAME, hint: 'Để trống khi đã chọn cán bộ ở trên.' })}
${inputField(state, { name: 'username', label: 'Tên đăng nhập', maxLength: 40, hint: 'Để trống: đặt theo họ tên không dấu, ví dụ nguyen.thi.dao.' })}</div></fieldset>
<fieldset class="form-part"><legend>Vị trí</legend><p class="muted">Để trống nếu cán bộ đã giữ vị trí, hoặc chỉ là quản trị viên, người kiểm tra.</p>
${postFields(catalogue, today, state, false)}</fieldset>
<fieldset class="form-part"><legend>Vai trò toàn hệ thống</legend>
${tickField(state, { name: 'administrator', label: 'Quản trị viên', hint: 'Tài khoản, vai trò, khoá API, webhook, sắp xếp đơn vị. Không xem hồ sơ nếu không có vị trí.' })}
${tickField(state, { name: 'auditor', label: 'Người kiểm tra', hint: 'Đọc nhật ký và mọi hồ sơ; không ghi gì.' })}</fieldset>`
  return html`<header class="page-head"><p class="page-kicker"><a href="/quan-tri">Quản trị</a><a href="${PEOPLE_HREF}">Người dùng</a></p><h1>Tạo tài khoản</h1><p class="lead">Mật khẩu tạm được in ra một lần, dùng được bảy ngày; người dùng đặt mật khẩu riêng khi đăng nhập lần đầu.</p></header>
${formView({ action: PAGE, state, fields, submit: 'Tạo tài khoản' })}`
}
