import type { FastifyInstance } from 'fastify'

/** Refusals that somebody who tries the doors meets, and others seldom. */
const WATCHED = new Set([
  'wrong_host',
  'foreign_form',
  'not_signed_in',
  'not_permitted',
  'not_your_unit',
  'dossier_elsewhere',
  'setup_link_used',
  'too_many_requests',
])

/**
 * A line of the log for each, with the account (a number) and the address it came from: what a watcher of attacks
 * needs. Wrong passwords stand in the audit.
 */
export function logRefusals(app: FastifyInstance): void {
  app.addHook('onError', async (request, _reply, error) => {
    if (!WATCHED.has(error.code)) return
    const account = request.principal?.account.id ?? null
    request.log.warn(
      { code: error.code, route: request.routeOptions.url, account, address: request.ip },
      'refused',
    )
  })
}
