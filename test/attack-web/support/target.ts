import type { FastifyInstance, InjectOptions, LightMyRequestResponse as Response } from 'fastify'
import { groupCommit, type Writer } from '../../../db/group-commit.ts'
import {
  findAccountOfOfficer,
  giveInstallationRole,
  insertAccount,
  setPassword,
} from '../../../db/queries/accounts.ts'
import { hashPassword } from '../../../src/accounts/passwords.ts'
import { openSession } from '../../../src/accounts/session.ts'
import { buildApp } from '../../../src/app.ts'
import { bumpCatalogue, catalogueOf } from '../../../src/catalogue/catalogue.ts'
import { LIMITS, type Limits } from '../../../src/web/limits.ts'
import { type Site, THIS_MACHINE } from '../../../src/web/site.ts'
import { type TestInstallation, testInstallation } from '../../support/test-installation.ts'

/** The whole service as it is shipped, limits and all, asked without any help by whoever the attack pretends to be. */
export interface Target {
  readonly installation: TestInstallation
  readonly app: FastifyInstance
  readonly writer: Writer
  send(request: InjectOptions): Promise<Response>
  /** Sends a form. */
  form(url: string, fields: Fields, headers?: Headers): Promise<Response>
  /** Sends JSON. */
  json(url: string, body: unknown, headers?: Headers): Promise<Response>
}

type Headers = Readonly<Record<string, string>>
export type Fields = Readonly<Record<string, string>>

export const PASSWORD = 'con trâu đi trước cái cày'
/** Where the service is open to the network. */
export const PUBLIC: Site = { origin: 'https://motcua.xa.example', trustProxy: [] }
export const PUBLIC_HOST = 'motcua.xa.example'

export async function target({
  site = THIS_MACHINE,
  limits = LIMITS,
  installation = testInstallation(),
}: {
  readonly site?: Site
  readonly limits?: Limits
  readonly installation?: TestInstallation
} = {}): Promise<Target> {
  const writer = groupCommit(installation.db)
  const app = await buildApp({ ...installation, writer, site, limits })
  await app.ready()
  const host = site.origin === null ? 'localhost' : new URL(site.origin).host
  const send = (request: InjectOptions) =>
    app.inject({ ...request, headers: { host, ...request.headers } } as InjectOptions)
  const post = (type: string) => (url: string, payload: string, headers: Headers) =>
    send({ method: 'POST', url, payload, headers: { 'content-type': type, ...headers } })
  return {
    installation,
    app,
    writer,
    send,
    form: (url, fields, headers = {}) =>
      post('application/x-www-form-urlencoded')(url, String(new URLSearchParams(fields)), headers),
    json: (url, body, headers = {}) =>
      post('application/json')(url, typeof body === 'string' ? body : JSON.stringify(body), headers),
  }
}

/** An account of an officer with PASSWORD; its name is the officer's key. */
export async function accountOf({ installation }: Target, officer: string): Promise<number> {
  const { db, clock } = installation
  const found = catalogueOf(db).officerByKey.get(officer)
  if (found === undefined) throw new Error(`no officer ${officer}`)
  const id =
    findAccountOfOfficer(db, found.id)?.id ??
    insertAccount(db, {
      username: officer,
      officerId: found.id,
      kind: 'person',
      createdAt: clock.now(),
    })
  setPassword(db, id, { hash: await ofPassword(), setAt: clock.now(), temporaryUntil: null })
  return id
}

let hash: Promise<string> | undefined
function ofPassword(): Promise<string> {
  hash ??= hashPassword(PASSWORD)
  return hash
}

/** What the cookie of a new session of that account carries. */
export function tokenOf({ installation }: Target, account: number, complete = true): string {
  return openSession(installation, account, { browser: 'Firefox', address: '192.0.2.7', complete }).token
}

/** The header that carries it. */
export function withToken(token: string, name = 'motcua'): { cookie: string } {
  return { cookie: `${name}=${token}` }
}

/** An officer signed in, with an account of their own. */
export async function signedIn(at: Target, officer: string): Promise<{ cookie: string }> {
  return withToken(tokenOf(at, await accountOf(at, officer)))
}

/** Makes an officer administrator of the installation. */
export function makeAdministrator({ installation: { db } }: Target, officer: string): void {
  const { id } = catalogueOf(db).officerByKey.get(officer)!
  giveInstallationRole(db, { officerId: id, role: 'administrator', validFrom: '2019-01-01' })
  bumpCatalogue(db)
}

/** Signs in as a browser does; the answer, and what its cookie carries. */
export async function signInAs(at: Target, username: string, password = PASSWORD, headers: Headers = {}) {
  const reply = await at.form('/dang-nhap', { username, password }, headers)
  const set = String(reply.headers['set-cookie'] ?? '')
  return { reply, set, token: /motcua=([^;]*)/.exec(set)?.[1] ?? '' }
}

/** Everything in the database that somebody could have changed, as text. */
export function stateOf({ installation: { db } }: Target): string {
  const tables = db
    .prepare(
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'
         AND name NOT IN ('audit_entries', 'sessions', 'sign_in_failures') ORDER BY name`,
    )
    .pluck()
    .all() as string[]
  return JSON.stringify(tables.map((name) => [name, db.prepare(`SELECT * FROM "${name}"`).all()]))
}
