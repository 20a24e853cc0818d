import { createHash } from 'node:crypto'
import Type, { type Static } from 'typebox'
import { Compile } from 'typebox/compile'
import { CHANNELS } from '../domain/counting/tally.ts'
import { COUNTED } from '../domain/counting/tally-sums.ts'
import { RuleError } from '../domain/refusals.ts'
import { canonicalJson } from './canonical-json.ts'

const FIXED = { additionalProperties: false } as const
const HASH = Type.String({ pattern: '^[0-9a-f]{64}$' })
const KEY = Type.String({ minLength: 1, maxLength: 100 })
const COUNT = Type.Integer({ minimum: -1_000_000_000, maximum: 1_000_000_000 })
const COUNTERS = Type.Object(Object.fromEntries(COUNTED.map((name) => [name, Type.Optional(COUNT)])), FIXED)
const RATE = Type.Union([
  Type.Null(),
  Type.Object(
    { numerator: COUNT, denominator: COUNT, provisional: Type.Optional(Type.Literal(true)) },
    FIXED,
  ),
])
const RATES = Type.Object({ PS: RATE, V5: RATE }, FIXED)

/** One revision of one unit's closed period as it goes to the parent: keys instead of our own ids, and no officer. */
const MESSAGE = Type.Object(
  {
    installation: KEY,
    unit: KEY,
    period: KEY,
    revision: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
    kind: Type.Union([Type.Literal('full'), Type.Literal('difference')]),
    closedAt: Type.Integer(),
    takenAt: Type.Integer(),
    formulaVersion: KEY,
    calendarVersion: KEY,
    figures: Type.Object({ longOverdue: COUNT, rates: Type.Optional(RATES), tally: COUNTERS }, FIXED),
    /** [procedure code, channel, key of the receiving unit, counters] */
    breakdown: Type.Array(Type.Tuple([KEY, Type.Enum(CHANNELS), KEY, COUNTERS])),
    /** Hash of the snapshot where it was taken, and of the unit's revision before it; null: it is the first. */
    snapshotHash: HASH,
    previousHash: Type.Union([HASH, Type.Null()]),
    /** Hash of what is told: everything here but the two moments. */
    hash: HASH,
  },
  FIXED,
)

export type FeedMessage = Static<typeof MESSAGE>

const checker = Compile(MESSAGE)

/** The text that is signed. */
export function messageText(told: Omit<FeedMessage, 'hash'>): string {
  return canonicalJson({ ...told, hash: hashOf(told) })
}

/** A message as it came. Refuses (`feed_malformed`) one of another shape, or whose hash is not that of its content. */
export function readMessage(value: unknown): FeedMessage {
  if (!checker.Check(value)) {
    const [first] = checker.Errors(value)
    throw new RuleError('feed_malformed', { problem: `${first?.instancePath ?? ''} ${first?.message ?? ''}` })
  }
  const { hash, ...told } = value
  if (hash !== hashOf(told)) throw new RuleError('feed_malformed', { problem: 'mã băm không khớp nội dung' })
  return value
}

/** Without the moments: a period closed anew from the same dossiers is the same revision. */
function hashOf({ closedAt: _, takenAt: __, ...told }: Omit<FeedMessage, 'hash'>): string {
  return createHash('sha256').update(canonicalJson(told)).digest('hex')
}
