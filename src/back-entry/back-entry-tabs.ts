import type { FastifyRequest } from 'fastify'
import { mayEnter } from '../accounts/guard.ts'
import { tabs } from '../web/controls.ts'
import { type Html, html } from '../web/html.ts'

const PAGES = [
  ['/nhap-bu', 'Nhập dòng', 'back_entry'],
  ['/nhap-bu/phieu', 'Phiếu', 'back_entry_read'],
  ['/nhap-bu/gian-doan', 'Gián đoạn', 'back_entry_read'],
] as const

/** The pages of work without the system that somebody may open, for one shop. */
export function backEntryTabs(
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
  return html`<div class="toolbar">${tabs('Nhập bù', items)}</div>`
}
