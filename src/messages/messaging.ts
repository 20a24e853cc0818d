import type { MessageChannel } from '../domain/messages/message-rules.ts'

/** How messages to citizens leave this installation. */
export interface Messaging {
  /** `mailbox`: they are kept for an administrator to look at, and nothing leaves. */
  readonly mode: 'send' | 'mailbox'
  readonly mail: MailService | null
  readonly gateway: Gateway | null
  /** Templates that stand in for the shipped ones. */
  readonly templatesDir: string
}

export interface MailService {
  /** `smtps://name:password@host:465`; never logged. */
  readonly url: string
  readonly from: string
}

/** What carries SMS and Zalo. */
export interface Gateway {
  readonly url: string
  readonly secret: string
}

/** The channels there are. */
export function channelsOf({ mode, mail, gateway }: Messaging): readonly MessageChannel[] {
  if (mode === 'mailbox') return ['email', 'sms', 'zalo']
  return [
    ...(mail === null ? [] : (['email'] as const)),
    ...(gateway === null ? [] : (['sms', 'zalo'] as const)),
  ]
}
