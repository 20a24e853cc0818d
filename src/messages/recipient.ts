import type { StoredDossier } from '../../db/queries/dossiers.ts'
import { type Addresses, addressesOf, type MessageRow } from '../../db/queries/messages.ts'
import type { Deps } from '../deps.ts'
import type { MessageChannel } from '../domain/messages/message-rules.ts'

export interface Recipient {
  readonly channel: MessageChannel
  readonly to: string
  /** Of the applicant, also where somebody else is written to. */
  readonly name: string
}

/** One mailbox and nothing else: a list of addresses would reach strangers. */
const EMAIL = /^[^\s@<>()",:;\\]{1,64}@[^\s@<>()",:;\\]+\.[a-zA-Z]{2,}$/
const PHONE = /^\+?\d{8,15}$/

/**
 * Over the first channel that reaches the applicant, else whoever came for them. Null: nobody left an address, or the
 * applicant is erased.
 */
export function recipientOf(
  deps: Pick<Deps, 'db' | 'vault'>,
  { applicantId, proxyId }: Pick<StoredDossier, 'applicantId' | 'proxyId'>,
  channels: readonly MessageChannel[],
): Recipient | null {
  const applicant = applicantId === null ? null : addressesOf(deps.db, applicantId)
  if (applicant === null) return null
  for (const person of [applicant, proxyId === null ? null : addressesOf(deps.db, proxyId)]) {
    for (const channel of person === null ? [] : channels) {
      const to = addressOf(deps, person as Addresses, channel)
      if (to !== null) return { channel, to, name: applicant.name }
    }
  }
  return null
}

/** Where a message would go now, over its own channel; null where that is where it went, or nowhere. */
export function newAddressOf(
  deps: Pick<Deps, 'db' | 'vault'>,
  { channel, toSealed }: Pick<MessageRow, 'channel' | 'toSealed'>,
  dossier: Pick<StoredDossier, 'applicantId' | 'proxyId'>,
): string | null {
  const now = recipientOf(deps, dossier, [channel])?.to ?? null
  const was = toSealed === null ? null : opened(() => deps.vault.open(toSealed))
  return now === was ? null : now
}

function addressOf(
  { vault }: Pick<Deps, 'vault'>,
  { email, phoneSealed }: Addresses,
  channel: MessageChannel,
): string | null {
  if (channel === 'email') {
    const address = email?.trim() ?? ''
    return EMAIL.test(address) ? address : null
  }
  const phone = phoneSealed === null ? null : opened(() => vault.open(phoneSealed))
  return phone !== null && PHONE.test(phone) ? phone : null
}

/** A number sealed with a key that is gone reaches nobody. */
function opened(open: () => string): string | null {
  try {
    return open()
  } catch {
    return null
  }
}
