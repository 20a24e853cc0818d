import { tabs } from '../web/controls.ts'
import { type Html, html } from '../web/html.ts'

const PAGES = [
  ['/ban-giao', 'Giao'],
  ['/ban-giao/nhan', 'Nhận'],
  ['/ban-giao/dang-chuyen', 'Đang trên đường'],
  ['/ban-giao/phieu', 'Các phiếu'],
] as const

/** The pages about paper folders, for one unit. */
export function custodyTabs(current: string, unit: string | undefined): Html {
  const query = unit === undefined ? '' : `?unit=${encodeURIComponent(unit)}`
  const items = PAGES.map(([href, label]) => ({ href: `${href}${query}`, label, current: href === current }))
  return html`<div class="toolbar">${tabs('Bàn giao bản giấy', items)}</div>`
}
