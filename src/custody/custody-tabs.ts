import type { FastifyRequest } from 'fastify'
import { mayEnter } from '../accounts/guard.ts'
import { tabs } from '../web/controls.ts'
import { type Html, html } from '../web/html.ts'

const PAGES = [
  ['/ban-giao', 'Giao', 'dossiers_write'],
  ['/ban-giao/nhan', 'Nhận', 'dossiers_write'],
  ['/ban-giao/dang-chuyen', 'Đang trên đường', 'dossiers_read'],
  ['/ban-giao/phieu', 'Các phiếu', 'dossiers_read'],
] as const

/** The pages about paper folders that somebody may open, for one unit. */
export function custodyTabs(
  { principal }: Pick<FastifyRequest, 'principal'>,
  current: string,
  unit: string | undefined,
): Html {
  const query = unit === undefined ? '' : `?unit=${encodeURIComponent(unit)}`
  const items = PAGES.filter(([, , door]) => mayEnter(principal, door)).map(([href, label]) => ({
    href: `${href}${query}`,
    label,
    current: href === current,
  }))
  return html`<div class="toolbar">${tabs('Bàn giao bản giấy', items)}</div>`
}
