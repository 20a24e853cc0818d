import type { Db } from '../db/open.ts'
import { codeGaps } from '../db/queries/code-gaps.ts'
import { danglingRow, fileProblem } from '../db/queries/table-counts.ts'
import { changedAttachment } from './attachments/verify-attachments.ts'
import { proveChain } from './audit/prove-chain.ts'
import { brokenRoot } from './audit/prove-roots.ts'
import { brokenSeal } from './audit/root-seal.ts'
import { missingRoot } from './audit/roots-file.ts'
import type { Deps } from './deps.ts'
import { changedDocument } from './documents/verify-documents.ts'
import { verifyRows } from './dossiers/verify-rows.ts'
import { recountPeriod } from './reports/recount.ts'
import { differingRevision } from './reports/verify-revisions.ts'
import { changedSnapshot } from './reports/verify-snapshots.ts'
import type { Vault } from './vault.ts'

export interface Finding {
  readonly check: keyof typeof CHECKS | 'seals' | 'roots_file' | 'documents' | 'attachments'
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

/** What belongs to a database and is not in it. */
export interface Beside {
  readonly documentsDir: string
  readonly attachmentsDir: string
  /** File of the audit's roots. */
  readonly rootsFile: string
  /** The installation's key; null: not at hand, so that no seal can be looked at. */
  readonly vault: Vault | null
  /** The database is an older copy: the file of the roots goes on where it ends. */
  readonly copy?: boolean
}

/** What `verifyDatabase` looks at, and whether it holds with the key, the roots outside it, every issued document and attachment. */
export function verifyInstallation(
  db: Db,
  { documentsDir, attachmentsDir, rootsFile, vault, copy = false }: Beside,
): readonly Finding[] {
  const seals = (key: Vault): Finding => ({
    ...{ check: 'seals', label: 'Niêm phong gốc ngày của nhật ký đúng khoá' },
    problem: brokenSeal(db, key),
  })
  return [
    ...verifyDatabase({ db }),
    ...(vault === null ? [] : [seals(vault)]),
    {
      check: 'roots_file',
      label: 'Tệp gốc ngày khớp với cơ sở dữ liệu',
      problem: missingRoot(db, rootsFile, { copy }),
    },
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
  audit: { label: 'Nhật ký kiểm tra liền chuỗi', problem: ({ db }) => proveChain(db).problem },
  roots: { label: 'Gốc ngày của nhật ký khớp với chuỗi và lịch sử', problem: ({ db }) => brokenRoot(db) },
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
