import Type, { type Static } from 'typebox'
import { catalogueOf } from '../catalogue/catalogue.ts'
import type { Deps } from '../deps.ts'
import { printInstant } from '../domain/calendar/day.ts'
import { CHANNELS } from '../domain/counting/tally.ts'
import { ACTS, type Act, TRANSITIONS } from '../domain/life-cycle/life-cycle.ts'
import { rowLabel } from '../reports/row-label.ts'
import { dayOut, momentOut, nullable, oneOf } from '../web/schemas.ts'
import type { CorrectionView } from './correction-views.ts'

const NAMED = Type.Object({ key: Type.String(), label: Type.String() })

export const CORRECTION = Type.Object({
  id: Type.Integer(),
  status: oneOf(['waiting', 'approved', 'rejected']),
  act: oneOf(ACTS),
  label: Type.String(),
  day: dayOut('Ngày sớm nhất bị đổi.'),
  unit: NAMED,
  dossier: nullable(
    Type.Object(
      { id: Type.Integer(), code: nullable(Type.String()) },
      { description: 'null: hồ sơ chưa nhập.' },
    ),
  ),
  reason: Type.String(),
  requestedBy: nullable(NAMED),
  requestedAt: momentOut('Đề nghị lúc.'),
  decidedBy: nullable(NAMED),
  decidedAt: nullable(momentOut('Quyết định lúc.')),
  decisionNote: nullable(Type.String()),
  refusal: nullable(Type.String({ description: 'Vì sao lúc này chưa làm được.' })),
  periods: Type.Array(
    Type.Object({
      key: Type.String(),
      label: Type.String(),
      changes: Type.Array(
        Type.Object({
          day: dayOut('Ngày.'),
          unit: NAMED,
          channel: oneOf(CHANNELS),
          counter: Type.String(),
          n: Type.Integer(),
        }),
      ),
    }),
    { description: 'Kỳ đã chốt bị đổi, và đổi bao nhiêu.' },
  ),
})

/** A request without personal data. */
export function correctionJson({ db }: Pick<Deps, 'db'>, view: CorrectionView): Static<typeof CORRECTION> {
  const catalogue = catalogueOf(db)
  const { row, dossier, periods, refusal } = view
  const act = row.act as Act
  const officer = (id: number | null) => {
    const found = id === null ? undefined : catalogue.officerById.get(id)
    return found === undefined ? null : { key: found.key, label: found.name }
  }
  return {
    id: row.id,
    status: row.status,
    act,
    label: TRANSITIONS[act].label,
    day: row.day,
    unit: rowLabel(catalogue, 'unit', row.unitId, row.day),
    dossier: dossier && { id: dossier.id, code: dossier.code },
    reason: row.reason,
    requestedBy: officer(row.requestedBy),
    requestedAt: printInstant(row.requestedAt),
    decidedBy: officer(row.decidedBy),
    decidedAt: row.decidedAt === null ? null : printInstant(row.decidedAt),
    decisionNote: row.decisionNote,
    refusal,
    periods: periods.map(({ key, label, changes }) => ({
      key,
      label,
      changes: changes.map(({ day, unitId, channel, flow, n }) => ({
        day,
        unit: rowLabel(catalogue, 'unit', unitId, day),
        channel: CHANNELS[channel] ?? 'counter',
        counter: flow,
        n,
      })),
    })),
  }
}
