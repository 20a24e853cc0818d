import { formatCount } from '../domain/counting/rate-format.ts'
import { QUEUE_NAME } from '../jobs.ts'
import { refusalView } from '../web/forms.ts'
import { each, type Html, html, when } from '../web/html.ts'
import { BOARD_HREF } from './bull-board.ts'
import type { QueueCounts } from './queue-counts.ts'

interface ShownQueue {
  /** Null: there is no Redis, or it does not answer. */
  readonly counts: readonly QueueCounts[] | null
  readonly refusal: string | null
  /** Whether to lead to the jobs in them, one by one. */
  readonly board: boolean
}

/** What lies in Redis. The truth about jobs is the ledger: nothing is done from here. */
export function queueBody({ counts, refusal, board }: ShownQueue): Html {
  return html`<header class="page-head"><p class="page-kicker"><a href="/quan-tri">Quản trị</a><a href="/quan-tri/viec-nen">Việc nền</a></p><h1>Hàng đợi trong Redis</h1><p class="lead">Redis chỉ đánh nhịp và chuyển việc; việc nào đã làm, chưa làm đều theo sổ ở trang Việc nền. Hàng đợi trống là bình thường.</p></header>
${refusalView({ typed: {}, refusal })}
${when(
  counts,
  (
    rows,
  ) => html`<div class="scroll" role="region" aria-label="Hàng đợi" tabindex="0"><table class="data"><caption class="sr">Số việc trong mỗi hàng đợi</caption>
<thead><tr><th scope="col">Hàng đợi</th><th scope="col" class="n">Chờ</th><th scope="col" class="n">Đang làm</th><th scope="col" class="n">Hẹn sau</th><th scope="col" class="n">Lỗi</th></tr></thead>
<tbody>${each(rows, ({ queue, waiting, active, delayed, failed }) => html`<tr><th scope="row">${queue === QUEUE_NAME ? 'Việc nền' : 'Tin webhook'}</th>${each([waiting, active, delayed, failed], (n) => html`<td class="n">${formatCount(n)}</td>`)}</tr>`)}</tbody></table></div>`,
)}
${when(counts === null && refusal === null, () => html`<p>Chưa đặt REDIS_URL: việc nền chạy ngay trong dịch vụ, không có hàng đợi riêng.</p>`)}
<p class="notice-links"><a href="/quan-tri/viec-nen/hang-doi">Đọc lại</a>${when(board, () => html`<a href="${BOARD_HREF}/">Xem từng việc bằng Bull Board (tiếng Anh)</a>`)}</p>`
}
