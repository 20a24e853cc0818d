import Fastify, { type FastifyInstance } from 'fastify'
import { groupCommit } from '../../db/group-commit.ts'
import { guard } from '../../src/accounts/guard.ts'
import type { PaperDeps } from '../../src/deps.ts'
import { registerPages } from '../../src/pages.ts'
import { securityHeaders } from '../../src/web/security-headers.ts'
import { THIS_MACHINE } from '../../src/web/site.ts'
import { signIn } from './signed-in.ts'

/** The pages over `deps`, without the API; with a Redis where one is named. */
export async function pageApp(deps: PaperDeps, redisUrl: string | null = null): Promise<FastifyInstance> {
  const app = Fastify()
  const options = { deps, writer: groupCommit(deps.db), site: THIS_MACHINE, redisUrl }
  securityHeaders(app, THIS_MACHINE)
  await guard(app, options)
  await registerPages(app, options)
  signIn(app, deps)
  await app.ready()
  return app
}

/** Addresses of a page's links within the site, entities decoded, each once. */
export function linksOf(body: string): readonly string[] {
  const found = [...body.matchAll(/\shref="([^"]+)"/g)].map(([, href]) => decode(href!))
  return [...new Set(found)].filter((href) => href.startsWith('/'))
}

/** Text of a page without its tags. */
export function textOf(body: string): string {
  return decode(body.replace(/<(script|style)[\s\S]*?<\/\1>/g, '').replace(/<[^>]+>/g, ' ')).replace(
    /\s+/g,
    ' ',
  )
}

function decode(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
}
