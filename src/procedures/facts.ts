import type { ProcedureVersion } from '../catalogue/catalogue.ts'
import { parseLimit, printLimit } from '../domain/deadlines/time-limit.ts'

type Stored = Pick<
  ProcedureVersion,
  | 'cutoffMinute'
  | 'mode'
  | 'lateness'
  | 'onlineLevel'
  | 'onlineMode'
  | 'fee'
  | 'feeNote'
  | 'instant'
  | 'supplementPolicy'
  | 'paymentPolicy'
  | 'verificationPolicy'
  | 'consultationPolicy'
  | 'extensionDays'
  | 'publicationDecision'
  | 'verified'
  | 'source'
>

export interface Paper {
  readonly name: string
  readonly original: boolean
  readonly copies: number
  readonly required: boolean
}

export interface Step {
  readonly name: string
  readonly actor: string
  readonly limitText: string | null
}

/** What a version of a procedure says, whatever days it is in force. */
export interface VersionFacts extends Stored {
  /** As `printLimit` writes it. */
  readonly limit: string
  readonly components: readonly Paper[]
  readonly steps: readonly Step[]
}

/** What a procedure without a word about it is like. */
export const PLAIN_FACTS: Omit<VersionFacts, 'limit' | 'source'> = {
  cutoffMinute: null,
  mode: 'day_end',
  lateness: 'date',
  onlineLevel: null,
  onlineMode: null,
  fee: 0,
  feeNote: null,
  instant: false,
  supplementPolicy: 'restart',
  paymentPolicy: 'resume',
  verificationPolicy: 'no_effect',
  consultationPolicy: 'no_effect',
  extensionDays: null,
  publicationDecision: null,
  verified: false,
  components: [],
  steps: [],
}

const POLICIES = { restart: 'tính lại từ đầu', resume: 'tính tiếp', no_effect: 'không dừng' } as const

/** Words of what is chosen; sheets take the key and the words alike. */
export const CHOICES = {
  mode: { day_end: 'hết ngày', hour_exact: 'đúng giờ' },
  lateness: { date: 'theo ngày', minute: 'theo phút' },
  onlineLevel: { 2: '2', 3: '3', 4: '4' },
  onlineMode: { partial: 'một phần', full: 'toàn trình' },
  supplementPolicy: { restart: POLICIES.restart, resume: POLICIES.resume },
  paymentPolicy: POLICIES,
  verificationPolicy: POLICIES,
  consultationPolicy: POLICIES,
} as const satisfies Partial<Record<keyof VersionFacts, Readonly<Record<string, string>>>>

/** What a stored version says. */
export function factsOf(version: ProcedureVersion): VersionFacts {
  const byPosition = <T extends { readonly position: number }>(parts: readonly T[]) =>
    [...parts].sort((a, b) => a.position - b.position)
  const { cutoffMinute, mode, lateness, onlineLevel, onlineMode, fee, feeNote, instant } = version
  const { supplementPolicy, paymentPolicy, verificationPolicy, consultationPolicy } = version
  const { extensionDays, publicationDecision, verified, source } = version
  return {
    limit: printLimit(parseLimit(version.limitText)),
    ...{ cutoffMinute, mode, lateness, onlineLevel, onlineMode, fee, feeNote, instant },
    ...{ supplementPolicy, paymentPolicy, verificationPolicy, consultationPolicy },
    ...{ extensionDays, publicationDecision, verified, source },
    components: byPosition(version.components).map(({ name, original, copies, required }) => {
      return { name, original, copies, required }
    }),
    steps: byPosition(version.steps).map(({ name, actor, limitText }) => ({ name, actor, limitText })),
  }
}

/** Names of the facts in which two versions differ. */
export function differences(a: VersionFacts, b: VersionFacts): readonly (keyof VersionFacts)[] {
  const names = Object.keys(a) as (keyof VersionFacts)[]
  return names.filter((name) => JSON.stringify(a[name]) !== JSON.stringify(b[name]))
}
