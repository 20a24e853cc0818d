import type { WatchedFile } from '../../db/queries/watched-files.ts'
import { formatCount } from '../domain/counting/rate-format.ts'
import { moment } from '../web/formats.ts'
import { each, type Html, html } from '../web/html.ts'
import { watchedReport } from './watched-report.ts'

const OUTCOME_LABELS = {
  waiting: 'đang nhập',
  applied: 'đã nhập',
  refused: 'không ghi',
} as const satisfies Record<WatchedFile['outcome'], string>

/** The registers that came by themselves, the newest first, each with the first thing to look at. */
export function watchedTable(files: readonly WatchedFile[]): Html {
  return html`<div class="scroll" role="region" aria-label="Tệp tự nhận" tabindex="0"><table class="data"><caption class="sr">Tệp tự nhận từ thư mục, mới trước</caption>
<thead><tr><th scope="col">Tệp</th><th scope="col">Thư mục</th><th scope="col">Nhận lúc</th><th scope="col">Trạng thái</th><th scope="col" class="n">Mới</th><th scope="col" class="n">Thay đổi</th><th scope="col">Phải xem</th></tr></thead>
<tbody>${each(files, line)}</tbody></table></div>`
}

function line(file: WatchedFile): Html {
  const { importId, added, changed, problem } = watchedReport(file) ?? {}
  return html`<tr><th scope="row"><a href="/quan-tri/nhap-so/${importId ?? ''}">${file.name}</a></th><td>${file.folder}</td><td><time>${moment(file.foundAt)}</time></td><td class="import-status">${OUTCOME_LABELS[file.outcome]}</td><td class="n">${formatCount(added ?? 0)}</td><td class="n">${formatCount(changed ?? 0)}</td><td>${problem ?? ''}</td></tr>`
}
