import Type, { type Static } from 'typebox'
import type { Deps } from '../deps.ts'
import { clockMinute } from '../domain/calendar/clock-time.ts'
import { type Instant, localDayOf, parseInstant, printInstant } from '../domain/calendar/day.ts'
import { type DeadlineRule, dueDate } from '../domain/deadlines/deadline.ts'
import { describeLimit, parseLimit, printLimit } from '../domain/deadlines/time-limit.ts'
import { RuleError } from '../domain/refusals.ts'
import { STRIP } from '../dossiers/dossier-json-schemas.ts'
import { findUnit } from '../reports/scope.ts'
import type { ApiOptions, ApiScope } from '../web/api-scope.ts'
import { closedObject, dayOut, momentIn, momentOut, oneOf, REFUSALS_OUT } from '../web/schemas.ts'
import { catalogueOf, versionOn } from './catalogue.ts'
import { procedureRule } from './procedure-rule.ts'

const DUE_QUERY = closedObject({
  procedure: Type.Optional(
    Type.String({ minLength: 1, maxLength: 40, description: 'Mã thủ tục; hoặc cho limit.' }),
  ),
  limit: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 20,
      description: 'Thời hạn: 3wd, 24wh, 30d, 1m, same-day; hoặc cho procedure.',
    }),
  ),
  received: Type.Optional(momentIn('Tiếp nhận lúc; bỏ trống: bây giờ.')),
  cutoff: Type.Optional(
    Type.String({
      pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$',
      description: 'Sau giờ này tính từ ngày làm việc sau.',
      examples: ['15:00'],
    }),
  ),
  mode: Type.Optional(oneOf(['day_end', 'hour_exact'], 'Đến cuối ngày (mặc định) hoặc đúng giờ.')),
  attended: Type.Optional(Type.Boolean({ description: 'false: hệ thống tự tiếp nhận, không có cán bộ.' })),
  unit: Type.Optional(
    Type.String({ minLength: 1, maxLength: 80, description: 'Lịch riêng của đơn vị, nếu có.' }),
  ),
})
type DueQuery = Static<typeof DUE_QUERY>

const DUE = Type.Object({
  limit: Type.String(),
  limitText: Type.String({ description: 'Thời hạn bằng chữ.' }),
  receivedAt: momentOut('Tiếp nhận lúc.'),
  receiptDay: dayOut('Ngày bắt đầu tính.'),
  dueAt: momentOut('Hạn trả.'),
  dueOn: dayOut('Ngày hạn trả.'),
  calendarVersion: Type.String(),
  provisional: Type.Boolean({ description: 'Có ngày chưa được quyết định chính thức.' }),
  strip: STRIP,
})

/** `/due`: the public calculator of due dates, with its explanation day by day. */
export async function dueApi(api: ApiScope, { deps }: ApiOptions): Promise<void> {
  const due = {
    tags: ['Tính hạn'],
    operationId: 'computeDue',
    summary: 'Tính hạn trả kết quả',
    querystring: DUE_QUERY,
    response: { 200: DUE, ...REFUSALS_OUT },
  }
  api.get('/due', { schema: due }, async ({ query }) => {
    const receivedAt = query.received === undefined ? deps.clock.now() : parseInstant(query.received)
    const catalogue = catalogueOf(deps.db)
    const day = localDayOf(receivedAt)
    const unitId = query.unit === undefined ? null : findUnit(catalogue, query.unit, day).id
    const rule = ruleOf(deps, query, receivedAt)
    const found = dueDate(catalogue.calendar(unitId), rule, receivedAt, { attended: query.attended ?? true })
    return {
      ...found,
      limit: printLimit(rule.limit),
      limitText: describeLimit(rule.limit),
      receivedAt: printInstant(receivedAt),
      dueAt: printInstant(found.dueAt),
      strip: [...found.strip],
    }
  })
}

/** The rule asked for: a procedure's in force at receipt, or one written out; cut-off and mode may be changed. */
function ruleOf({ db }: Pick<Deps, 'db'>, query: DueQuery, receivedAt: Instant): DeadlineRule {
  if ((query.procedure === undefined) === (query.limit === undefined)) throw new RuleError('due_needs_limit')
  const written =
    query.limit === undefined ? procedureDeadline(db, query.procedure ?? '', receivedAt) : plain(query.limit)
  return {
    ...written,
    ...(query.mode !== undefined && { mode: query.mode }),
    ...(query.cutoff !== undefined && { cutoffMinute: clockMinute(query.cutoff) }),
  }
}

function plain(limit: string): DeadlineRule {
  return { limit: parseLimit(limit), cutoffMinute: null, mode: 'day_end' }
}

function procedureDeadline(db: Deps['db'], code: string, receivedAt: Instant): DeadlineRule {
  const procedure = catalogueOf(db).procedureByCode.get(code)
  if (procedure === undefined) throw new RuleError('unknown_procedure', { procedure: code })
  const day = localDayOf(receivedAt)
  const version = versionOn(procedure.versions, day)
  if (version === undefined) throw new RuleError('procedure_not_in_force', { procedure: code, day })
  return procedureRule(version).deadline
}
