import { listPeriods } from '../../db/queries/period-list.ts'
import { countWorkingDays, dayRule } from '../domain/calendar/calendar.ts'
import { clockTime } from '../domain/calendar/clock-time.ts'
import { addDays, type LocalDay, localDayOf, printInstant } from '../domain/calendar/day.ts'
import { describeLimit, parseLimit } from '../domain/deadlines/time-limit.ts'
import { RuleError } from '../domain/refusals.ts'
import { findUnit } from '../reports/scope.ts'
import type { ApiOptions, ApiScope } from '../web/api-scope.ts'
import { REFUSALS_OUT } from '../web/schemas.ts'
import {
  type Catalogue,
  catalogueOf,
  type Procedure,
  type ProcedureVersion,
  type UnitVersion,
  versionOn,
} from './catalogue.ts'
import * as schema from './catalogue-schemas.ts'
import { placementOn } from './procedure-placements.ts'

const TAGS = ['Danh mục']

/** Reference data as callers need it: units, procedures, officers, the calendar, the periods. Dated, never secret. */
export async function catalogueApi(api: ApiScope, { deps }: ApiOptions): Promise<void> {
  const today = () => localDayOf(deps.clock.now())

  const units = {
    tags: TAGS,
    operationId: 'listUnits',
    summary: 'Đơn vị',
    querystring: schema.ON_QUERY,
    response: { 200: schema.UNITS, ...REFUSALS_OUT },
  }
  api.get('/units', { schema: units }, async ({ query }) => {
    const catalogue = catalogueOf(deps.db)
    const day = query.on ?? today()
    return {
      units: catalogue.units.map(({ key, kind, vertical, versions }) => {
        const inForce = versionOn(versions, day)
        const shown = versions.map((version) => unitVersion(catalogue, version))
        return {
          key,
          kind,
          vertical,
          inForce: inForce ? unitVersion(catalogue, inForce) : null,
          versions: shown,
        }
      }),
    }
  })

  const procedures = {
    tags: TAGS,
    operationId: 'listProcedures',
    summary: 'Thủ tục',
    querystring: schema.ON_QUERY,
    response: { 200: schema.PROCEDURES, ...REFUSALS_OUT },
  }
  api.get('/procedures', { schema: procedures }, async ({ query }) => {
    const catalogue = catalogueOf(deps.db)
    const day = query.on ?? today()
    return {
      procedures: catalogue.procedures.map((procedure) => {
        const version = versionOn(procedure.versions, day)
        const { limitText = null, onlineLevel = null } = version ?? {}
        return { ...procedureHead(catalogue, procedure, day), limit: limitText, onlineLevel }
      }),
    }
  })

  const procedure = {
    tags: TAGS,
    operationId: 'showProcedure',
    summary: 'Một thủ tục, các phiên bản và thành phần hồ sơ',
    params: schema.PROCEDURE_PARAMS,
    response: { 200: schema.PROCEDURE, ...REFUSALS_OUT },
  }
  api.get('/procedures/:code', { schema: procedure }, async ({ params }) => {
    const catalogue = catalogueOf(deps.db)
    const found = catalogue.procedureByCode.get(params.code)
    if (found === undefined) throw new RuleError('unknown_procedure', { procedure: params.code })
    return { ...procedureHead(catalogue, found, today()), versions: found.versions.map(procedureVersion) }
  })

  const officers = {
    tags: TAGS,
    operationId: 'listOfficers',
    summary: 'Cán bộ',
    response: { 200: schema.OFFICERS, ...REFUSALS_OUT },
  }
  api.get('/officers', { schema: officers }, async () => {
    const catalogue = catalogueOf(deps.db)
    return {
      officers: catalogue.officers.map(({ key, name, memberships }) => ({
        key,
        name,
        memberships: memberships.map(({ unitId, role, title, fieldSlugs, validFrom, validTo }) => {
          return {
            unit: unitKey(catalogue, unitId) ?? '',
            role,
            title,
            fields: [...fieldSlugs],
            validFrom,
            validTo,
          }
        }),
      })),
    }
  })

  const calendar = {
    tags: TAGS,
    operationId: 'showCalendar',
    summary: 'Lịch làm việc một năm',
    params: schema.CALENDAR_PARAMS,
    querystring: schema.CALENDAR_QUERY,
    response: { 200: schema.CALENDAR, ...REFUSALS_OUT },
  }
  api.get('/calendar/:year', { schema: calendar }, async ({ params, query }) => {
    const catalogue = catalogueOf(deps.db)
    const unit = query.unit === undefined ? null : findUnit(catalogue, query.unit, today()).id
    const cal = catalogue.calendar(unit)
    const [first, last] = [`${params.year}-01-01`, `${params.year}-12-31`]
    const days = []
    for (let date = first; date <= last; date = addDays(date, 1)) {
      const {
        working,
        reception,
        kind = null,
        name = null,
        document = null,
        provisional = false,
      } = dayRule(cal, date)
      days.push({ date, working, reception, kind, name, document, provisional })
    }
    return { version: cal.version, workingDays: countWorkingDays(cal, first, last), days }
  })

  const periods = {
    tags: TAGS,
    operationId: 'listPeriods',
    summary: 'Kỳ báo cáo',
    querystring: schema.PERIODS_QUERY,
    response: { 200: schema.PERIODS, ...REFUSALS_OUT },
  }
  api.get('/periods', { schema: periods }, async ({ query }) => {
    const found = listPeriods(deps.db, query.kind ?? null)
    return {
      periods: found.map((row) => ({
        ...row,
        closedAt: row.closedAt === null ? null : printInstant(row.closedAt),
      })),
    }
  })
}

function unitVersion(catalogue: Catalogue, version: UnitVersion) {
  return { ...version, parent: unitKey(catalogue, version.parentUnitId) }
}

function procedureHead(catalogue: Catalogue, procedure: Procedure, day: LocalDay) {
  const { code, name, fieldId, interAgency } = procedure
  const { level, resolverUnitId } = placementOn(procedure, day)
  const field = catalogue.fieldById.get(fieldId)
  return {
    code,
    name,
    field: { key: field?.slug ?? '', label: field?.name ?? '' },
    level,
    interAgency,
    resolver: unitKey(catalogue, resolverUnitId),
  }
}

function procedureVersion({ limitText, cutoffMinute, components, steps, ...version }: ProcedureVersion) {
  return {
    ...version,
    limit: limitText,
    limitText: describeLimit(parseLimit(limitText)),
    cutoff: cutoffMinute === null ? null : clockTime(cutoffMinute),
    components: [...components].sort((a, b) => a.position - b.position),
    steps: [...steps]
      .sort((a, b) => a.position - b.position)
      .map((step) => ({ ...step, limit: step.limitText })),
  }
}

function unitKey(catalogue: Catalogue, id: number | null): string | null {
  return id === null ? null : (catalogue.unitById.get(id)?.key ?? null)
}
