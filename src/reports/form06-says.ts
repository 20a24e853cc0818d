import { readSetting } from '../../db/queries/settings.ts'
import { agencyName } from '../catalogue/agency-name.ts'
import { type Catalogue, catalogueOf } from '../catalogue/catalogue.ts'
import { headSignature } from '../catalogue/signatures.ts'
import type { Deps } from '../deps.ts'
import {
  FORM06_COLUMNS,
  type Form06Column,
  type Form06Row,
  form06Row,
  requireForm06,
} from '../domain/counting/form06.ts'
import { formatCount, formatFraction, formatRate } from '../domain/counting/rate-format.ts'
import type { FormII06Row, Says } from '../paper/paper-data.ts'
import { fullDay, moment } from '../web/formats.ts'
import { missingSentence } from './missing-sentence.ts'
import { type Report, type ReportRequest, type ReportRow, report } from './report.ts'
import { scopeUnits } from './scope.ts'

/** Rates printed under the table, each with its fraction: V1 does not see what is withdrawn or overdue. */
const RATES = ['V1', 'V2', 'N1'] as const

export interface Form06Paper {
  readonly says: Says<'form-ii06'>
  /** `2023-W10|r1|xa-ngoc-ky`; `|r0|` stands for figures that are not closed. */
  readonly subject: string
}

/**
 * Biểu II.06 of a period as it is printed: by unit, or by field where it is about one unit alone. Refuses
 * (`table_does_not_add_up`) when a row does not add up.
 */
export function form06Says(
  deps: Pick<Deps, 'db' | 'clock'>,
  asked: Pick<ReportRequest, 'period' | 'unit' | 'reading'>,
): Form06Paper {
  const catalogue = catalogueOf(deps.db)
  const { period, unit } = asked
  const units = scopeUnits(catalogue, unit, period.to)
  const by = units?.length === 1 ? 'field' : 'unit'
  const found = report(deps, { ...asked, by, attribution: 'resolving' })
  for (const row of [...found.rows, found.total]) requireForm06(form06Row(row.tally), row.label)
  const root = reportingUnit(catalogue, units, found)
  const agency = root === null ? null : agencyName(catalogue, root, found.asOf)
  const { transferredIn, transferredOut } = form06Row(found.total.tally)
  return {
    subject: `${period.key}|r${found.closed?.revision ?? 0}|${units === null ? 'all' : catalogue.unitById.get(units[0]!)!.key}`,
    says: {
      unitName: agency?.name ?? 'Tất cả đơn vị',
      place: agency?.place ?? '',
      period: period.label,
      days: period.label.includes(fullDay(period.from))
        ? null
        : `từ ngày ${fullDay(period.from)} đến ngày ${fullDay(period.to)}`,
      demo: readSetting(deps.db, 'demo') === true,
      rowsAre: by === 'field' ? 'Lĩnh vực' : 'Đơn vị',
      rows: found.rows.map(printed),
      total: printed(found.total),
      withMoved: transferredIn > 0 || transferredOut > 0,
      rates: ratesOf(catalogue, found),
      identities: identitiesOf(form06Row(found.total.tally)),
      provenance: provenance(found),
      signatures: [
        { role: 'Người lập biểu', note: 'ký, ghi rõ họ tên', name: null },
        headSignature(catalogue, root, found.asOf),
      ],
    },
  }
}

const COLUMNS = Object.keys(FORM06_COLUMNS) as readonly Form06Column[]

function printed({ label, tally }: ReportRow): FormII06Row {
  const row = form06Row(tally)
  const shown = (n: number) => (n === 0 ? '' : formatCount(n))
  return {
    label,
    figures: COLUMNS.map((column) => formatCount(row[column])),
    closed: [shown(row.closedInTime), shown(row.closedLate)],
    moved: [formatCount(row.transferredIn), formatCount(row.transferredOut)],
  }
}

/** The unit that reports: the one asked for, or the smallest group that all others stand under. */
function reportingUnit(
  catalogue: Catalogue,
  units: readonly number[] | null,
  { rows, asOf }: Report,
): number | null {
  if (units !== null) return units[0] ?? null
  const groups = catalogue.units
    .filter(({ kind }) => kind === 'grouping')
    .map(({ id, key }) => ({ id, covered: scopeUnits(catalogue, key, asOf) ?? [] }))
    .filter(({ covered }) => rows.every((row) => covered.includes(row.id)))
    .sort((a, b) => a.covered.length - b.covered.length)
  return groups[0]?.id ?? null
}

function ratesOf(catalogue: Catalogue, { total }: Report) {
  return RATES.map((code) => {
    const rate = total.rates[code] ?? null
    const name = catalogue.variants.find((variant) => variant.code === code)?.name ?? code
    const text = formatRate(rate, { minimumDenominator: 1 })
    return { code, name, text, fraction: rate === null ? '' : formatFraction(rate) }
  })
}

function identitiesOf(row: Form06Row): readonly string[] {
  const term = (column: Form06Column) => `(${FORM06_COLUMNS[column].number}) ${formatCount(row[column])}`
  const moved = (sign: string, n: number) => (n === 0 ? '' : ` + ${sign} ${formatCount(n)}`)
  return [
    `${term('total')} = ${term('receivedOnline')} + ${term('receivedDirect')} + ${term('carriedOver')}`,
    `${term('ended')} = ${term('endedEarly')} + ${term('endedOnTime')} + ${term('endedLate')}`,
    `${term('pending')} = ${term('pendingInTime')} + ${term('pendingOverdue')}`,
    `${term('total')}${moved('đến', row.transferredIn)} = ${term('ended')} + ${term('pending')}${moved('đi', row.transferredOut)}`,
  ]
}

/** What the figures rest on, so that anybody can make them again. */
function provenance(found: Report): string {
  const { closed, asOf, formulaVersion, calendarVersion } = found
  const state =
    closed === null
      ? `Số liệu tạm tính đến ${fullDay(asOf)}`
      : `Chốt ${moment(closed.at)} · bản ${closed.revision}`
  const missing = missingSentence(found)
  return `${missing === null ? '' : `${missing} `}${state} · công thức ${formulaVersion} · lịch ${calendarVersion} · tính cho đơn vị giải quyết`
}
