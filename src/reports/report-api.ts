import { countDossiers, countedDossiers } from '../../db/queries/report-dossiers.ts'
import { seenDossiers } from '../accounts/seen-units.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import type { Deps } from '../deps.ts'
import { localDayOf, printInstant } from '../domain/calendar/day.ts'
import { parsePeriod } from '../domain/calendar/periods.ts'
import { form06Row } from '../domain/counting/form06.ts'
import { RuleError } from '../domain/refusals.ts'
import { dossierItem } from '../dossiers/dossier-json.ts'
import { actorOf } from '../web/actor.ts'
import type { ApiOptions, ApiScope } from '../web/api-scope.ts'
import { cursorOf, readCursor } from '../web/cursor.ts'
import { PAGE_SIZE, REFUSALS_OUT } from '../web/schemas.ts'
import { bridge } from './bridge.ts'
import { rateJson } from './rate-json.ts'
import { type ReportGrain, type ReportRow, report } from './report.ts'
import { COUNTED_PAGE, COUNTER_QUERY, PERIOD_PARAMS, REPORT, REPORT_QUERY } from './report-schemas.ts'
import { bridgeJson } from './revision-json.ts'
import { type UnitMap, unitsOf } from './scope.ts'
import { withSeenEvents } from './seen-events.ts'

const TAGS = ['Báo cáo']

/** `/reports/:period`: the figures, and the dossiers behind any of them. */
export async function reportApi(api: ApiScope, { deps }: ApiOptions): Promise<void> {
  const figures = {
    tags: TAGS,
    operationId: 'showReport',
    summary: 'Số liệu một kỳ',
    params: PERIOD_PARAMS,
    querystring: REPORT_QUERY,
    response: { 200: REPORT, ...REFUSALS_OUT },
  }
  api.get('/reports/:period', { schema: figures }, async (request) => {
    const { by = 'unit', attribution = 'resolving', unit, map, reading } = request.query
    const period = parsePeriod(request.params.period)
    const asked = { period, by, attribution, unit, map, reading: readingOf(reading), withIndexed: true }
    const found = report(deps, asked)
    const carried = withSeenEvents(deps, actorOf(request), bridge(deps, asked))
    return {
      ...found,
      closed: found.closed && {
        at: printInstant(found.closed.at),
        revision: found.closed.revision,
        takenAt: printInstant(found.closed.takenAt),
      },
      bridge: carried && bridgeJson(carried),
      rows: found.rows.map((row) => rowJson(row, by)),
      total: rowJson(found.total, by),
      broken: [...found.broken],
      missing: [...found.missing],
      variants: catalogueOf(deps.db).variants.map(({ code, name, formula, verified }) => ({
        code,
        name,
        formula,
        verified,
      })),
    }
  })

  const behind = {
    tags: TAGS,
    operationId: 'listCountedDossiers',
    summary: 'Hồ sơ đứng sau một số liệu',
    description:
      'Danh sách đúng những hồ sơ được đếm; tổng số lần đếm bằng số liệu. Hồ sơ của đơn vị khác chỉ được đếm ở notShown.',
    params: PERIOD_PARAMS,
    querystring: COUNTER_QUERY,
    response: { 200: COUNTED_PAGE, ...REFUSALS_OUT },
  }
  api.get('/reports/:period/dossiers', { schema: behind }, async (request) => {
    const { counter, limit = PAGE_SIZE, cursor } = request.query
    const period = parsePeriod(request.params.period)
    const asOf = asOfDay(deps, period.to)
    const seen = seenDossiers(deps, actorOf(request))
    const query = { counter, from: period.from, to: asOf, ...scopeOf(deps, request.query, asOf), seen }
    const total = countDossiers(deps.db, { ...query, seen: null })
    const after = cursor === undefined ? 0 : (readCursor(cursor, 1)[0] ?? 0)
    const rows = countedDossiers(deps.db, query, after, limit + 1)
    const items = rows.slice(0, limit)
    const last = rows.length > limit ? items.at(-1) : undefined
    return {
      period,
      asOf,
      counter,
      total,
      notShown: seen === null ? 0 : total - countDossiers(deps.db, query),
      items: items.map((row) => ({ ...dossierItem(deps, row), times: row.times })),
      nextCursor: last ? cursorOf([last.id]) : null,
    }
  })
}

function rowJson({ key, label, note, tally, rates }: ReportRow, by: ReportGrain) {
  const printed = Object.fromEntries(Object.entries(rates).map(([code, rate]) => [code, rateJson(rate)]))
  return {
    key,
    label,
    note,
    tally,
    rates: printed,
    form06: form06Row(tally, by === 'officer' ? 'officers' : 'units'),
  }
}

function readingOf(text: string | undefined): 'closed' | 'current' | number | undefined {
  if (text === undefined || text === 'closed' || text === 'current') return text
  return Number(text)
}

function asOfDay({ clock }: Deps, to: string): string {
  const today = localDayOf(clock.now())
  return to < today ? to : today
}

interface Scope {
  readonly unit?: string
  readonly attribution?: 'resolving' | 'receiving'
  readonly procedure?: string
  readonly field?: string
  readonly channel?: string
  readonly map?: UnitMap
}

function scopeOf(
  { db, clock }: Deps,
  { unit, map, attribution = 'resolving', procedure, field, channel = undefined }: Scope,
  day: string,
) {
  const catalogue = catalogueOf(db)
  const procedureId = procedure === undefined ? null : catalogue.procedureByCode.get(procedure)?.id
  if (procedureId === undefined) throw new RuleError('unknown_procedure', { procedure: procedure ?? '' })
  const fieldId = field === undefined ? null : catalogue.fields.find((each) => each.slug === field)?.id
  if (fieldId === undefined) throw new RuleError('unknown_field', { field: field ?? '' })
  return {
    unitIds: unitsOf(catalogue, { unit, map }, day, localDayOf(clock.now())),
    attribution,
    procedureId,
    fieldId,
    channel: channel ?? null,
  }
}
