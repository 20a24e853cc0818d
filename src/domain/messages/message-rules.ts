import type { Dossier } from '../life-cycle/dossier.ts'
import type { Act } from '../life-cycle/life-cycle.ts'

export const MESSAGE_TEMPLATES = ['received', 'supplement', 'result_ready', 'new_date', 'returned'] as const
export type MessageTemplate = (typeof MESSAGE_TEMPLATES)[number]

export const MESSAGE_CHANNELS = ['email', 'sms', 'zalo'] as const
export type MessageChannel = (typeof MESSAGE_CHANNELS)[number]

/** Which message an act occasions. Whoever gets the result at once stands at the counter and is told nothing. */
export const MESSAGE_OF_ACT = {
  accept: 'received',
  request_supplement: 'supplement',
  ask_before_acceptance: 'supplement',
  finish: 'result_ready',
  apologise: 'new_date',
  return_result: 'returned',
} as const satisfies Partial<Record<Act, MessageTemplate>>

/** What a message says of a dossier. */
export type MessageFacts = Pick<Dossier, 'state' | 'subState' | 'reappointed'>

const UNDER_WAY: ReadonlySet<Dossier['state']> = new Set(['accepted', 'processing', 'awaiting_payment'])

/**
 * When what a message says still holds; where it does not, a message that waits is cancelled, and where it does, it is
 * rendered anew with the dates of now. Whoever is asked for more papers learns of the intake from that message.
 */
const STILL_TRUE = {
  received: ({ state }) => UNDER_WAY.has(state),
  supplement: ({ state, subState }) =>
    state === 'awaiting_supplement' || (state === 'submitted' && subState === 'asked_before_acceptance'),
  result_ready: ({ state }) => state === 'result_ready',
  new_date: ({ state, reappointed }) =>
    reappointed && (UNDER_WAY.has(state) || state === 'awaiting_supplement'),
  returned: ({ state }) => state === 'returned',
} as const satisfies Record<MessageTemplate, (dossier: MessageFacts) => boolean>

/**
 * Whether a message of this template would be true of the dossier as it is now.
 * Example: `result_ready` of a dossier reopened a minute later → false.
 */
export function isStillTrue(template: MessageTemplate, dossier: MessageFacts): boolean {
  return STILL_TRUE[template](dossier)
}

const MINUTE_MS = 60_000

/** Waits after the first, second, … attempt that surely sent nothing; after the one that follows it is given up. In ms. */
const RETRY_AFTER_MS = [1, 5, 15, 60, 240].map((minutes) => minutes * MINUTE_MS)

/** How long to wait after the failed attempt of this number, in ms; null: give up. Example: 2 → 300,000. */
export function messageWaitAfter(attempt: number): number | null {
  return RETRY_AFTER_MS[attempt - 1] ?? null
}
