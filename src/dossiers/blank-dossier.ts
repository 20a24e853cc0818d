import type { Catalogue, Procedure, ProcedureVersion, Unit } from '../catalogue/catalogue.ts'
import type { Instant, LocalDay } from '../domain/calendar/day.ts'
import type { Channel } from '../domain/counting/tally.ts'
import type { Blank } from '../domain/life-cycle/acts-intake.ts'
import { NOTHING_HAPPENED } from '../domain/life-cycle/nothing-happened.ts'
import { RuleError } from '../domain/refusals.ts'
import { assigneeOf, resolvingUnit } from './intake-place.ts'
import type { IntakeInput } from './log-dossier.ts'

interface Place {
  readonly unit: Unit
  readonly procedure: Procedure
  readonly version: ProcedureVersion
  readonly at: Instant
  readonly day: LocalDay
}

/** What intake says of a dossier, before any act. */
export function blankDossier(
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
    ...(input.feePayment !== undefined && { feePayment: input.feePayment, feePaidAt: at }),
    digitised: input.digitised ?? isOnline(channel),
    eResult: input.eResult ?? false,
  }
}

/**
 * `online` takes the published level; level 4 also accepts level 3 (NĐ 43/2011 art 3.4); a level the procedure
 * does not offer is refused with the reason.
 */
export function channelOf(
  asked: Channel | 'online',
  procedure: Procedure,
  version: ProcedureVersion,
): Channel {
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

function isOnline(channel: Channel): boolean {
  return channel === 'level3' || channel === 'level4'
}

/** Levels 3 and 4 are online services; 1 and 2 only inform and offer forms (NĐ 43/2011 art 3.4). */
export function isOnlineLevel(level: number | null): boolean {
  return level === 3 || level === 4
}
