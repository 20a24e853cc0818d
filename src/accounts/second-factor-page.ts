import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { countRecoveryCodes } from '../../db/queries/recovery-codes.ts'
import { RuleError } from '../domain/refusals.ts'
import type { PageOptions } from '../page-options.ts'
import { EMPTY_FORM, type FormState, orRefused } from '../web/forms.ts'
import type { Page, Show } from '../web/layout.ts'
import { needsSecondFactor, type Principal } from './principal.ts'
import {
  beginEnrolment,
  type Changed,
  confirmEnrolment,
  enrolmentOf,
  removeSecondFactor,
  renewRecoveryCodes,
} from './second-factor.ts'
import {
  enrolledView,
  enrolView,
  REMOVE_PROOF,
  RENEW_PROOF,
  recoveryView,
  SECOND_FACTOR_PAGE,
} from './second-factor-views.ts'
import { setSessionCookie } from './session-cookie.ts'

/** `/tai-khoan/hai-lop`: turning the second factor on and off, and its recovery codes. */
export function secondFactorPage(app: FastifyInstance, options: PageOptions, show: Show): void {
  const { deps, site } = options
  const pageOf = (owner: Principal, state: FormState, note = ''): Page => {
    const { account, actor } = owner
    if (account.totpConfirmedAt === null) {
      const enrolment = enrolmentOf(deps, account, note) ?? beginEnrolment(deps, account)
      return enrolView(state, owner, enrolment)
    }
    const left = countRecoveryCodes(deps.db, account.id)
    return enrolledView(state, {
      since: account.totpConfirmedAt,
      left,
      kept: needsSecondFactor(deps.db, actor),
    })
  }
  const goOn = (reply: FastifyReply, owner: Principal, { token, codes }: Changed) => {
    setSessionCookie(site, reply, token)
    return show(reply, recoveryView(owner, codes))
  }

  app.get(SECOND_FACTOR_PAGE, (request, reply) => show(reply, pageOf(ownerOf(request), EMPTY_FORM)))
  app.post(SECOND_FACTOR_PAGE, async (request, reply) => {
    const owner = ownerOf(request)
    const note = wordOf(request, 'note')
    const outcome = await orRefused({}, () =>
      confirmEnrolment(options, owner, { note, code: wordOf(request, 'code') }),
    )
    if ('state' in outcome) return show(reply, { ...pageOf(owner, outcome.state, note), status: 422 })
    return goOn(reply, owner, outcome.done)
  })
  app.post(`${SECOND_FACTOR_PAGE}/go`, async (request, reply) => {
    const owner = ownerOf(request)
    const outcome = await orRefused({}, () =>
      removeSecondFactor(options, owner, wordOf(request, REMOVE_PROOF)),
    )
    if ('state' in outcome) return show(reply, { ...pageOf(owner, outcome.state), status: 422 })
    setSessionCookie(site, reply, outcome.done)
    return reply.redirect('/tai-khoan', 303)
  })
  app.post(`${SECOND_FACTOR_PAGE}/ma-khoi-phuc`, async (request, reply) => {
    const owner = ownerOf(request)
    const outcome = await orRefused({}, () =>
      renewRecoveryCodes(options, owner, wordOf(request, RENEW_PROOF)),
    )
    if ('state' in outcome) return show(reply, { ...pageOf(owner, outcome.state), status: 422 })
    return goOn(reply, owner, outcome.done)
  })
}

function ownerOf({ principal }: FastifyRequest): Principal {
  if (principal?.session == null) throw new RuleError('not_signed_in')
  return principal
}

/** As it was typed: blanks at the ends of a password are part of it. */
function wordOf({ body }: FastifyRequest, field: string): string {
  return String((body as Record<string, unknown> | undefined)?.[field] ?? '')
}
