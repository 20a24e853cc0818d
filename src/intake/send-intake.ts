import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Entered } from '../corrections/enter-or-ask.ts'
import { enteredAgain } from '../corrections/entered-json.ts'
import type { PageOptions } from '../page-options.ts'
import { actorOf } from '../web/actor.ts'
import { onceKeyOf, type Typed } from '../web/forms.ts'
import { once } from '../web/idempotency.ts'
import { replyPdf } from '../web/pdf-reply.ts'
import { supplementPaper } from './supplement-paper.ts'
import { takeIn } from './take-in.ts'
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
  const act = typed['do'] === 'refuse' ? 'refuse_intake' : 'accept'
  const isTraining = typed['training'] === '1'
  const repeatable = {
    actor,
    operation: isTraining ? 'form_training' : `form_${act}`,
    content: typed,
    key: onceKeyOf(typed),
  }
  if (isTraining) {
    const work = () => ({ id: trainingIntake(deps, actor, typed, act) })
    const { value } = await writer.write(() => once(deps, repeatable, work, (id) => ({ id })))
    return reply.redirect(`/ho-so/moi/tap-huan/${value.id}`, 303)
  }
  const work = () => takeIn(deps, actor, typed, act)
  const { value } = await writer.write(() => once(deps, repeatable, work, enteredAgain(deps)))
  return reply.redirect(nextPage(value, typed), 303)
}

function nextPage(entered: Entered, typed: Typed): string {
  if (entered.waiting) return `/quan-tri/dinh-chinh#de-nghi-${entered.id}`
  const { code, id } = entered.dossier
  if (typed['do'] === 'next' && code !== null) return `/ho-so/moi?luot=${encodeURIComponent(code)}`
  return `/ho-so/${code ?? `so-${id}`}/da-nhan?in=1`
}
