/**
 * The contract between those who ask for work and those who do it: every job with its payload.
 * Payloads carry ids and periods, never people. The truth about what ran is the ledger in SQLite (job_runs);
 * a queue only ticks and carries.
 */
export interface JobPayloads {
  /** Move the open dossiers of every reorganisation whose day has come. */
  readonly 'apply-reorganisation': { readonly day: string }
  /** Close one period of all units: revision 1 of their snapshots. */
  readonly 'close-period': { readonly periodKey: string }
  /** Revise the closed periods of which anything was changed since. */
  readonly 'revise-periods': { readonly day: string }
  /** Recount the open figures from the dossiers and raise an alarm on the first difference. */
  readonly recount: { readonly day: string }
  /** Score the automatic criteria of every issued set and rank the units. */
  readonly 'recompute-index': { readonly day: string }
  /** Online backup, verified by opening and recounting it. */
  readonly backup: { readonly day: string }
  /** Copy the newest backup and the documents to the second place. */
  readonly 'copy-backup': { readonly day: string }
  /** Remove what may go: idempotency keys older than 48 hours, old backups, sent outbox rows. */
  readonly tidy: { readonly day: string }
  /** Import the registers that lie ready in the watched folders. */
  readonly 'import-folder': { readonly day: string }
  /** Write one uploaded register, whole or not at all. */
  readonly 'import-register': { readonly importId: number }
  /** Print the books of a closed register: `2023|xa-ngoc-ky`. */
  readonly 'print-register': { readonly register: string }
}

export type JobName = keyof JobPayloads

/** What an administrator reads of each job. */
export const JOB_LABELS = {
  'apply-reorganisation': 'Chuyển hồ sơ theo sắp xếp đơn vị',
  'close-period': 'Chốt kỳ báo cáo',
  'revise-periods': 'Lập bản điều chỉnh kỳ đã chốt',
  recount: 'Đếm lại số liệu',
  'recompute-index': 'Tính chỉ số CCHC',
  backup: 'Sao lưu',
  'copy-backup': 'Chép bản sao lưu sang nơi thứ hai',
  tidy: 'Dọn dẹp',
  'import-folder': 'Nhập sổ từ thư mục',
  'import-register': 'Nhập sổ theo dõi',
  'print-register': 'Lập sổ theo dõi của năm',
} as const satisfies Record<JobName, string>

/** Jobs that nobody schedules: they run when a person asks for them. */
export const ON_DEMAND = ['import-register', 'print-register'] as const satisfies readonly JobName[]

export const QUEUE_NAME = 'motcua'
/** Beside it, so that no slow receiver holds up a closing: messages to webhooks. */
export const WEBHOOK_QUEUE_NAME = 'motcua-webhooks'
