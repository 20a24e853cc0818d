import { issuedSets } from '../../db/queries/criteria-sets.ts'
import { latestIndexRun, scoresOf, sheetsOf } from '../../db/queries/index-results.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import { RuleError } from '../domain/refusals.ts'
import type { Installation } from '../installation.ts'
import { rowLabel } from '../reports/row-label.ts'
import { findUnit } from '../reports/scope.ts'
import { command, noMoreThan, UsageError } from './command.ts'
import { indexJson } from './index-json.ts'
import { indexTable } from './index-table.ts'
import { withInstallation } from './installation-here.ts'

/** A year's index as the newest night found it: the ranking, and the criteria of one unit if it was asked for. */
export type IndexReading = ReturnType<typeof readIndex>

export const index = command({
  usage: `motcua index NĂM [--unit ĐƠN_VỊ] [--json]

In bảng xếp hạng chỉ số CCHC của năm, theo lần tính gần nhất.

  --unit ĐƠN_VỊ       in phiếu điểm của một đơn vị: từng tiêu chí và lý do
  --json              in JSON thay cho bảng`,
  options: { unit: { type: 'string' }, json: { type: 'boolean', default: false } },
  async run({ values, positionals }, terminal) {
    const [text] = positionals
    if (text === undefined || !/^\d{4}$/.test(text)) throw new UsageError('Cho biết năm, ví dụ 2022.')
    noMoreThan(1, positionals)
    await withInstallation(async (installation) => {
      const reading = readIndex(installation, Number(text), values.unit)
      await terminal.out(values.json ? indexJson(reading) : indexTable(reading))
    })
  },
})

function readIndex({ db }: Installation, year: number, unit: string | undefined) {
  const run = latestIndexRun(db, year)
  const issued = run && issuedSets(db).find(({ id }) => id === run.criteriaSetId)
  if (!issued) throw new RuleError('no_index', { year })
  const catalogue = catalogueOf(db)
  const lastDay = issued.set.period.to
  const wanted = unit === undefined ? null : findUnit(catalogue, unit, lastDay).id
  const sheets = sheetsOf(db, run.id)
    .filter(({ unitId }) => wanted === null || unitId === wanted)
    .map((sheet) => ({ ...sheet, ...rowLabel(catalogue, 'unit', sheet.unitId, lastDay) }))
  if (wanted !== null && sheets.length === 0) throw new RuleError('not_in_index', { unit: unit ?? '', year })
  return { run, set: issued.set, sheets, scores: wanted === null ? null : scoresOf(db, run.id, wanted) }
}
