import {
  type DeliveryStatus,
  deliveryLog,
  type LoggedDelivery,
  webhookStanding,
} from '../../db/queries/webhook-deliveries.ts'
import { listWebhooks } from '../../db/queries/webhooks.ts'
import { formatCount } from '../domain/counting/rate-format.ts'
import { knownWebhook } from '../exchange/webhooks/known-webhook.ts'
import type { Installation } from '../installation.ts'
import { moment } from '../web/formats.ts'
import { oneOf } from './command.ts'
import { type Column, terminalTable } from './terminal-table.ts'

export const LOG_LINES = 50

/** The webhooks and how they stand. */
export function webhookTable({ db }: Installation): string {
  const rows = listWebhooks(db).map((row) => ({ ...row, ...webhookStanding(db, row.id) }))
  type Row = (typeof rows)[number]
  const columns: readonly Column<Row>[] = [
    { head: 'Số', align: 'right', cell: ({ id }) => String(id) },
    { head: 'Tên gọi', align: 'left', cell: ({ label }) => label },
    { head: 'Địa chỉ nhận', align: 'left', cell: ({ url }) => url },
    { head: 'Tạm dừng từ', align: 'left', cell: ({ pausedAt }) => momentOr(pausedAt) },
    { head: 'Nhận gần nhất', align: 'left', cell: ({ lastDeliveredAt }) => momentOr(lastDeliveredAt) },
    { head: 'Chưa gửi được từ', align: 'left', cell: ({ failingSince }) => momentOr(failingSince) },
    { head: 'Đang chờ', align: 'right', cell: ({ waiting }) => formatCount(waiting) },
    { head: 'Thôi gửi', align: 'right', cell: ({ givenUp }) => formatCount(givenUp) },
  ]
  return rows.length === 0 ? 'Chưa có webhook nào.\n' : terminalTable(columns, rows)
}

const LOG_COLUMNS: readonly Column<LoggedDelivery>[] = [
  { head: 'Tin', align: 'right', cell: ({ id }) => String(id) },
  { head: 'Việc', align: 'left', cell: ({ act }) => act },
  { head: 'Hồ sơ', align: 'left', cell: ({ code, dossierId }) => code ?? String(dossierId) },
  { head: 'Tình trạng', align: 'left', cell: ({ status }) => status },
  { head: 'Lần thử', align: 'right', cell: ({ attempts }) => String(attempts) },
  { head: 'Nhận lúc', align: 'left', cell: ({ deliveredAt }) => momentOr(deliveredAt) },
  { head: 'Lần sau', align: 'left', cell: ({ nextAt }) => momentOr(nextAt) },
  {
    head: 'Trả lời cuối',
    align: 'left',
    cell: ({ lastStatus, lastError }) => `${lastStatus ?? ''} ${lastError ?? ''}`.trim(),
  },
]

/** The newest messages of one, of the status given. */
export function webhookLog(here: Installation, id: number, word: string | undefined): string {
  const status: DeliveryStatus | null =
    word === undefined ? null : oneOf('--status', word, ['waiting', 'delivered', 'given_up'])
  const { id: webhook } = knownWebhook(here, id)
  const log = deliveryLog(here.db, { webhook, status, before: Number.MAX_SAFE_INTEGER, limit: LOG_LINES })
  return log.length === 0 ? 'Chưa có tin nào.\n' : terminalTable(LOG_COLUMNS, log)
}

function momentOr(at: number | null): string {
  return at === null ? '–' : moment(at)
}
