import type { Db } from '../db/open.ts'
import { codeGaps } from '../db/queries/code-gaps.ts'
import { danglingRow, fileProblem } from '../db/queries/table-counts.ts'
import { changedAttachment } from './attachments/verify-attachments.ts'
import type { Config } from './config.ts'
import type { Deps } from './deps.ts'
import { changedDocument } from './documents/verify-documents.ts'
import { verifyRows } from './dossiers/verify-rows.ts'
import { recountPeriod } from './reports/recount.ts'
import { differingRevision } from './reports/verify-revisions.ts'
import { changedSnapshot } from './reports/verify-snapshots.ts'

export interface Finding {
  readonly check: keyof typeof CHECKS | 'documents' | 'attachments'
  /** What the administrator reads. */
  readonly label: string
  /** The first thing that is wrong, null when all is in order. */
  readonly problem: string | null
}

/** Looks at everything that must hold in a database, from the file to the figures; changes nothing. */
export function verifyDatabase(
  deps: Pick<Deps, 'db'>,
  leavingOut: readonly (keyof typeof CHECKS)[] = [],
): readonly Finding[] {
  return (Object.keys(CHECKS) as (keyof typeof CHECKS)[])
    .filter((check) => !leavingOut.includes(check))
    .map((check) => {
      const { label, problem } = CHECKS[check]
      return { check, label, problem: problem(deps) }
    })
}

/** What `verifyDatabase` looks at, and whether documents and attachments are in their stores as they came there. */
export function verifyInstallation(
  db: Db,
  { documentsDir, attachmentsDir }: Pick<Config, 'documentsDir' | 'attachmentsDir'>,
): readonly Finding[] {
  return [
    ...verifyDatabase({ db }),
    {
      check: 'documents',
      label: 'Giấy tờ đã lập còn nguyên',
      problem: changedDocument(db, documentsDir),
    },
    {
      check: 'attachments',
      label: 'Tệp đính kèm còn nguyên',
      problem: changedAttachment(db, attachmentsDir),
    },
  ]
}

/** Those on which something falls due in the future too. */
const ALL_DAYS = { from: '1990-01-01', to: '9999-12-31' }

interface Check {
  readonly label: string
  readonly problem: (deps: Pick<Deps, 'db'>) => string | null
}

const CHECKS = {
  file: { label: 'Tệp cơ sở dữ liệu nguyên vẹn', problem: ({ db }) => fileProblem(db) },
  references: { label: 'Các bảng liên kết đúng', problem: ({ db }) => danglingRow(db) },
  snapshots: { label: 'Số liệu đã chốt không bị sửa', problem: ({ db }) => changedSnapshot(db) },
  revisions: { label: 'Bản chốt và điều chỉnh khớp với số liệu', problem: ({ db }) => differingRevision(db) },
  codes: { label: 'Mã hồ sơ liên tục, không trùng', problem: gap },
  rows: { label: 'Hồ sơ khớp với lịch sử', problem: changedRow },
  cells: { label: 'Số liệu khớp với hồ sơ', problem: changedCell },
} as const satisfies Record<string, Check>

function gap({ db }: Pick<Deps, 'db'>): string | null {
  const [first] = codeGaps(db)
  if (first === undefined) return null
  const { agencyCode, day, last, count, highest } = first
  return `${agencyCode} ngày ${day}: đã cấp đến số ${last}, có ${count} hồ sơ, số lớn nhất ${highest}.`
}

function changedRow(deps: Pick<Deps, 'db'>): string | null {
  const [first] = verifyRows(deps).differences
  return first === undefined
    ? null
    : `Hồ sơ ${first.code ?? `#${first.dossierId}`}: “${first.fact}” khác với lịch sử.`
}

function changedCell(deps: Pick<Deps, 'db'>): string | null {
  const [first] = recountPeriod(deps, ALL_DAYS).differences
  if (first === undefined) return null
  const { unitId, procedureId, counter, inCells, inDossiers } = first
  return `Đơn vị #${unitId}, thủ tục #${procedureId}: “${counter}” trong số liệu ${inCells}, từ hồ sơ ${inDossiers}.`
}
