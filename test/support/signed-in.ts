import type { IncomingHttpHeaders } from 'node:http'
import type { FastifyInstance, InjectOptions } from 'fastify'
import { findAccountOfOfficer, giveInstallationRole, insertAccount } from '../../db/queries/accounts.ts'
import { openSession, sessionOf } from '../../src/accounts/session.ts'
import { bumpCatalogue, catalogueOf } from '../../src/catalogue/catalogue.ts'
import type { Deps } from '../../src/deps.ts'

/** Head of the district and administrator: whoever a test does not name. */
export const DISTRICT_HEAD = 'huyen-tu-ky.chu-tich'

/** Header by which a test says which officer sends a request; `nobody` for somebody who is not signed in. */
export const OFFICER = 'x-motcua-officer'

/**
 * Requests of tests come with the session of an officer: the one named in the header, else the district's head. The
 * session is a real one; only the password is left out.
 */
export function signIn(app: FastifyInstance, deps: Deps): FastifyInstance {
  const cookies = cookiesOf(deps)
  const inject = app.inject.bind(app)
  app.inject = ((options: InjectOptions | string) => {
    const given = typeof options === 'string' ? { url: options } : options
    const headers = { ...(given.headers as IncomingHttpHeaders | undefined) }
    cookies.put(headers)
    return inject({ ...given, headers } as InjectOptions)
  }) as FastifyInstance['inject']
  app.server.prependListener('request', ({ headers }) => cookies.put(headers))
  return app
}

/** The cookie of a new session of an officer. */
export function sessionCookieOf(deps: Deps, officer = DISTRICT_HEAD): string {
  const found = catalogueOf(deps.db).officerByKey.get(officer)
  if (found === undefined) throw new Error(`no officer ${officer}`)
  const accountId =
    findAccountOfOfficer(deps.db, found.id)?.id ??
    insertAccount(deps.db, {
      username: officer,
      officerId: found.id,
      kind: 'person',
      createdAt: deps.clock.now(),
    })
  const sitting = { browser: 'Chrome trên Linux', address: '127.0.0.1', complete: true }
  return `motcua=${openSession(deps, accountId, sitting).token}`
}

function cookiesOf(deps: Deps) {
  const head = catalogueOf(deps.db).officerByKey.get(DISTRICT_HEAD)
  if (head !== undefined) {
    giveInstallationRole(deps.db, { officerId: head.id, role: 'administrator', validFrom: '2019-01-01' })
    bumpCatalogue(deps.db)
  }
  const open = new Map<string, string>()
  const cookieOf = (officer: string) => {
    const kept = open.get(officer)
    if (kept !== undefined && sessionOf(deps, kept.slice('motcua='.length)) !== null) return kept
    const cookie = sessionCookieOf(deps, officer)
    open.set(officer, cookie)
    return cookie
  }
  return {
    put(headers: IncomingHttpHeaders) {
      const officer = headers[OFFICER] as string | undefined
      delete headers[OFFICER]
      if (
        officer === 'nobody' ||
        headers.authorization !== undefined ||
        /\bmotcua=/.test(headers.cookie ?? '')
      )
        return
      const key = officer ?? DISTRICT_HEAD
      const isKnown = catalogueOf(deps.db).officerByKey.has(key)
      // Whoever is unknown comes with a cookie that no session has.
      headers.cookie = isKnown ? cookieOf(key) : `motcua=${encodeURIComponent(key)}`
    },
  }
}
