import { newestEventId } from '../../../db/queries/timeline.ts'
import { insertWebhook } from '../../../db/queries/webhooks.ts'
import { must } from '../../accounts/access.ts'
import { recordAudit } from '../../audit/record-audit.ts'
import { catalogueOf } from '../../catalogue/catalogue.ts'
import type { Actor, Deps } from '../../deps.ts'
import { localDayOf } from '../../domain/calendar/day.ts'
import { ACTS, type Act, TRANSITIONS } from '../../domain/life-cycle/life-cycle.ts'
import { RuleError } from '../../domain/refusals.ts'
import { findUnit } from '../../reports/scope.ts'
import type { NewSecret } from '../../web/secret-once.ts'
import { newSecret } from './signature.ts'

export interface WebhookInput {
  readonly label: string
  readonly url: string
  /** What it is told of; empty: everything. */
  readonly acts: readonly string[]
  /** Key or code of a unit; empty: all. */
  readonly unit: string
}

const LONGEST_URL = 2000
const LONGEST_LABEL = 100

/** Adds an address; it is told of what is recorded from now on. Run it inside a write. */
export function addWebhook({ db, clock, vault }: Deps, actor: Actor, input: WebhookInput): NewSecret {
  must(actor, 'webhooks')
  const label = input.label.trim()
  if (label === '' || label.length > LONGEST_LABEL)
    throw new RuleError('webhook_label', { most: LONGEST_LABEL })
  const unit = input.unit.trim()
  const now = clock.now()
  const secret = newSecret()
  const id = insertWebhook(db, {
    label,
    url: addressOf(input.url),
    secret: vault.seal(secret),
    acts: input.acts.length === 0 ? null : [...new Set(input.acts.map(actOf))],
    unitId: unit === '' ? null : findUnit(catalogueOf(db), unit, localDayOf(now)).id,
    createdAt: now,
    createdBy: actor.officerId,
    lastEventId: newestEventId(db),
  })
  const data = { webhook: id, what: 'added' }
  recordAudit({ db, clock }, { kind: 'webhook_changed', actorId: actor.officerId, data })
  return { id, secret }
}

/** A fragment is never sent, so it does not belong to the address. */
function addressOf(text: string): string {
  const url = URL.parse(text.trim())
  if (url === null || !/^https?:$/.test(url.protocol) || url.href.length > LONGEST_URL)
    throw new RuleError('invalid_webhook_url', { url: text })
  if (url.username !== '' || url.password !== '') throw new RuleError('credentials_in_url')
  url.hash = ''
  return url.href
}

function actOf(text: string): Act {
  const act = ACTS.find((each) => each === text.trim())
  if (act !== undefined) return act
  const possible = ACTS.map((each) => `${each} (${TRANSITIONS[each].label})`).join(', ')
  throw new RuleError('unknown_act', { act: text, possible })
}
