import type { StoredDossier } from '../../db/queries/dossiers.ts'
import {
  addressesOf,
  endMessage,
  findMessage,
  type MessageRow,
  messagesOf,
  rewriteMessage,
} from '../../db/queries/messages.ts'
import type { Deps } from '../deps.ts'
import { isStillTrue } from '../domain/messages/message-rules.ts'
import type { MessageError } from './message-words.ts'
import type { Messaging } from './messaging.ts'
import { renderMessage } from './render-message.ts'

/** Looks at everything that waits about a dossier. */
export function reviewHeld(deps: Deps, messaging: Messaging, dossier: StoredDossier): void {
  for (const message of messagesOf(deps.db, dossier.id))
    if (message.status === 'held') reviewMessage(deps, messaging, message, dossier)
}

/**
 * A message that waits, as it is to be sent: the same while its dossier is, rendered anew where the dossier has changed
 * since. Null where it is not true any more, or nobody is left to be told: it is cancelled. Asked after each act and
 * again before it is sent: what moves due dates without an act of its own is met there.
 */
export function reviewMessage(
  deps: Deps,
  messaging: Messaging,
  message: MessageRow,
  dossier: StoredDossier,
): MessageRow | null {
  const { db, vault, clock } = deps
  const cancel = (error: MessageError) => {
    endMessage(db, message.id, { status: 'stopped', at: clock.now(), error })
    return null
  }
  const applicant = dossier.applicantId === null ? null : addressesOf(db, dossier.applicantId)
  if (applicant === null || message.toSealed === null) return cancel('erased')
  if (!isStillTrue(message.template, dossier)) return cancel('untrue')
  if (message.dossierVersion === dossier.version) return message
  const { template, channel } = message
  const text = renderMessage(deps, messaging, dossier, { template, channel, name: applicant.name })
  rewriteMessage(db, message.id, vault.seal(JSON.stringify(text)), dossier.version)
  return findMessage(db, message.id)
}
