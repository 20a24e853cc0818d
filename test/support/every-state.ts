import type { StoredDossier } from '../../db/queries/dossiers.ts'
import { deskOf } from './desk.ts'
import type { TestInstallation } from './test-installation.ts'

const ONLINE = { act: 'submit', channel: 'level4', procedure: '1.004873' } as const

/** A dossier of Xã Ngọc Kỳ in each of the ten states of the national portal, of the week from 6 March 2023, and a voided one. */
export function everyState(installation: TestInstallation): Readonly<Record<string, StoredDossier>> {
  const desk = deskOf(installation)
  const accepted = () => desk.log({ at: '2023-03-06T09:00' })
  const after = (...acts: readonly Parameters<typeof desk.act>[1][]) =>
    acts.reduce(
      (dossier, act, index) => desk.act(dossier, act, { at: `2023-03-07T${10 + index}:00` }),
      accepted(),
    )
  installation.at('2023-03-08T09:00')
  return {
    submitted: desk.log({ ...ONLINE, at: '2023-03-08T08:30' }),
    accepted: accepted(),
    not_accepted: desk.act(desk.log({ ...ONLINE, at: '2023-03-06T09:00' }), 'refuse_intake', {
      at: '2023-03-06T10:00',
    }),
    processing: after('transfer'),
    awaiting_supplement: after('request_supplement', 'supply_supplement', 'request_supplement'),
    awaiting_payment: after('transfer', 'request_payment'),
    withdrawn: after('transfer', 'withdraw'),
    stopped: after('transfer', 'stop'),
    result_ready: after('transfer', 'finish'),
    returned: after('request_supplement', 'supply_supplement', 'finish', 'return_result'),
    voided: after('void'),
  }
}
