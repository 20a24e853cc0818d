import Fastify, { type FastifyInstance } from 'fastify'
import { groupCommit } from '../../db/group-commit.ts'
import type { PaperDeps } from '../../src/deps.ts'
import { registerPages } from '../../src/pages.ts'

/** The pages over `deps`, without the API. */
export async function pageApp(deps: PaperDeps): Promise<FastifyInstance> {
  const app = Fastify()
  await registerPages(app, { deps, writer: groupCommit(deps.db) })
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
