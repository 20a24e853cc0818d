import { nextNumber } from '../../db/queries/codes.ts'
import type { StoredDossier } from '../../db/queries/dossiers.ts'
import { addPapers, type Paper } from '../../db/queries/papers.ts'
import {
  type Catalogue,
  catalogueOf,
  type Procedure,
  type ProcedureVersion,
  type Unit,
  type UnitVersion,
  versionOn,
} from '../catalogue/catalogue.ts'
import type { Actor, Deps } from '../deps.ts'
import { type Instant, type LocalDay, localDayOf } from '../domain/calendar/day.ts'
import type { Channel } from '../domain/counting/tally.ts'
import type { ActInput, ActResult } from '../domain/life-cycle/acts.ts'
import { accept, type Blank, refuseIntake, resolveAtOnce, submit } from '../domain/life-cycle/acts-intake.ts'
import type { Outcome, ReturnMode } from '../domain/life-cycle/dossier.ts'
import { dossierCode } from '../domain/life-cycle/dossier-code.ts'
import type { Act } from '../domain/life-cycle/life-cycle.ts'
import { NOTHING_HAPPENED } from '../domain/life-cycle/nothing-happened.ts'
import { RuleError } from '../domain/refusals.ts'
import { actContext } from './act-context.ts'
import { type PersonInput, recordPerson } from './record-person.ts'
import { startSteps } from './steps.ts'
import { storeNew } from './store-change.ts'

/** What the counter, the portal, an import or a seed says of a new dossier. Unit, procedure, officer by key or code. */
export interface IntakeInput {
  readonly act: Extract<Act, 'submit' | 'accept' | 'resolve_at_once' | 'refuse_intake'>
  readonly at?: Instant | undefined
  readonly unit: string
  readonly resolvingUnit?: string | undefined
  readonly procedure: string
  /** `online` takes the level at which the procedure is published. */
  readonly channel: Channel | 'online'
  readonly applicant: PersonInput
  readonly proxy?: PersonInput | undefined
  readonly papers?: readonly Paper[] | undefined
  readonly quantity?: number | undefined
  readonly fee?: number | undefined
  readonly feePayment?: 'none' | 'cash' | 'transfer' | 'online' | undefined
  readonly returnMode?: ReturnMode | undefined
  readonly assisted?: boolean | undefined
  readonly kiosk?: boolean | undefined
  readonly digitised?: boolean | undefined
  readonly eResult?: boolean | undefined
  readonly attended?: boolean | undefined
  readonly outcome?: Outcome | undefined
  readonly assignee?: string | undefined
  readonly reason?: string | undefined
  readonly note?: string | undefined
}

const OPENING_ACTS = { submit, accept, resolve_at_once: resolveAtOnce, refuse_intake: refuseIntake } as const

/** Logs one dossier: at the counter, by post, or as it arrives online. Run it inside a write. */
export function logDossier(deps: Deps, actor: Actor, input: IntakeInput): StoredDossier {
  const { db, clock } = deps
  const now = clock.now()
  const at = input.at ?? now
  const day = localDayOf(at)
  const catalogue = catalogueOf(db)
  const { unit, version: unitVersion } = receivingUnit(catalogue, input.unit, day)
  const { procedure, version } = procedureOn(catalogue, input.procedure, day)
  const blank = blankDossier(catalogue, input, { unit, procedure, version, at, day })
  const context = actContext(deps, { actor, at, now, receivingUnitId: unit.id, version, pauses: [] })
  const actInput: ActInput = {
    at,
    hasReason: Boolean(input.reason),
    ...(input.attended !== undefined && { attended: input.attended }),
    ...(input.outcome !== undefined && { outcome: input.outcome }),
  }
  const result: ActResult = OPENING_ACTS[input.act](blank, actInput, context)
  const row = {
    applicantId: recordPerson(deps, input.applicant),
    proxyId: input.proxy === undefined ? null : recordPerson(deps, input.proxy),
    ...numbers(db, unitVersion, result),
  }
  const happening = { act: input.act, at, recordedAt: now, actor, reason: input.reason, note: input.note }
  const stored = storeNew(db, row, result, happening)
  if (input.papers !== undefined) addPapers(db, stored.id, input.papers)
  if (version.steps.length > 0 && stored.acceptedAt !== null) {
    startSteps(db, stored.id, version.steps, at, context.calendar)
  }
  return stored
}

/** A dossier accepted gets its code, one refused at the counter a slip number (TT 01/2018 art 19; a refusal has no code). */
function numbers(db: Deps['db'], unitVersion: UnitVersion, { next }: ActResult) {
  if (next.acceptedOn !== null) {
    return { code: acceptanceCode(db, unitVersion, next.acceptedOn), slipNumber: null }
  }
  if (next.state !== 'not_accepted' || next.refusedIntakeOn === null) return { code: null, slipNumber: null }
  const number = nextNumber(db, `KTN ${unitVersion.agencyCode}`, next.refusedIntakeOn)
  return {
    code: null,
    slipNumber: `KTN-${dossierCode(unitVersion.agencyCode, next.refusedIntakeOn, number)}`,
  }
}

