import { Readable } from 'node:stream'
import { setImmediate as turn } from 'node:timers/promises'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type EntryFilter, entriesBefore } from '../../db/queries/audit.ts'
import { mayEnter } from '../accounts/guard.ts'
import type { PageOptions } from '../page-options.ts'
import { actorOf } from '../web/actor.ts'
import { orRefused, type Typed, typedIn } from '../web/forms.ts'
import type { Show } from '../web/layout.ts'
import { auditCsv } from './audit-csv.ts'
import { auditBody, HREF, type ShownEntries } from './audit-views.ts'
import { entryFilter } from './entry-words.ts'
import { recordExport } from './record-export.ts'
import { toldEntry } from './told-entry.ts'

const PAGE_SIZE = 50

/** `/quan-tri/nhat-ky`: who did what, newest first, narrowed by a form; the same as a file. */
export function auditPage(app: FastifyInstance, { deps, writer }: PageOptions, show: Show): void {
  const page = (reply: FastifyReply, typed: Typed, shown: ShownEntries, refusal: string | null) =>
    show(reply, {
      title: 'Nhật ký kiểm tra',
      area: '/quan-tri',
      body: auditBody(deps, { typed, refusal }, shown),
      status: refusal === null ? 200 : 422,
    })

  app.get(HREF, async (request, reply) => {
    const typed = typedIn(request.query)
    const outcome = await orRefused(typed, () =>
      shownEntries(request, entryFilter(deps, typed), typed['truoc']),
    )
    return 'state' in outcome
      ? page(reply, typed, NOTHING, outcome.state.refusal)
      : page(reply, typed, outcome.done, null)
  })

  app.get(`${HREF}/tep.csv`, async (request, reply) => {
    const typed = typedIn(request.query)
    const actor = actorOf(request)
    const outcome = await orRefused(typed, async () => {
      const filter = entryFilter(deps, typed)
      const { from, to } = filter
      await writer.write(() =>
        recordExport(deps, actor, { what: 'audit', by: 'page', from: from ?? null, to: to ?? null }),
      )
      return filter
    })
    if ('state' in outcome) return page(reply, typed, NOTHING, outcome.state.refusal)
    return reply
      .type('text/csv; charset=utf-8')
      .headers({
        'cache-control': 'no-store',
        'content-disposition': 'attachment; filename="nhat-ky-kiem-tra.csv"',
      })
      .send(Readable.from(inTurns(auditCsv(deps, outcome.done)), { objectMode: false }))
  })

  function shownEntries(
    { principal }: FastifyRequest,
    filter: EntryFilter,
    before: string | undefined,
  ): ShownEntries {
    const place = /^\d{1,15}$/.test(before ?? '') ? Number(before) : Number.MAX_SAFE_INTEGER
    const { entries, next } = entriesBefore(deps.db, filter, { before: place, limit: PAGE_SIZE })
    return {
      entries: entries.map((entry) => toldEntry(deps, entry)),
      next,
      opens: mayEnter(principal, 'dossiers_read'),
    }
  }
}

const NOTHING: ShownEntries = { entries: [], next: null, opens: false }

async function* inTurns(pieces: Iterable<string>): AsyncGenerator<Buffer> {
  for (const piece of pieces) {
    yield Buffer.from(piece)
    await turn()
  }
}
