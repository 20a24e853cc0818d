import { criteriaOf } from '../domain/reform-index/criteria-set.ts'
import { formatPoints } from '../domain/reform-index/point-format.ts'
import { fullDay } from '../web/formats.ts'
import type { IndexReading } from './index-ranking.ts'
import { type Column, terminalTable } from './terminal-table.ts'

/** The ranking for people, or, of one unit, its sheet: every automatic criterion with the reason for its points. */
export function indexTable(reading: IndexReading): string {
  const { run, set, sheets } = reading
  const title = `${set.name}\nTính theo số liệu đến ${fullDay(run.asOf)} · công thức ${run.formulaVersion}`
  const note = 'Chỉ gồm các tiêu chí chấm tự động từ hồ sơ, quy đổi theo thang điểm của bộ tiêu chí.'
  return `${title}\n\n${terminalTable(sheetColumns(reading), sheets)}${criteria(reading)}\n${note}\n`
}

function sheetColumns({ set }: IndexReading): readonly Column<IndexReading['sheets'][number]>[] {
  const gradeName = ({ grade, score }: IndexReading['sheets'][number]) =>
    set.bands.find((band) => band.grade === grade && (score ?? 0) >= band.min)?.name ??
    set.bands.find((band) => band.grade === grade)?.name ??
    '–'
  return [
    { head: 'Hạng', align: 'right', cell: ({ rank }) => (rank === null ? '–' : String(rank)) },
    { head: 'Đơn vị', align: 'left', cell: ({ label }) => label },
    { head: 'Điểm', align: 'right', cell: ({ points }) => formatPoints(points) },
    { head: 'Tối đa', align: 'right', cell: ({ max }) => formatPoints(max) },
    { head: 'Chỉ số', align: 'right', cell: ({ score }) => formatPoints(score) },
    { head: 'Xếp loại', align: 'left', cell: gradeName },
  ]
}

function criteria({ set, scores }: IndexReading): string {
  if (scores === null) return ''
  const order = new Map(criteriaOf(set).map(({ code, name }, place) => [code, { name, place }]))
  const placeOf = (code: string) => order.get(code)?.place ?? order.size
  const lines = [...scores]
    .sort((a, b) => placeOf(a.criterion) - placeOf(b.criterion))
    .map(({ criterion, points, max, explanation }) => {
      const name = order.get(criterion)?.name ?? ''
      return `${criterion} ${name}: ${formatPoints(points)}/${formatPoints(max)}\n    ${explanation}\n`
    })
  return `\n${lines.join('')}`
}
