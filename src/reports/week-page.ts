import type { FastifyInstance } from 'fastify'
import { lastClosedDay } from '../../db/queries/periods.ts'
import { mayEnter } from '../accounts/guard.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import { unitChoices } from '../catalogue/unit-choices.ts'
import type { Deps } from '../deps.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import { type Period, parsePeriod, periodOf, previousPeriod } from '../domain/calendar/periods.ts'
import { actorOf } from '../web/actor.ts'
import type { Show } from '../web/layout.ts'
import { adjustments } from './adjustments.ts'
import { bridge } from './bridge.ts'
import { readReading } from './reading.ts'
import { report } from './report.ts'
import { reportBody } from './report-views.ts'
import { revisionMoments } from './revision-list.ts'
import { withSeenEvents } from './seen-events.ts'
import { rateTargets } from './targets.ts'

/** `/bao-cao/:period`: the figures of a week, a month or any period; `/bao-cao` is the latest closed week. */
export function weekPage(app: FastifyInstance, deps: Deps, show: Show): void {
  app.get('/bao-cao', (_request, reply) => reply.redirect(`/bao-cao/${latestWeek(deps).key}`, 303))

  app.get<{ Params: { period: string }; Querystring: { unit?: string; ban?: string; map?: string } }>(
    '/bao-cao/:period',
    (request, reply) => {
      const period = parsePeriod(request.params.period)
      const unit = request.query.unit || undefined
      const map = request.query.map === 'today' ? 'today' : 'then'
      const asked = { by: 'unit', attribution: 'resolving', unit, map } as const
      const reading = readReading(deps, period, request.query.ban)
      const own = { ...asked, period, reading: reading ?? 'closed' } as const
      const catalogue = catalogueOf(deps.db)
      const actor = actorOf(request)
      const today = localDayOf(deps.clock.now())
      const body = reportBody({
        report: report(deps, own),
        previous: report(deps, { ...asked, period: previousPeriod(period) }),
        reading,
        revisions: revisionMoments(deps, period),
        adjustments: withSeenEvents(deps, actor, adjustments(deps, { period, unit })),
        bridge: withSeenEvents(deps, actor, bridge(deps, own)),
        catalogue,
        targets: rateTargets(deps.db),
        today,
        now: deps.clock.now(),
        unit,
        plain: !mayEnter(request.principal, 'dossiers_read'),
        choices: unitChoices(catalogue, period.to < today && map === 'then' ? period.to : today),
      })
      return show(reply, { title: `Báo cáo ${period.label}`, area: '/bao-cao', paper: 'landscape', body })
    },
  )
}

/** The newest closed week; before any was closed, the one that is running. */
export function latestWeek({ db, clock }: Deps): Period {
  return periodOf('week', lastClosedDay(db) ?? localDayOf(clock.now()))
}
