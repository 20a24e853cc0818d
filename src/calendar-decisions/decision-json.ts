import Type, { type Static } from 'typebox'
import type { DecidedDayRow, DecisionRow } from '../../db/queries/calendar-decisions.ts'
import { type Catalogue, catalogueOf } from '../catalogue/catalogue.ts'
import type { Deps } from '../deps.ts'
import { printInstant } from '../domain/calendar/day.ts'
import { dayOut, momentOut, NEXT_CURSOR, nullable } from '../web/schemas.ts'
import { EFFECTS, type Effect, type EffectLine } from './effect.ts'
import type { ShownMove } from './show-decision.ts'

const text = (description: string) => Type.String({ description })
const COUNTS = Type.Object(
  {
    moved: Type.Integer({ description: 'Hồ sơ chuyển hạn.' }),
    in_time_again: Type.Integer({ description: 'Trong số đó: đang quá hạn thành trong hạn.' }),
    receiving: Type.Integer({ description: 'Hồ sơ trực tuyến chuyển hạn tiếp nhận.' }),
    kept: Type.Integer({ description: 'Hồ sơ lẽ ra sớm hơn, được giữ nguyên hạn đã hứa.' }),
    appointment: Type.Integer({ description: 'Lịch hẹn rơi vào ngày nghỉ mới.' }),
  },
  { description: 'Số hồ sơ theo từng loại tác động.' },
)

const LINE = Type.Object({
  effect: Type.String({ description: EFFECTS.join(', ') }),
  dossier: Type.Integer(),
  code: nullable(text('Mã hồ sơ.')),
  unit: text('Khoá đơn vị giải quyết.'),
  from: momentOut('Từ.'),
  to: momentOut('Thành.'),
})

export const EFFECT = Type.Object({
  fingerprint: text('Gửi lại ở “previewed” để chỉ ghi đúng tác động này.'),
  totals: COUNTS,
  stillOverdue: Type.Integer({ description: 'Hồ sơ chuyển hạn nhưng vẫn quá hạn.' }),
  byUnit: Type.Array(Type.Object({ unit: Type.String(), totals: COUNTS })),
  lines: Type.Array(LINE),
  nextCursor: NEXT_CURSOR,
})

export const DECISION = Type.Object({
  id: Type.Integer(),
  title: text('Nội dung.'),
  document: text('Văn bản.'),
  version: text('Phiên bản lịch.'),
  recordedAt: momentOut('Ghi lúc.'),
  recordedBy: nullable(text('Khoá cán bộ; null: người vận hành hoặc hệ thống.')),
  undoneAt: nullable(momentOut('Hoàn tác lúc.')),
  undoneBy: nullable(text('Khoá cán bộ.')),
  moved: Type.Integer({ description: 'Số hồ sơ đã chuyển.' }),
})

const DAY = Type.Object({
  date: dayOut('Ngày.'),
  kind: Type.String(),
  name: Type.String(),
  unit: nullable(text('Khoá đơn vị; null: cả nước.')),
})

const MOVE = Type.Object({
  dossier: Type.Integer(),
  code: nullable(text('Mã hồ sơ.')),
  unit: Type.String(),
  dueBefore: momentOut('Hạn trước (hồ sơ chưa tiếp nhận: hạn tiếp nhận).'),
  dueAfter: momentOut('Hạn sau.'),
  undo: text('none: chưa hoàn tác; undone: đã trả lại; left: giữ nguyên.'),
  leftWhy: nullable(text('Vì sao giữ nguyên: ended, moved, past, newcomer.')),
})

export const DECISION_FULL = Type.Object({
  ...DECISION.properties,
  added: Type.Array(DAY),
  removed: Type.Array(DAY),
  moves: Type.Array(MOVE),
  nextCursor: NEXT_CURSOR,
})

export const UNDO_EFFECT = Type.Object({
  goBack: Type.Integer({ description: 'Hồ sơ trả lại hạn cũ.' }),
  left: Type.Record(Type.String(), Type.Integer(), { description: 'Hồ sơ giữ nguyên, theo lý do.' }),
  newcomers: Type.Integer({
    description: 'Hồ sơ tiếp nhận sau quyết định, hạn rơi vào ngày nghỉ nên lùi lại.',
  }),
})

/** A decision in the words of the API. */
export function decisionJson({ db }: Pick<Deps, 'db'>, row: DecisionRow): Static<typeof DECISION> {
  const { id, title, document, version, moved } = row
  const keyOf = (officer: number | null) =>
    officer === null ? null : (catalogueOf(db).officerById.get(officer)?.key ?? null)
  return {
    id,
    title,
    document,
    version,
    recordedAt: printInstant(row.recordedAt),
    recordedBy: keyOf(row.actorId),
    undoneAt: row.undoneAt === null ? null : printInstant(row.undoneAt),
    undoneBy: keyOf(row.undoneBy),
    moved,
  }
}

/** An effect with one page of its lines. */
export function effectJson(
  { db }: Pick<Deps, 'db'>,
  effect: Effect,
  { start, limit }: { readonly start: number; readonly limit: number },
) {
  const { fingerprint, totals, stillOverdue, byUnit, lines } = effect
  const catalogue = catalogueOf(db)
  return {
    fingerprint,
    totals,
    stillOverdue,
    byUnit: byUnit.map(({ unitId, totals: own }) => ({ unit: unitKey(catalogue, unitId), totals: own })),
    lines: lines.slice(start, start + limit).map((line) => lineJson(catalogue, line)),
    nextCursor: start + limit < lines.length ? String(start + limit) : null,
  }
}

function lineJson(catalogue: Catalogue, { effect, dossierId, code, unitId, from, to }: EffectLine) {
  const unit = unitKey(catalogue, unitId)
  return { effect, dossier: dossierId, code, unit, from: printInstant(from), to: printInstant(to) }
}

export function moveJson({ db }: Pick<Deps, 'db'>, { dossier, undo, leftWhy, ...move }: ShownMove) {
  return {
    dossier: dossier.id,
    code: dossier.code,
    unit: unitKey(catalogueOf(db), dossier.unitId),
    dueBefore: printInstant(move.dueBefore),
    dueAfter: printInstant(move.dueAfter),
    undo,
    leftWhy,
  }
}

export function dayJson({ db }: Pick<Deps, 'db'>, { date, kind, name, unitId }: DecidedDayRow) {
  return { date, kind, name, unit: unitId === null ? null : unitKey(catalogueOf(db), unitId) }
}

function unitKey(catalogue: Catalogue, id: number): string {
  return catalogue.unitById.get(id)?.key ?? ''
}
