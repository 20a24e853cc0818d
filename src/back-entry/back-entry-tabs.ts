import { tabs } from '../web/controls.ts'
import { type Html, html } from '../web/html.ts'

const PAGES = [
  ['/nhap-bu', 'Nhập dòng'],
  ['/nhap-bu/phieu', 'Phiếu'],
  ['/nhap-bu/gian-doan', 'Gián đoạn'],
] as const

/** The three pages of work without the system, for one shop. */
export function backEntryTabs(current: string, unit: string | undefined): Html {
  const query = unit === undefined ? '' : `?unit=${encodeURIComponent(unit)}`
  const items = PAGES.map(([href, label]) => ({ href: `${href}${query}`, label, current: href === current }))
  return html`<div class="toolbar">${tabs('Nhập bù', items)}</div>`
}
