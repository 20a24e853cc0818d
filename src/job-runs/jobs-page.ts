import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { openAlarms } from '../../db/queries/alarms.ts'
import { lastGoodRuns } from '../../db/queries/job-ledger.ts'
import { askedRetries } from '../../db/queries/job-retries.ts'
import { failedRuns, listRuns, runningCount } from '../../db/queries/job-runs.ts'
import { deliveryTotals } from '../../db/queries/webhook-deliveries.ts'
import { mayEnter } from '../accounts/guard.ts'
import type { Actor } from '../deps.ts'
import { RuleError } from '../domain/refusals.ts'
import type { PageOptions } from '../page-options.ts'
import { actorOf } from '../web/actor.ts'
import { readCursor } from '../web/cursor.ts'
import { orRefused } from '../web/forms.ts'
import type { Show } from '../web/layout.ts'
import { bullBoard } from './bull-board.ts'
import { dismissAlarm } from './dismiss-alarm.ts'
import { JOBS_HREF, jobsBody, RUN_TABS, type RunTab } from './jobs-views.ts'
import { nextDue } from './next-due.ts'
import { queueCounts } from './queue-counts.ts'
import { queueBody } from './queue-view.ts'
import { retryRun } from './retry-run.ts'

interface Query {
  readonly xem?: string
  readonly truoc?: string
}
interface One {
  readonly Params: { readonly id: string }
  readonly Querystring: Query
}

const PAGE_SIZE = 50
/** Seconds after which the page is read again while something runs; a header, so that it works without JavaScript. */
const REFRESH_S = 5

/** `/quan-tri/viec-nen`: what runs by itself, when it is due, what failed, and the way to try it again now. */
export function jobsPage(app: FastifyInstance, options: PageOptions, show: Show): void {
  const { deps, writer, site, redisUrl = null } = options
  const { db } = deps

  const page = (request: FastifyRequest, reply: FastifyReply, query: Query, refusal: string | null) => {
    const tab: RunTab = RUN_TABS.find((each) => each === query.xem) ?? 'all'
    const cursor = query.truoc ? readCursor(query.truoc, 2) : null
    const before = cursor === null ? null : ([cursor[0]!, cursor[1]!] as const)
    const outcome = tab === 'all' ? null : tab
    const found = listRuns(db, { outcome, before, limit: PAGE_SIZE + 1 })
    const asked = new Set(askedRetries(db).map(({ job, subject, version }) => `${job}|${subject}|${version}`))
    if (refusal === null && (asked.size > 0 || runningCount(db) > 0))
      reply.header('refresh', String(REFRESH_S))
    const body = jobsBody({
      now: deps.clock.now(),
      refusal,
      alarms: openAlarms(db),
      due: nextDue(deps),
      good: new Map(lastGoodRuns(db).map((run) => [run.job, run])),
      failed: new Map(failedRuns(db).map((run) => [run.job, run])),
      webhooks: deliveryTotals(db),
      hasQueue: redisUrl !== null,
      tab,
      runs: found.slice(0, PAGE_SIZE),
      hasMore: found.length > PAGE_SIZE,
      asked,
      mayAct: mayEnter(request.principal, 'jobs'),
      mayReadWebhooks: mayEnter(request.principal, 'webhooks_read'),
    })
    return show(reply, { title: 'Việc nền', area: '/quan-tri', status: refusal === null ? 200 : 409, body })
  }

  app.get<{ Querystring: Query }>(JOBS_HREF, (request, reply) => page(request, reply, request.query, null))

  app.get(`${JOBS_HREF}/hang-doi`, async (request, reply) => {
    if (redisUrl === null)
      return show(reply, {
        title: 'Hàng đợi',
        area: '/quan-tri',
        body: queueBody({ counts: null, refusal: null, board: false }),
      })
    const outcome = await orRefused({}, () => queueCounts(redisUrl))
    const shown =
      'state' in outcome
        ? { counts: null, refusal: outcome.state.refusal, board: false }
        : { counts: outcome.done, refusal: null, board: mayEnter(request.principal, 'jobs') }
    const status = shown.refusal === null ? 200 : 503
    return show(reply, { title: 'Hàng đợi', area: '/quan-tri', status, body: queueBody(shown) })
  })

  bullBoard(app, { redisUrl, site })

  /** A button of the page; pressed twice it does one thing. */
  const button = (path: string, work: (actor: Actor, id: number) => void) => {
    app.post<One>(`${JOBS_HREF}/${path}`, async (request, reply) => {
      const outcome = await orRefused({}, () =>
        writer.write(() => work(actorOf(request), numberIn(request.params.id))),
      )
      if ('state' in outcome) return page(request, reply, {}, outcome.state.refusal)
      return reply.redirect(JOBS_HREF, 303)
    })
  }
  button(':id/chay-lai', (actor, id) => retryRun(deps, actor, id))
  button('canh-bao/:id/tat', (actor, id) => dismissAlarm(deps, actor, id))
}

function numberIn(text: string): number {
  if (!/^[1-9]\d{0,14}$/.test(text)) throw new RuleError('unknown_run', { run: text.slice(0, 20) })
  return Number(text)
}