/** The next code of the receiving agency on `day`; allocate it in the accepting transaction. */
export function acceptanceCode(db: Deps['db'], unitVersion: UnitVersion, day: LocalDay): string {
  return dossierCode(unitVersion.agencyCode, day, nextNumber(db, unitVersion.agencyCode, day))
}

function receivingUnit(
  catalogue: Catalogue,
  key: string,
  day: LocalDay,
): { unit: Unit; version: UnitVersion } {
  const unit = catalogue.unitByKey.get(key)
  if (unit === undefined) throw new RuleError('unknown_unit', { unit: key })
  const version = versionOn(unit.versions, day)
  if (version === undefined) throw new RuleError('unit_not_in_force', { unit: key, day })
  if (unit.kind !== 'shop' && unit.kind !== 'shop_and_resolver')
    throw new RuleError('unit_does_not_receive', { unit: version.name })
  return { unit, version }
}

function procedureOn(
  catalogue: Catalogue,
  code: string,
  day: LocalDay,
): { procedure: Procedure; version: ProcedureVersion } {
  const procedure = catalogue.procedureByCode.get(code)
  if (procedure === undefined) throw new RuleError('unknown_procedure', { procedure: code })
  const version = versionOn(procedure.versions, day)
  if (version === undefined) throw new RuleError('procedure_not_in_force', { procedure: code, day })
  return { procedure, version }
}

interface Place {
  readonly unit: Unit
  readonly procedure: Procedure
  readonly version: ProcedureVersion
  readonly at: Instant
  readonly day: LocalDay
}

function blankDossier(
  catalogue: Catalogue,
  input: IntakeInput,
  { unit, procedure, version, at, day }: Place,
): Blank {
  const channel = channelOf(input.channel, procedure, version)
  const resolving = resolvingUnit(catalogue, input.resolvingUnit, procedure, unit, day)
  const fee = input.fee ?? version.fee * (input.quantity ?? 1)
  return {
    ...NOTHING_HAPPENED,
    channel,
    assisted: input.assisted ?? false,
    kiosk: input.kiosk ?? false,
    byProxy: input.proxy !== undefined,
    procedureId: procedure.id,
    procedureVersionId: version.id,
    receivingUnitId: unit.id,
    unitId: resolving.id,
    holderUnitId: unit.id,
    assigneeId: assigneeOf(catalogue, input.assignee),
    eligible: isOnlineLevel(version.onlineLevel),
    returnMode: input.returnMode ?? 'counter',
    quantity: input.quantity ?? 1,
    fee,
    feePaidAt: input.feePayment === undefined || input.feePayment === 'none' ? null : at,
    paidOnline: input.feePayment === 'online',
    digitised: input.digitised ?? isOnline(channel),
    eResult: input.eResult ?? false,
  }
}

/**
 * `online` takes the published level; level 4 also accepts level 3 (NĐ 43/2011 art 3.4); a level the procedure
 * does not offer is refused with the reason.
 */
function channelOf(asked: Channel | 'online', procedure: Procedure, version: ProcedureVersion): Channel {
  const offered = version.onlineLevel ?? 0
  if (asked === 'online') {
    if (!isOnlineLevel(version.onlineLevel))
      throw new RuleError('not_offered_online', { procedure: procedure.name })
    return offered === 4 ? 'level4' : 'level3'
  }
  const needed = { counter: 0, postal: 0, level3: 3, level4: 4 }[asked]
  if (needed > offered) {
    throw new RuleError('level_not_offered', {
      procedure: procedure.name,
      level: needed,
      offered: offered || 'không',
    })
  }
  return asked
}

function resolvingUnit(
  catalogue: Catalogue,
  asked: string | undefined,
  procedure: Procedure,
  receiving: Unit,
  day: LocalDay,
): Unit {
  const unit =
    asked === undefined
      ? (catalogue.unitById.get(procedure.resolverUnitId ?? receiving.id) as Unit)
      : catalogue.unitByKey.get(asked)
  if (unit === undefined) throw new RuleError('unknown_unit', { unit: asked ?? '' })
  const version = versionOn(unit.versions, day)
  if (version === undefined) throw new RuleError('unit_not_in_force', { unit: unit.key, day })
  if (unit.kind === 'grouping' || unit.kind === 'shop')
    throw new RuleError('unit_does_not_resolve', { unit: version.name })
  return unit
}

/** The officer's id for a key, null for none; refuses a key nobody has. */
export function assigneeOf(catalogue: Catalogue, key: string | undefined): number | null {
  if (key === undefined || key === '') return null
  const officer = catalogue.officerByKey.get(key)
  if (officer === undefined) throw new RuleError('unknown_officer', { officer: key })
  return officer.id
}

function isOnline(channel: Channel): boolean {
  return channel === 'level3' || channel === 'level4'
}

/** Levels 3 and 4 are online services; 1 and 2 only inform and offer forms (NĐ 43/2011 art 3.4). */
export function isOnlineLevel(level: number | null): boolean {
  return level === 3 || level === 4
}
