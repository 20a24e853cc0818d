import { findDossierById, type StoredDossier } from '../../db/queries/dossiers.ts'
import {
  claimMessage,
  endMessage,
  findMessage,
  type MessageResult,
  type MessageRow,
  postponeMessage,
  settleAttempt,
} from '../../db/queries/messages.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import type { Deps } from '../deps.ts'
import { messageWaitAfter } from '../domain/messages/message-rules.ts'
import { settleFailed } from './failed-alarm.ts'
import { sendMoment } from './message-moments.ts'
import { errorText, type MessageError } from './message-words.ts'
import { channelsOf, type Messaging } from './messaging.ts'
import type { Outgoing, Sent } from './outgoing.ts'
import type { MessageText } from './render-message.ts'
import { reviewMessage } from './review-message.ts'
import { sendByGateway } from './send-by-gateway.ts'
import { sendMail } from './send-mail.ts'

/** After this long the sender of a message without a result is taken for dead. In ms. */
const LEASE_MS = 3 * 60_000
/** What nobody came to send for so long after its time is old news; a person may ask for it again all the same. In ms. */
const TOO_OLD_MS = 7 * 24 * 60 * 60_000

type Sending = Deps & { readonly messages: Messaging }

/**
 * Sends a message if it is (still) due and true: claim, send, record. At most once: where nobody knows whether it has
 * arrived, since the process died or the connection broke in between, it is not sent again by itself; it fails, and a
 * person decides (docs/decisions/0034-messages.md).
 */
export async function sendMessage(
  deps: Sending,
  id: number,
  stop: AbortSignal,
): Promise<'sent' | 'failed' | 'skipped'> {
  const { db, log } = deps
  const claimed = db.transaction(() => claim(deps, id)).immediate()
  if (claimed === null) return 'skipped'
  const { message, attempt, outgoing, dossier } = claimed
  const sent = await carry(deps.messages, message, outgoing, stop)
  const result = resultOf(deps, sent, { message, attempt, dossier })
  const store = db.transaction(() => {
    if (settleAttempt(db, id, attempt, result) && result.status === 'failed') settleFailed(deps, dossier)
  })
  store.immediate()
  log.info({ message: id, channel: message.channel, attempt, outcome: sent.outcome }, 'message to a citizen')
  return sent.outcome === 'sent' ? 'sent' : 'failed'
}

interface Claimed {
  readonly message: MessageRow
  readonly dossier: StoredDossier
  readonly attempt: number
  readonly outgoing: Outgoing
}

/** Everything that may keep it from being sent is asked again here, in the transaction that takes it. */
function claim(deps: Sending, id: number): Claimed | null {
  const { db, clock, messages: messaging } = deps
  const now = clock.now()
  const message = findMessage(db, id)
  if (message === null || message.sendAt > now) return null
  const dossier = findDossierById(db, message.dossierId) as StoredDossier
  const end = (status: 'stopped' | 'failed', error: MessageError) => {
    endMessage(db, id, { status, at: now, error })
    if (status === 'failed') settleFailed(deps, dossier)
    return null
  }
  if (message.status === 'sending') return end('failed', 'unknown')
  if (message.status !== 'held') return null
  const open = sendMoment(catalogueOf(db).calendar(dossier.receivingUnitId), now)
  if (open > now) {
    postponeMessage(db, id, open)
    return null
  }
  const reviewed = reviewMessage(deps, messaging, message, dossier)
  if (reviewed === null) return null
  if (messaging.mode === 'mailbox') return end('stopped', 'mailbox')
  if (now - message.sendAt > TOO_OLD_MS) return end('failed', 'too_old')
  if (!channelsOf(messaging).includes(message.channel)) return end('failed', 'unconfigured')
  const outgoing = opened(deps, reviewed)
  if (outgoing === null) return end('failed', 'unreadable')
  return { message: reviewed, dossier, outgoing, attempt: claimMessage(db, id, now + LEASE_MS) }
}

function opened({ vault }: Pick<Deps, 'vault'>, message: MessageRow): Outgoing | null {
  const { id, createdAt, toSealed, textSealed } = message
  try {
    const { subject, text } = JSON.parse(vault.open(textSealed as Buffer)) as MessageText
    return { id: `msg_${id}_${createdAt.toString(36)}`, to: vault.open(toSealed as Buffer), subject, text }
  } catch {
    return null
  }
}

async function carry(
  { mail, gateway }: Messaging,
  { channel }: MessageRow,
  outgoing: Outgoing,
  stop: AbortSignal,
): Promise<Sent> {
  try {
    if (channel === 'email') return mail === null ? UNREACHED : await sendMail(mail, outgoing)
    return gateway === null ? UNREACHED : await sendByGateway(gateway, channel, outgoing, stop)
  } catch {
    // What broke is not known, nor how far it had come.
    return { outcome: 'unknown' }
  }
}

const UNREACHED = { outcome: 'later', error: 'unreached' } as const

function resultOf(
  { db, clock }: Sending,
  sent: Sent,
  { message, attempt, dossier }: Pick<Claimed, 'message' | 'attempt' | 'dossier'>,
): MessageResult {
  const now = clock.now()
  const settled = { sendAt: message.sendAt, settledAt: now }
  if (sent.outcome === 'sent') return { ...settled, status: 'sent', error: null }
  if (sent.outcome === 'unknown') return { ...settled, status: 'failed', error: 'unknown' }
  const error = errorText(sent.error, sent.status)
  const wait = sent.outcome === 'never' ? null : messageWaitAfter(attempt)
  if (wait === null) return { ...settled, status: 'failed', error }
  const calendar = catalogueOf(db).calendar(dossier.receivingUnitId)
  return { status: 'held', sendAt: sendMoment(calendar, now + wait), settledAt: null, error }
}
