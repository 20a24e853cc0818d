import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { catalogueOf } from '../catalogue/catalogue.ts'
import type { Actor } from '../deps.ts'
import { RuleError } from '../domain/refusals.ts'
import type { PageOptions } from '../page-options.ts'
import { actorOf } from '../web/actor.ts'
import { onceKeyOf, orRefused, type Typed, typedIn } from '../web/forms.ts'
import { once } from '../web/idempotency.ts'
import type { Show } from '../web/layout.ts'
import { secretOnce } from '../web/secret-once.ts'
import { CLIENTS_HREF, PEOPLE_HREF } from './account-words.ts'
import { clientBody } from './client-views.ts'
import { endPost } from './end-post.ts'
import { givePost } from './give-post.ts'
import { addressOf, handoutPage } from './handout.ts'
import {
  changeInstallationRole,
  disableAccount,
  enableAccount,
  endSessions,
  knownAccount,
  resetPassword,
  resetSecondFactor,
  unlinkIdentities,
} from './manage-accounts.ts'
import { hashPassword, randomPassword } from './passwords.ts'
import { type PersonDetail, personBody } from './person-views.ts'
import { postIn } from './post-form.ts'
import { INSTALLATION_ROLES, ROLE_LABELS } from './roles.ts'

interface One {
  readonly Params: { readonly username: string }
}
interface OnePost {
  readonly Params: { readonly username: string; readonly post: string }
}

/** `/quan-tri/nguoi-dung/nguyen.van.a`: one account, and everything an administrator does to it. */
export function personPage(app: FastifyInstance, { deps, writer, site }: PageOptions, show: Show): void {
  const page = (reply: FastifyReply, username: string, refused: Omit<PersonDetail, 'account'> = {}) => {
    const account = knownAccount(deps, username)
    const isPerson = account.kind === 'person'
    const detail = { account, ...refused }
    const body = isPerson ? personBody(deps, detail) : clientBody(deps, detail)
    const status = Object.keys(refused).length === 0 ? 200 : 422
    return show(reply, { title: account.username, area: '/quan-tri', status, body })
  }
  const href = (username: string) => {
    const account = knownAccount(deps, username)
    return `${account.kind === 'person' ? PEOPLE_HREF : CLIENTS_HREF}/${account.username}`
  }

  app.get<One>(`${PEOPLE_HREF}/:username`, ({ params }, reply) => {
    const to = href(params.username)
    return to.startsWith(PEOPLE_HREF) ? page(reply, params.username) : reply.redirect(to, 303)
  })

  app.post<One>(`${PEOPLE_HREF}/:username/vi-tri`, async (request, reply) => {
    const typed = typedIn(request.body)
    const { username } = request.params
    const outcome = await orRefused(typed, () => writer.write(() => give(actorOf(request), username, typed)))
    if ('state' in outcome) return page(reply, username, { giving: outcome.state })
    return reply.redirect(href(username), 303)
  })

  app.post<OnePost>(`${PEOPLE_HREF}/:username/vi-tri/:post/ket-thuc`, async (request, reply) => {
    const typed = typedIn(request.body)
    const { username } = request.params
    const post = /^[1-9]\d{0,14}$/.test(request.params.post) ? Number(request.params.post) : 0
    const end = { post, lastDay: typed['last'] ?? '', anyway: typed['anyway'] === '1' }
    const outcome = await orRefused(typed, () =>
      writer.write(() => endPost(deps, actorOf(request), username, end)),
    )
    if ('state' in outcome) return page(reply, username, { ending: { post, state: outcome.state } })
    return reply.redirect(href(username), 303)
  })

  app.post<One>(`${PEOPLE_HREF}/:username/mat-khau`, async (request, reply) => {
    const typed = typedIn(request.body)
    const { username } = request.params
    const outcome = await orRefused(typed, () => newPassword(actorOf(request), username, typed))
    if ('state' in outcome) return page(reply, username, { refused: outcome.state })
    if (outcome.done === null) return reply.redirect(href(username), 303)
    const account = knownAccount(deps, username)
    const name = catalogueOf(deps.db).officerById.get(account.officerId)?.name ?? ''
    const until = account.temporaryUntil!
    const address = addressOf(site, request)
    return show(
      reply,
      handoutPage({ name, username: account.username, password: outcome.done, until, address }),
    )
  })

  /** A button of the page; what it does twice changes nothing the second time. */
  const button = (path: string, work: (actor: Actor, username: string, typed: Typed) => void) => {
    app.post<One>(`${PEOPLE_HREF}/:username/${path}`, async (request: FastifyRequest<One>, reply) => {
      const typed = typedIn(request.body)
      const { username } = request.params
      const outcome = await orRefused(typed, () =>
        writer.write(() => work(actorOf(request), username, typed)),
      )
      if ('state' in outcome) return page(reply, username, { refused: outcome.state })
      return reply.redirect(href(username), 303)
    })
  }
  button('vai-tro', (actor, username, typed) => {
    const role = INSTALLATION_ROLES.find((each) => each === typed['role'])
    if (role === undefined)
      throw new RuleError('unknown_role', {
        role: typed['role'] ?? '',
        possible: INSTALLATION_ROLES.join(', '),
      })
    changeInstallationRole(deps, actor, { username, role, held: typed['held'] === '1' })
  })
  button('hai-lop', (actor, username) => resetSecondFactor(deps, actor, username))
  button('lien-ket', (actor, username) => unlinkIdentities(deps, actor, username))
  button('phien', (actor, username) => endSessions(deps, actor, username))
  button('khoa', (actor, username) => disableAccount(deps, actor, username))
  button('mo-khoa', (actor, username) => enableAccount(deps, actor, username))

  /** The form of a program asks for the unit only: what it is and is called is settled. */
  function give(actor: Actor, username: string, typed: Typed): void {
    const account = knownAccount(deps, username)
    const asked = account.kind === 'person' ? typed : { ...typed, role: 'client', title: ROLE_LABELS.client }
    const { from = '' } = typed
    const post = postIn(catalogueOf(deps.db), asked) ?? { role: '', unit: '', title: '', from, fields: [] }
    const repeatable = {
      actor,
      operation: 'give_post',
      content: { account: account.id, post },
      key: onceKeyOf(typed),
    }
    const done = (id: number) => ({ id })
    once(deps, repeatable, () => done(givePost(deps, actor, username, post)), done)
  }

  /** The temporary password in clear; null: it was shown before, to the form that is sent again. */
  async function newPassword(actor: Actor, username: string, typed: Typed): Promise<string | null> {
    const account = knownAccount(deps, username)
    const repeatable = { actor, operation: 'reset_password', content: account.id, key: onceKeyOf(typed) }
    const password = randomPassword()
    const hash = await hashPassword(password)
    const { value } = await writer.write(() =>
      secretOnce(deps, repeatable, () => {
        resetPassword(deps, actor, username, hash)
        return { id: account.id, secret: password }
      }),
    )
    return value.secret
  }
}
