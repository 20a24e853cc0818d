import type { FastifyInstance } from 'fastify'
import { groupCommit, type Writer } from '../../db/group-commit.ts'
import { buildApp } from '../../src/app.ts'
import type { PaperDeps } from '../../src/deps.ts'
import { LIMITS, type Limits, ratesFor } from '../../src/web/limits.ts'
import { signIn } from './signed-in.ts'

const UNHURRIED: Limits = {
  ...LIMITS,
  rates: { ...ratesFor(0), sign_in: 1_000_000, proof: 1_000_000 },
}

/**
 * The whole service over `deps`, pages and API, asked by whoever the test names (test/support/signed-in.ts), as often as
 * it likes: no person sends what a test does.
 */
export async function serviceApp(
  deps: PaperDeps,
  writer: Writer = groupCommit(deps.db),
): Promise<FastifyInstance> {
  const app = signIn(await buildApp({ ...deps, writer, limits: UNHURRIED }), deps)
  await app.ready()
  return app
}
