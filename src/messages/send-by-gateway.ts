import type { MessageChannel } from '../domain/messages/message-rules.ts'
import { postMessage } from '../exchange/webhooks/post-message.ts'
import type { Gateway } from './messaging.ts'
import type { Outgoing, Sent } from './outgoing.ts'

/** Answers that say that this message will never be taken; any other refusal may be a trouble of today. */
const FOR_GOOD: ReadonlySet<number> = new Set([400, 410, 413, 422])

/** Hands an SMS or a Zalo message to the gateway: a signed POST (docs/messages.md). */
export async function sendByGateway(
  { url, secret }: Gateway,
  channel: Exclude<MessageChannel, 'email'>,
  { id, to, text }: Outgoing,
  stop: AbortSignal,
): Promise<Sent> {
  const body = JSON.stringify({ id, type: `message.${channel}`, channel, to: international(to), text })
  const { taken, status, unreached } = await postMessage(url, secret, { id, body }, stop)
  if (taken) return { outcome: 'sent' }
  if (unreached) return { outcome: 'later', error: 'unreached' }
  if (status === null) return { outcome: 'unknown' }
  return { outcome: FOR_GOOD.has(status) ? 'never' : 'later', error: 'refused', status }
}

/** '0912345678' → '+84912345678' (E.164) */
function international(phone: string): string {
  if (phone.startsWith('+')) return phone
  return phone.startsWith('0') ? `+84${phone.slice(1)}` : `+${phone}`
}
