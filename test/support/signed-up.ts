import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import { groupCommit } from '../../db/group-commit.ts'
import { findAccountByName, giveInstallationRole, setPassword } from '../../db/queries/accounts.ts'
import { createAccount } from '../../src/accounts/create-account.ts'
import type { ExternalService } from '../../src/accounts/external-service.ts'
import { hashPassword } from '../../src/accounts/passwords.ts'
import { openSession, sessionOf } from '../../src/accounts/session.ts'
import { buildApp } from '../../src/app.ts'
import { bumpCatalogue } from '../../src/catalogue/catalogue.ts'
import { SYSTEM_OPERATOR } from '../../src/deps.ts'
import { type TestInstallation, testInstallation } from './test-installation.ts'

export const PASSWORD = 'con mèo nhà bác Ba'
export const SITTING = { browser: 'Firefox trên Linux', address: '127.0.0.1' }

/** An installation with an account `chi.lan` that has a password of its own, and a session of it. */
export async function setting(installation: TestInstallation = testInstallation()) {
  const account = await signUp(installation, { username: 'chi.lan', officer: 'xa-ngoc-ky.mot-cua-1' })
  const doors = { deps: installation, writer: groupCommit(installation.db) }
  const { token } = openSession(installation, account.id, { ...SITTING, complete: true })
  return {
    installation,
    doors,
    account,
    token,
    password: PASSWORD,
    session: sessionOf(installation, token)!.session,
  }
}

/** An account with the password PASSWORD. */
export async function signUp(
  installation: TestInstallation,
  {
    username,
    officer,
    administrator = false,
  }: { username: string; officer: string; administrator?: boolean },
) {
  const { db, clock } = installation
  const account = createAccount(installation, SYSTEM_OPERATOR, { username, officer, kind: 'person' })
  const setAt = clock.now()
  setPassword(db, account.id, { hash: await hashPassword(PASSWORD), setAt, temporaryUntil: null })
  if (administrator) {
    giveInstallationRole(db, { officerId: account.officerId, role: 'administrator', validFrom: '2019-01-01' })
    bumpCatalogue(db)
  }
  return findAccountByName(db, username)!
}

/** A browser that keeps cookies, before the whole service. */
export interface Browser {
  get(url: string): Promise<LightMyRequestResponse>
  post(url: string, fields: Readonly<Record<string, string>>): Promise<LightMyRequestResponse>
  readonly cookies: Map<string, string>
}

export function browserOf(app: FastifyInstance): Browser {
  const cookies = new Map<string, string>()
  const send = async (method: 'GET' | 'POST', url: string, payload = '') => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = {
      cookie,
      ...(method === 'POST' && { 'content-type': 'application/x-www-form-urlencoded' }),
    }
    const reply = await app.inject({ method, url, headers, ...(method === 'POST' && { payload }) })
    for (const { name, value, maxAge, expires } of reply.cookies) {
      if (maxAge === 0 || value === '' || (expires !== undefined && expires.getTime() === 0))
        cookies.delete(name)
      else cookies.set(name, value)
    }
    return reply
  }
  return {
    cookies,
    get: (url) => send('GET', url),
    post: (url, fields) => send('POST', url, new URLSearchParams(fields).toString()),
  }
}

export async function appOf(
  installation: TestInstallation,
  external?: ExternalService,
): Promise<FastifyInstance> {
  const app = await buildApp({ ...installation, writer: groupCommit(installation.db), external })
  await app.ready()
  return app
}
