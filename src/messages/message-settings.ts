import type { Db } from '../../db/open.ts'
import { readSetting, upsertSetting } from '../../db/queries/settings.ts'
import { must } from '../accounts/access.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { Actor, Deps } from '../deps.ts'
import {
  MESSAGE_TEMPLATES,
  type MessageChannel,
  type MessageTemplate,
} from '../domain/messages/message-rules.ts'
import { RuleError } from '../domain/refusals.ts'

/** Minutes for which a message is held, so that a mistake can be stopped. */
export const HOLD_MINUTES = 'message_hold_minutes'
/** By template: over which channels, the first that reaches the person; none: not sent. */
export const MESSAGE_RULES = 'message_rules'

const USUAL_HOLD = 5
const MOST_HOLD = 24 * 60

/** What may be chosen for each template. */
export const WAYS = {
  email_sms: { label: 'Thư điện tử, không có thì SMS', channels: ['email', 'sms'] },
  email_zalo: { label: 'Thư điện tử, không có thì Zalo', channels: ['email', 'zalo'] },
  email: { label: 'Chỉ thư điện tử', channels: ['email'] },
  sms: { label: 'Chỉ SMS', channels: ['sms'] },
  zalo: { label: 'Chỉ Zalo', channels: ['zalo'] },
  off: { label: 'Không gửi', channels: [] },
} as const satisfies Record<string, { readonly label: string; readonly channels: readonly MessageChannel[] }>
export type Way = keyof typeof WAYS

export interface MessageSettings {
  readonly holdMinutes: number
  readonly ways: Readonly<Record<MessageTemplate, Way>>
}

/** As they stand; what nobody has set is the usual: all five, by mail and else by SMS, held for five minutes. */
export function messageSettings(db: Db): MessageSettings {
  const hold = readSetting(db, HOLD_MINUTES)
  const rules = (readSetting(db, MESSAGE_RULES) ?? {}) as Readonly<Record<string, unknown>>
  const wayOf = (template: MessageTemplate): Way => {
    const way = rules[template]
    return typeof way === 'string' && Object.hasOwn(WAYS, way) ? (way as Way) : 'email_sms'
  }
  return {
    holdMinutes: typeof hold === 'number' ? hold : USUAL_HOLD,
    ways: Object.fromEntries(MESSAGE_TEMPLATES.map((each) => [each, wayOf(each)])) as MessageSettings['ways'],
  }
}

/** Sets them. Run it inside a write. */
export function changeMessageSettings(
  deps: Deps,
  actor: Actor,
  typed: Readonly<Record<string, string>>,
): void {
  must(actor, 'messages_set')
  const text = typed['hold'] ?? ''
  const holdMinutes = Number(text)
  if (!/^\d{1,4}$/.test(text) || holdMinutes > MOST_HOLD)
    throw new RuleError('invalid_hold_minutes', { most: MOST_HOLD })
  const ways = MESSAGE_TEMPLATES.map((template) => {
    const way = typed[template] ?? ''
    if (!Object.hasOwn(WAYS, way)) throw new RuleError('unknown_message_way', { way })
    return [template, way] as const
  })
  const { officerId: actorId } = actor
  for (const [setting, value] of [
    [HOLD_MINUTES, holdMinutes],
    [MESSAGE_RULES, Object.fromEntries(ways)],
  ] as const) {
    upsertSetting(deps.db, setting, value)
    const told = typeof value === 'number' ? value : ways.map(([template, way]) => `${template}: ${way}`)
    recordAudit(deps, { kind: 'setting_changed', actorId, data: { setting, value: told } })
  }
}
