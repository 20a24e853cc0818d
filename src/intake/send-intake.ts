import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Entered } from '../corrections/enter-or-ask.ts'
import { enteredAgain } from '../corrections/entered-json.ts'
import type { PageOptions } from '../page-options.ts'
import { actorOf } from '../web/actor.ts'
import { contentOf, onceKeyOf, type Typed } from '../web/forms.ts'
import { once } from '../web/idempotency.ts'
import { replyPdf } from '../web/pdf-reply.ts'
import { supplementPaper } from './supplement-paper.ts'
import { type DeskAct, takeIn } from './take-in.ts'
import { trainingIntake } from './training-intake.ts'

/** Does what the button pressed says and sends the browser on; refusals are thrown. */
export async function sendIntake(
  { deps, writer }: PageOptions,
  request: FastifyRequest,
  reply: FastifyReply,
  typed: Typed,
): Promise<FastifyReply> {
  const actor = actorOf(request)
  if (typed['do'] === 'ask')
    return replyPdf(reply, await supplementPaper(deps, actor, typed), 'phieu-bo-sung')
  const act = ACTS[typed['do'] ?? ''] ?? 'accept'
  if (typed['training'] === '1') {
    // Nothing is saved, so nothing can be saved twice.
    const id = await writer.write(() => trainingIntake(deps, actor, typed, act))
    const next = `/ho-so/moi?tap-huan=1&luot=${id}`
    return reply.redirect(typed['do'] === 'next' ? next : `/ho-so/moi/tap-huan/${id}`, 303)
  }
  const content = [act, contentOf(typed)]
  const repeatable = { actor, operation: 'form_intake', content, key: onceKeyOf(typed) }
  const work = () => takeIn(deps, actor, typed, act)
  const { value } = await writer.write(() => once(deps, repeatable, work, enteredAgain(deps)))
  return reply.redirect(nextPage(value, typed), 303)
}

const ACTS: Readonly<Record<string, DeskAct>> = { refuse: 'refuse_intake', at_once: 'resolve_at_once' }

/** Where an intake can be looked at, or the request that asks for it. */
export function savedIntakeAt(id: number, waiting: boolean): string {
  return waiting ? `/quan-tri/dinh-chinh#de-nghi-${id}` : `/ho-so/so-${id}`
}

function nextPage(entered: Entered, typed: Typed): string {
  if (entered.waiting) return savedIntakeAt(entered.id, true)
  const { code, id } = entered.dossier
  if (typed['do'] === 'next' && code !== null) return `/ho-so/moi?luot=${encodeURIComponent(code)}`
  // Who has the result in the hand needs no slip to fetch it with.
  return `/ho-so/${code ?? `so-${id}`}/da-nhan${typed['do'] === 'at_once' ? '' : '?in=1'}`
}
