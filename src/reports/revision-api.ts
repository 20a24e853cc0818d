import { printInstant } from '../domain/calendar/day.ts'
import { parsePeriod } from '../domain/calendar/periods.ts'
import { RuleError } from '../domain/refusals.ts'
import { actorOf } from '../web/actor.ts'
import type { ApiOptions, ApiScope } from '../web/api-scope.ts'
import { REFUSALS_OUT } from '../web/schemas.ts'
import { type AdjustedRow, adjustments } from './adjustments.ts'
import { type ComparedRow, comparison } from './comparison.ts'
import { rateJson } from './rate-json.ts'
import { PERIOD_PARAMS } from './report-schemas.ts'
import { adjustingEventJson, counterJson, lateEventJson } from './revision-json.ts'
import { revisionList } from './revision-list.ts'
import { ADJUSTMENTS, COMPARISON, COMPARISON_QUERY, REVISIONS, SCOPE_QUERY } from './revision-schemas.ts'
import { seenEvents, withSeenEvents } from './seen-events.ts'

const TAGS = ['Báo cáo']

/** What became of a closed period: its revisions, its adjustments, two revisions side by side. */
export async function revisionApi(api: ApiScope, { deps }: ApiOptions): Promise<void> {
  const revisions = {
    tags: TAGS,
    operationId: 'listRevisions',
    summary: 'Các bản của một kỳ đã chốt',
    params: PERIOD_PARAMS,
    querystring: SCOPE_QUERY,
    response: { 200: REVISIONS, ...REFUSALS_OUT },
  }
  api.get('/reports/:period/revisions', { schema: revisions }, async (request) => {
    const period = parsePeriod(request.params.period)
    const actor = actorOf(request)
    const list = revisionList(deps, { period, unit: request.query.unit })
    return {
      period,
      revisions: list.map(({ takenAt, events, ...rest }) => ({
        ...rest,
        takenAt: printInstant(takenAt),
        events: seenEvents(deps, actor, events).map(lateEventJson),
      })),
    }
  })

  const adjusted = {
    tags: TAGS,
    operationId: 'showAdjustments',
    summary: 'Điều chỉnh sau khi chốt',
    description: 'Số liệu khác bản 1 ở đâu, vì những việc nào, bản nào đã đưa vào.',
    params: PERIOD_PARAMS,
    querystring: SCOPE_QUERY,
    response: { 200: ADJUSTMENTS, ...REFUSALS_OUT },
  }
  api.get('/reports/:period/adjustments', { schema: adjusted }, async (request) => {
    const period = parsePeriod(request.params.period)
    const found = withSeenEvents(
      deps,
      actorOf(request),
      adjustments(deps, { period, unit: request.query.unit }),
    )
    if (found === null) throw new RuleError('period_not_closed', { period: period.label })
    return {
      period,
      rows: found.rows.map(adjustedJson),
      total: adjustedJson(found.total),
      events: found.events.map(adjustingEventJson),
    }
  })

  const compared = {
    tags: TAGS,
    operationId: 'compareRevisions',
    summary: 'So sánh hai bản của một kỳ',
    params: PERIOD_PARAMS,
    querystring: COMPARISON_QUERY,
    response: { 200: COMPARISON, ...REFUSALS_OUT },
  }
  api.get('/reports/:period/comparison', { schema: compared }, async (request) => {
    const { from, to, unit } = request.query
    const period = parsePeriod(request.params.period)
    const readings = { from: Number(from), to: to === 'current' ? ('current' as const) : Number(to) }
    const found = withSeenEvents(deps, actorOf(request), comparison(deps, { period, ...readings, unit }))
    return {
      period,
      ...readings,
      rows: found.rows.map(comparedJson),
      total: comparedJson(found.total),
      events: found.events.map(adjustingEventJson),
    }
  })
}

function adjustedJson({ key, label, counters }: Pick<AdjustedRow, 'key' | 'label' | 'counters'>) {
  return { key, label, counters: counters.map(counterJson) }
}

function comparedJson(row: ComparedRow) {
  const rates = row.rates.map(({ code, name, before, after }) => ({
    code,
    name,
    before: rateJson(before),
    after: rateJson(after),
  }))
  return { ...adjustedJson(row), rates }
}
