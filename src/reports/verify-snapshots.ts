import type { Db } from '../../db/open.ts'
import { allSnapshots, type SnapshotRow } from '../../db/queries/snapshots.ts'
import { figuresHash } from './figures.ts'
import { NO_EVENT } from './revise-from-cells.ts'

type Stored = SnapshotRow & { readonly periodKey: string }

/** The first revision whose content or place in its chain is not what its hash says, in words; null: all are. */
export function changedSnapshot(db: Db): string | null {
  let before: Stored | null = null
  for (const row of allSnapshots(db)) {
    const wrong = faultOf(row, before !== null && isSameUnit(before, row) ? before : null)
    if (wrong !== null) return `Kỳ ${row.periodKey}, đơn vị #${row.unitId}, bản ${row.revision}: ${wrong}.`
    before = row
  }
  return null
}

function faultOf(row: Stored, before: Stored | null): string | null {
  const follows = row.cause === null ? null : { hash: before?.hash ?? null, cause: row.cause }
  if (figuresHash({ ...row, follows }) !== row.hash) return 'nội dung không khớp mã băm'
  if (before === null) return row.kind === 'full' ? null : 'thiếu bản đầy đủ trước đó'
  const atLeast = before.throughChange + (row.cause === NO_EVENT ? 0 : 1)
  return row.throughChange >= atLeast ? null : 'không nối tiếp bản trước'
}

function isSameUnit(a: Stored, b: Stored): boolean {
  return a.periodKey === b.periodKey && a.unitId === b.unitId
}
