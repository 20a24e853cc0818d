import type {
  ClockPoliciesSeed,
  ComponentSeed,
  ProcedureSeed,
  ProcedureVersionSeed,
  StepSeed,
} from '../../reference-types.ts'
import { regimes } from '../../regimes.ts'

type Change = Partial<
  Pick<
    ProcedureVersionSeed,
    | 'limit'
    | 'cutoff'
    | 'fee'
    | 'feeNote'
    | 'extensionDays'
    | 'clockPolicies'
    | 'verified'
    | 'source'
    | 'components'
  >
>

export interface ProcedureDraft {
  readonly code: string
  readonly name: string
  readonly field: string
  readonly level?: ProcedureSeed['level']
  readonly resolver?: string
  readonly interAgency?: boolean
  /** Default: the first day of the data. */
  readonly validFrom?: string
  readonly limit: string
  readonly cutoff?: string
  readonly onlineLevel: 2 | 3 | 4 | null
  readonly fee?: number
  readonly feeNote?: string
  readonly instant?: boolean
  readonly clockPolicies?: Partial<ClockPoliciesSeed>
  readonly extensionDays?: number
  readonly components: readonly ComponentSeed[]
  readonly steps?: readonly StepSeed[]
  /** Limit and papers both stand in a cited text; counts until 30/6/2025 unless a change says otherwise. */
  readonly verified: boolean
  readonly source: string
  /** What is different from a day on. */
  readonly changes?: Readonly<Record<string, Change>>
}

const FIRST_DAY = '2019-12-01'
const TWO_TIERS_FROM = '2025-07-01'

const DEFAULT_POLICIES: ClockPoliciesSeed = {
  supplement: 'restart',
  payment: 'resume',
  verification: 'no_effect',
  consultation: 'no_effect',
}

// NĐ 42/2022: the default reading of the old levels; level 2 is not an online service.
const MODE_OF_LEVEL = { 2: null, 3: 'partial', 4: 'full' } as const

/**
 * A procedure with one version for each stretch of time in which nothing changes: neither the regime nor
 * what `changes` names.
 */
export function defineProcedure(draft: ProcedureDraft): ProcedureSeed {
  const first = draft.validFrom ?? FIRST_DAY
  const starts = [
    first,
    ...regimes.map((regime) => regime.validFrom),
    ...Object.keys(draft.changes ?? {}),
  ].filter((day) => day >= first)
  const days = [...new Set(starts)].sort()
  return {
    code: draft.code,
    name: draft.name,
    field: draft.field,
    level: draft.level ?? 'commune',
    interAgency: draft.interAgency ?? false,
    resolver: draft.resolver ?? null,
    versions: days.map((day, index) => versionFrom(draft, day, days[index + 1])),
  }
}

/** A paper of the dossier: one original, required, unless said otherwise. */
export function paper(name: string, rest: Partial<Omit<ComponentSeed, 'name'>> = {}): ComponentSeed {
  return { name, original: true, copies: 1, required: true, ...rest }
}

/** A certified or plain copy, or the original to compare with. */
export function copyOf(name: string, rest: Partial<Omit<ComponentSeed, 'name'>> = {}): ComponentSeed {
  return paper(name, { original: false, ...rest })
}

function versionFrom(draft: ProcedureDraft, from: string, next: string | undefined): ProcedureVersionSeed {
  const regime = regimes.find((row) => row.validFrom <= from && (row.validTo === null || from <= row.validTo))
  if (regime === undefined) throw new Error(`no regime on ${from}`)
  const changes = Object.entries(draft.changes ?? {})
    .filter(([day]) => day <= from)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, change]) => change)
  const level = draft.onlineLevel
  return {
    validFrom: from,
    validTo: next === undefined ? null : dayBefore(next),
    regime: regime.key,
    limit: draft.limit,
    cutoff: draft.cutoff ?? null,
    mode: 'day_end',
    lateness: 'date',
    onlineLevel: level,
    onlineMode: regime.onlineScale === 'modes' && level !== null ? MODE_OF_LEVEL[level] : null,
    fee: draft.fee ?? 0,
    ...(draft.feeNote !== undefined && { feeNote: draft.feeNote }),
    instant: draft.instant ?? false,
    clockPolicies: { ...DEFAULT_POLICIES, ...draft.clockPolicies },
    extensionDays: draft.extensionDays ?? null,
    components: draft.components,
    steps: draft.steps ?? [],
    publicationDecision: null,
    verified: draft.verified && from < TWO_TIERS_FROM,
    source: draft.source,
    ...Object.assign({}, ...changes),
  }
}

function dayBefore(day: string): string {
  return Temporal.PlainDate.from(day).subtract({ days: 1 }).toString()
}
