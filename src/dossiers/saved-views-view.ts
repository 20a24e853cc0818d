import type { SavedView } from '../../db/queries/saved-views.ts'
import { each, type Html, html, when } from '../web/html.ts'
import { icon } from '../web/icons.ts'
import { QUEUE_PAGE } from './work-queue-query.ts'

export const SAVED_PAGE = '/viec/danh-sach'

/** The lists somebody has kept, and the way to keep the one that is open. */
export function savedViewsBar(views: readonly SavedView[], query: string): Html {
  const current = views.find((view) => view.query === query)
  return html`<details class="save-view"><summary>${icon('down')}Danh sách đã lưu${when(views.length > 0, () => html` (${views.length})`)}</summary>
<div class="save-view-body">
${when(
  views.length > 0,
  () => html`<ul>${each(views, (view) => html`<li><a href="${QUEUE_PAGE}?${view.query}"${when(view === current, () => html` aria-current="true"`)}>${view.name}</a></li>`)}</ul>
<p><a href="${SAVED_PAGE}">Đổi tên, xếp lại, xoá</a></p>`,
)}
<form method="post" action="${SAVED_PAGE}"><input type="hidden" name="query" value="${query}">
<label for="view-name">Lưu danh sách đang xem</label>
<input id="view-name" name="name" maxlength="60" required placeholder="Tên danh sách" autocomplete="off">
<button class="button" type="submit">Lưu</button></form>
</div></details>`
}

/** All of them, to be renamed, put in order and removed. */
export function savedViewsList(views: readonly SavedView[]): Html {
  return html`<ul class="saved-views">${each(views, (view, index) => {
    const send = (act: string) => `${SAVED_PAGE}/${view.id}/${act}`
    return html`<li><a href="${QUEUE_PAGE}?${view.query}">${view.name}</a>
<form method="post" action="${send('ten')}"><label class="sr" for="view-${view.id}">Tên mới của “${view.name}”</label><input id="view-${view.id}" name="name" value="${view.name}" maxlength="60" required autocomplete="off"><button class="button" type="submit">Đổi tên</button></form>
${when(index > 0, () => html`<form method="post" action="${send('len')}"><button class="button" type="submit" aria-label="Đưa “${view.name}” lên trên">${icon('up')}Lên</button></form>`)}
<form method="post" action="${send('xoa')}"><button class="button" type="submit" aria-label="Xoá “${view.name}”">${icon('cross')}Xoá</button></form></li>`
  })}</ul>`
}
