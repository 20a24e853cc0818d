import type { FastifyRequest } from 'fastify'
import type { PageOptions } from '../page-options.ts'
import { actorOf } from '../web/actor.ts'
import { contentOf, onceKeyOf, orRefused, type Typed } from '../web/forms.ts'
import { once } from '../web/idempotency.ts'
import { type Entered, enterOrAsk } from './enter-or-ask.ts'
import { enteredAgain } from './entered-json.ts'
import { actOf, type Entry } from './entry.ts'

/** Does what a form says, once however often it is sent; a refusal gives the form back as it was typed. */
export function enterFromForm(
  { deps, writer }: PageOptions,
  request: FastifyRequest,
  typed: Typed,
  read: () => Entry,
) {
  return orRefused(typed, async (): Promise<Entered> => {
    const actor = actorOf(request)
    const entry = read()
    const repeatable = {
      actor,
      operation: `form_${actOf(entry)}`,
      content: contentOf(typed),
      key: onceKeyOf(typed),
    }
    const work = () => enterOrAsk(deps, actor, entry)
    return (await writer.write(() => once(deps, repeatable, work, enteredAgain(deps)))).value
  })
}
