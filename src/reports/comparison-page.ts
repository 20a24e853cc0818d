import type { FastifyInstance } from 'fastify'
import { newestRevision } from '../../db/queries/snapshots.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import { unitChoices } from '../catalogue/unit-choices.ts'
import type { Deps } from '../deps.ts'
import { parsePeriod } from '../domain/calendar/periods.ts'
import { RuleError } from '../domain/refusals.ts'
import { actorOf } from '../web/actor.ts'
import type { Show } from '../web/layout.ts'
import { comparison } from './comparison.ts'
import { comparisonBody } from './comparison-view.ts'
import { readReading } from './reading.ts'
import { revisionMoments } from './revision-list.ts'
import { withSeenEvents } from './seen-events.ts'

interface Query {
  readonly tu?: string
  readonly den?: string
  readonly unit?: string
}

/** `/bao-cao/:period/so-sanh?tu=1&den=2`: two revisions of a closed period side by side. */
export function comparisonPage(app: FastifyInstance, deps: Deps, show: Show): void {
  app.get<{ Params: { period: string }; Querystring: Query }>(
    '/bao-cao/:period/so-sanh',
    (request, reply) => {
      const period = parsePeriod(request.params.period)
      const { tu, den, unit: given } = request.query
      const unit = given || undefined
      const newest = newestRevision(deps.db, period.key)
      if (newest === null) throw new RuleError('period_not_closed', { period: period.label })
      const from = readReading(deps, period, tu) ?? 1
      if (from === 'current') throw new RuleError('revisions_reversed', { from: 'hiện tại', to: den ?? '' })
      const to = readReading(deps, period, den) ?? 'current'
      const body = comparisonBody({
        comparison: withSeenEvents(deps, actorOf(request), comparison(deps, { period, from, to, unit })),
        moments: revisionMoments(deps, period),
        choices: unitChoices(catalogueOf(deps.db), period.to),
        unit,
      })
      return show(reply, { title: `So sánh, ${period.label}`, area: '/bao-cao', body })
    },
  )
}
