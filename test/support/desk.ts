import type { StoredDossier } from '../../db/queries/dossiers.ts'
import type { Actor } from '../../src/deps.ts'
import { parseInstant } from '../../src/domain/calendar/day.ts'
import { type ActRequest, actOnDossier } from '../../src/dossiers/act-on-dossier.ts'
import { type IntakeInput, logDossier } from '../../src/dossiers/log-dossier.ts'
import type { TestInstallation } from './test-installation.ts'

/** Moments are local ('2023-03-06T09:00'); an act without one happens when the clock stands. */
export type DeskIntake = Partial<Omit<IntakeInput, 'at'>> & { readonly at?: string }
export type DeskRequest = Omit<ActRequest, 'act' | 'at' | 'appointmentAt'> & {
  readonly at?: string
  readonly appointmentAt?: string
}

export const COUNTER: Actor = { officerId: null, role: 'counter' }
export const HEAD: Actor = { officerId: null, role: 'head' }
export const SYSTEM: Actor = { officerId: null, role: 'system' }

/** The counter of Xã Ngọc Kỳ: each call is one write, undone when it is refused. */
export function deskOf(installation: TestInstallation, actor: Actor = SYSTEM) {
  const write = <T>(work: () => T): T => installation.db.transaction(work).immediate()

  function log(intake: DeskIntake = {}): StoredDossier {
    const { at, ...given } = intake
    return write(() =>
      logDossier(installation, actor, {
        act: 'accept',
        unit: 'xa-ngoc-ky',
        procedure: '1.004873',
        channel: 'counter',
        applicant: { name: 'Nguyễn Văn Mẫu' },
        ...given,
        ...(at !== undefined && { at: parseInstant(at) }),
      }),
    )
  }

  function act(
    which: { readonly id: number },
    name: ActRequest['act'],
    request: DeskRequest = {},
  ): StoredDossier {
    const { at, appointmentAt, ...given } = request
    return write(() =>
      actOnDossier(installation, actor, which.id, {
        act: name,
        reason: 'Theo quy định',
        ...(name === 'finish' && { outcome: 'granted' as const }),
        ...given,
        ...(at !== undefined && { at: parseInstant(at) }),
        ...(appointmentAt !== undefined && { appointmentAt: parseInstant(appointmentAt) }),
      }),
    )
  }

  return { log, act, as: (other: Actor) => deskOf(installation, other) }
}
