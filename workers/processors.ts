import type { RunResult } from '../db/queries/job-ledger.ts'
import { sealAudit } from '../src/audit/seal-audit.ts'
import { backupDatabase } from '../src/backup/backup-database.ts'
import { NO_SECOND_PLACE } from '../src/backup/backup-standing.ts'
import { copyBackups } from '../src/backup/copy-backups.ts'
import { parsePeriod } from '../src/domain/calendar/periods.ts'
import { importFolders } from '../src/imports/import-folder.ts'
import { runImport } from '../src/imports/run-import.ts'
import type { JobName, JobPayloads } from '../src/jobs.ts'
import { recomputeIndex } from '../src/reform-index/recompute-index.ts'
import { printRegister } from '../src/register/print-register.ts'
import { applyReorganisations } from '../src/reorganisations/apply-reorganisation.ts'
import { closePeriod } from '../src/reports/close-period.ts'
import { nightlyRecount } from '../src/reports/nightly-recount.ts'
import { revisePeriods } from '../src/reports/revise-periods.ts'
import { tidy } from '../src/tidy.ts'
import { sendUpward, tellHeld } from './feed-jobs.ts'
import type { JobDeps } from './job-deps.ts'

type Processor<Payload> = (deps: JobDeps, payload: Payload) => RunResult | Promise<RunResult>

/** Job → operation. What a job returns is what the ledger keeps of it. */
export const PROCESSORS = {
  'apply-reorganisation': (deps, { day }) => {
    const moved = applyReorganisations(deps, day).filter((each) => each.moved > 0)
    const detail = moved.map(({ title, moved: n }) => `${title}: ${n} hồ sơ`).join('; ')
    return {
      rows: moved.reduce((sum, each) => sum + each.moved, 0),
      checksum: null,
      detail: detail || 'Không có hồ sơ phải chuyển.',
    }
  },

  'seal-audit': (deps) => {
    const { roots, problem } = sealAudit(deps, deps.config)
    const checksum = roots.at(-1)?.hash.toString('hex') ?? null
    return { rows: roots.length, checksum, ...(problem !== null && { detail: problem }) }
  },

  'close-period': (deps, { periodKey }) => {
    const { units, checksum, closedNow } = closePeriod(deps, parsePeriod(periodKey))
    return { rows: units, checksum, ...(!closedNow && { detail: 'Kỳ đã chốt từ trước.' }) }
  },

  'revise-periods': (deps) => {
    const { full, difference } = revisePeriods(deps)
    return {
      rows: full + difference,
      checksum: null,
      detail: `${full} bản đầy đủ, ${difference} bản chênh lệch.`,
    }
  },

  recount: (deps, { day }) => {
    const { checked, differences } = nightlyRecount(deps, day)
    return { rows: checked, checksum: null, ...(differences > 0 && { detail: `${differences} chỗ khác.` }) }
  },

  'recompute-index': (deps, { day }) => {
    const runs = recomputeIndex(deps, { asOf: day })
    const changed = runs.filter((run) => run.changed)
    return {
      rows: changed.reduce((units, run) => units + run.units, 0),
      checksum: runs.map((run) => run.checksum).join(' ') || null,
      detail: changed.map((run) => run.setId).join(', ') || 'Không có gì thay đổi.',
    }
  },

  backup: (deps) => {
    const { file, rows, sha256 } = backupDatabase(deps, deps.config)
    return { rows, checksum: sha256, detail: file }
  },

  'copy-backup': async (deps) => {
    const { backupCopyTo: to } = deps.config
    if (to === null) return { rows: 0, checksum: null, detail: NO_SECOND_PLACE }
    return { rows: await copyBackups(deps, deps.config, to), checksum: null, detail: to }
  },

  'feed-upward': sendUpward,

  'feed-held': tellHeld,

  tidy: (deps) => {
    const { rows } = tidy(deps, deps.config)
    return { rows, checksum: null }
  },

  'import-folder': (deps) => {
    const { applied, refused } = importFolders(deps, deps.config)
    return {
      rows: applied,
      checksum: null,
      ...(refused > 0 && { detail: `${refused} tệp không nhập được.` }),
    }
  },

  'import-register': (deps, { importId }) => {
    const { written, refusal } = runImport(deps, importId)
    return { rows: written, checksum: null, ...(refusal !== null && { detail: refusal }) }
  },

  'print-register': async (deps, { register }) => ({
    rows: await printRegister({ ...deps, folders: deps.config }, register),
    checksum: null,
  }),
} as const satisfies { readonly [Job in JobName]: Processor<JobPayloads[Job]> }
