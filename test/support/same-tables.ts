import assert from 'node:assert/strict'
import { NEWEST_REVISION } from '../../db/queries/snapshots.ts'
import { parsePeriod } from '../../src/domain/calendar/periods.ts'
import { type Report, report } from '../../src/reports/report.ts'
import { CLOSED, type Province } from './fed-province.ts'

const GRAINS = ['unit', 'field', 'procedure', 'channel'] as const
const SCOPES = [undefined, 'huyen-tu-ky', 'xa-ngoc-ky'] as const

/** Every table of the parent is the one of the installation in which all dossiers lie. */
export function assertSameTables({ parent, whole }: Province, reading: 1 | 'newest'): number {
  let rows = 0
  const revision = reading === 'newest' ? NEWEST_REVISION : reading
  for (const key of CLOSED)
    for (const by of GRAINS)
      for (const attribution of ['resolving', 'receiving'] as const)
        for (const unit of SCOPES) {
          const asked = {
            period: parsePeriod(key),
            by,
            attribution,
            unit,
            withIndexed: true,
            reading: revision,
          }
          const [fed, all] = [report(parent, asked), report(whole, asked)]
          assert.deepEqual(told(fed, reading), told(all, reading), `${key} ${by} ${attribution} ${unit}`)
          rows += fed.rows.length
        }
  return rows
}

/** Later revisions are numbered by each installation for itself. */
function told(found: Report, reading: 1 | 'newest') {
  const { closed, ...rest } = found
  return reading === 1 ? found : { ...rest, closed: closed?.at }
}
