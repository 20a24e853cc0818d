import type { FastifyInstance, FastifyReply } from 'fastify'
import { findAccount } from '../../db/queries/accounts.ts'
import { RuleError } from '../domain/refusals.ts'
import type { PageOptions } from '../page-options.ts'
import { actorOf } from '../web/actor.ts'
import { EMPTY_FORM, type FormState, onceKeyOf, orRefused, typedIn } from '../web/forms.ts'
import { once } from '../web/idempotency.ts'
import type { Show } from '../web/layout.ts'
import { secretOnce } from '../web/secret-once.ts'
import { CLIENTS_HREF, PEOPLE_HREF } from './account-words.ts'
import { type ClientDetail, clientBody } from './client-views.ts'
import { clientsBody } from './clients-views.ts'
import { createClient } from './create-client.ts'
import { issueToken, TOKEN_SCOPES } from './issue-token.ts'
import { knownAccount } from './manage-accounts.ts'
import { revokeToken } from './revoke-token.ts'

interface One {
  readonly Params: { readonly username: string }
}

/** `/quan-tri/khoa-api`: programs that use the API; `/quan-tri/khoa-api/cong.tinh`: one with its tokens. */
export function clientsPage(app: FastifyInstance, { deps, writer }: PageOptions, show: Show): void {
  const list = (reply: FastifyReply, state: FormState) => {
    const status = state.refusal === null ? 200 : 422
    return show(reply, { title: 'Khoá API', area: '/quan-tri', status, body: clientsBody(deps, state) })
  }
  const one = (reply: FastifyReply, username: string, shown: Omit<ClientDetail, 'account'>) => {
    const account = knownAccount(deps, username)
    const status = shown.issuing === undefined && shown.refused === undefined ? 200 : 422
    const body = clientBody(deps, { account, ...shown })
    return show(reply, { title: account.username, area: '/quan-tri', status, body })
  }

  app.get(CLIENTS_HREF, (_request, reply) => list(reply, EMPTY_FORM))

  app.post(CLIENTS_HREF, async (request, reply) => {
    const typed = typedIn(request.body)
    const actor = actorOf(request)
    const { name = '', username = '', unit = '' } = typed
    const client = { name, username, units: unit === '' ? [] : [unit] }
    const repeatable = { actor, operation: 'create_client', content: client, key: onceKeyOf(typed) }
    const made = await orRefused(typed, () =>
      writer.write(() => {
        const done = (id: number) => ({ id })
        return once(deps, repeatable, () => done(createClient(deps, actor, client).id), done)
      }),
    )
    if ('state' in made) return list(reply, made.state)
    return reply.redirect(`${CLIENTS_HREF}/${findAccount(deps.db, made.done.value.id)!.username}`, 303)
  })

  app.get<One>(`${CLIENTS_HREF}/:username`, ({ params }, reply) => {
    const { kind, username } = knownAccount(deps, params.username)
    return kind === 'client' ? one(reply, username, {}) : reply.redirect(`${PEOPLE_HREF}/${username}`, 303)
  })

  app.post<One>(`${CLIENTS_HREF}/:username/khoa`, async (request, reply) => {
    const typed = typedIn(request.body)
    const actor = actorOf(request)
    const { username } = request.params
    const { label = '', days = '' } = typed
    const order = {
      label,
      scopes: TOKEN_SCOPES.filter((scope) => typed[`scope-${scope}`] === '1'),
      days: days === '' ? Number.NaN : Number(days),
    }
    const content = { account: knownAccount(deps, username).id, label, scopes: order.scopes, days }
    const repeatable = { actor, operation: 'issue_token', content, key: onceKeyOf(typed) }
    const issued = await orRefused(typed, () =>
      writer.write(() => secretOnce(deps, repeatable, () => issueToken(deps, actor, username, order))),
    )
    if ('state' in issued) return one(reply, username, { issuing: issued.state })
    const { secret } = issued.done.value
    return secret === null
      ? reply.redirect(`${CLIENTS_HREF}/${username}`, 303)
      : one(reply, username, { secret })
  })

  app.post<One>(`${CLIENTS_HREF}/:username/thu-hoi`, async (request, reply) => {
    const typed = typedIn(request.body)
    const { username } = request.params
    const outcome = await orRefused(typed, () =>
      writer.write(() => revokeToken(deps, actorOf(request), numberOf(typed['token'] ?? ''))),
    )
    if ('state' in outcome) return one(reply, username, { refused: outcome.state })
    return reply.redirect(`${CLIENTS_HREF}/${username}`, 303)
  })
}

function numberOf(text: string): number {
  if (!/^[1-9]\d{0,14}$/.test(text)) throw new RuleError('unknown_token', { token: text })
  return Number(text)
}
