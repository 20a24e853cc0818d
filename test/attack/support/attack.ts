import { upsertSetting } from '../../../db/queries/settings.ts'
import { clientToken } from '../../support/client-token.ts'
import { randomHistory } from '../../support/random-history.ts'
import { sessionCookieOf } from '../../support/signed-in.ts'
import { type TempInstallation, tempInstallation } from '../../support/temp-installation.ts'
import { type Clients, startClients } from './clients.ts'
import { assertNothingLost, dossiersIn } from './nothing-lost.ts'
import { CLOCK_START, type Environment, type Service, startService } from './processes.ts'

export interface Scene {
  readonly installation: TempInstallation
  readonly service: Service
  readonly clients: Clients
  /** Another service in the place of one that has ended. */
  restart(): Promise<void>
  /** Opens a page as the head of the district. */
  look(path: string): Promise<Response>
}

export interface Setting {
  /** First day of the history, whose periods are to be closed. */
  readonly from: string
  /** Folder in which the installation is made. */
  readonly folder?: string
  /** Makes the service do the jobs itself, with these variables. */
  readonly environment?: (dataDir: string) => Environment
}

const CLERKS = 2
const PAUSE_MS = 20

/**
 * An attack on an installation with a past, while its real service takes dossiers all the time; afterwards nothing of
 * it may be lost or counted twice.
 */
export async function attack(
  { from, folder, environment }: Setting,
  work: (scene: Scene) => Promise<void>,
): Promise<void> {
  const installation = tempInstallation('2021-01-04T08:00', folder)
  upsertSetting(installation.db, 'demo', true)
  randomHistory(installation, { from, days: 8, perDay: 6, seed: 71 })
  installation.at(CLOCK_START)
  const before = dossiersIn(installation.db)
  const token = clientToken(installation)
  const cookie = sessionCookieOf(installation)
  let service = await startService(installation, environment?.(installation.config.dataDir))
  const clients = startClients({ urlNow: () => service.url, token }, CLERKS, PAUSE_MS)
  const restart = async () => {
    service = await startService(installation)
  }
  try {
    await work({ installation, service, clients, restart, look: (path) => look(service.url, path, cookie) })
    await clients.finish()
    assertNothingLost(installation, clients.acknowledged, before)
  } finally {
    clients.abandon()
    await service.end('SIGTERM')
    installation.close()
  }
}

function look(url: string, path: string, cookie: string): Promise<Response> {
  return fetch(`${url}${path}`, { headers: { cookie }, redirect: 'manual' })
}
