import { createHmac, randomBytes } from 'node:crypto'

const PREFIX = 'whsec_'
const SECRET_BYTES = 32

/** A signing secret as receivers are given it: `whsec_` and 32 random bytes in base64 (Standard Webhooks 1.0). */
export function newSecret(): string {
  return PREFIX + randomBytes(SECRET_BYTES).toString('base64')
}

export interface SignedMessage {
  /** The same at every attempt: receivers tell a repetition by it. */
  readonly id: string
  readonly body: string
}

/**
 * The three headers of the Standard Webhooks specification. `atMs` is the machine's time: receivers refuse what is too
 * far from theirs.
 */
export function signatureHeaders(secret: string, { id, body }: SignedMessage, atMs: number) {
  const timestamp = String(Math.floor(atMs / 1000))
  const key = Buffer.from(secret.slice(PREFIX.length), 'base64')
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` }
}
