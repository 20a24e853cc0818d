import type { FastifyInstance } from 'fastify'
import { openAlarms } from '../../db/queries/alarms.ts'
import { lastGoodRuns } from '../../db/queries/job-ledger.ts'
import type { Deps } from '../deps.ts'
import { printInstant } from '../domain/calendar/day.ts'

/** `GET /healthz`: the database answers, how long ago each job last succeeded, alarms nobody has cleared. */
export function serveHealth(app: FastifyInstance, { db, clock, log }: Deps): void {
  app.get('/healthz', async (_request, reply) => {
    const now = clock.now()
    reply.header('cache-control', 'no-store')
    try {
      const jobs = lastGoodRuns(db).map(({ job, finishedAt }) => {
        const lastGood = finishedAt ?? now
        return { job, lastGoodAt: printInstant(lastGood), ageSeconds: Math.round((now - lastGood) / 1000) }
      })
      return { status: 'ok', database: 'ok', now: printInstant(now), jobs, openAlarms: openAlarms(db).length }
    } catch (error) {
      log.error({ err: error }, 'health check failed')
      return reply.code(503).send({ status: 'failing', database: 'failing', now: printInstant(now) })
    }
  })
}
