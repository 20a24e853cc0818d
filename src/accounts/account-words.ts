import type { Catalogue } from '../catalogue/catalogue.ts'
import { unitName } from '../catalogue/unit-choices.ts'
import type { LocalDay } from '../domain/calendar/day.ts'
import { type Html, html } from '../web/html.ts'
import { icon } from '../web/icons.ts'
import type { AccountState, Holder } from './account-list.ts'
import { ROLE_LABELS } from './roles.ts'

export const PEOPLE_HREF = '/quan-tri/nguoi-dung'
export const CLIENTS_HREF = '/quan-tri/khoa-api'

export const STATE_WORDS = {
  active: { label: 'Đang dùng', tone: 'in_time' },
  temporary: { label: 'Chưa đổi mật khẩu tạm', tone: 'due_soon' },
  postless: { label: 'Không có vị trí', tone: 'paused' },
  disabled: { label: 'Đã khoá', tone: 'overdue' },
} as const satisfies Record<AccountState, { readonly label: string; readonly tone: string }>

export function stateTag(state: AccountState): Html {
  const { label, tone } = STATE_WORDS[state]
  return html`<span class="tag ${tone}">${icon(tone)}${label}</span>`
}

/** 'Cán bộ một cửa, Xã Ngọc Kỳ', one line for each; for the whole installation first. */
export function heldWords(catalogue: Catalogue, { wide, posts }: Holder, today: LocalDay): readonly string[] {
  return [
    ...wide.map((role) => `${ROLE_LABELS[role]}, toàn hệ thống`),
    ...posts.map(({ role, unitId, onBehalfOfId }) => {
      const place = `${ROLE_LABELS[role]}, ${unitName(catalogue.unitById.get(unitId), today)}`
      const absent = onBehalfOfId === null ? undefined : catalogue.officerById.get(onBehalfOfId)
      return absent === undefined ? place : `${place} (thay ${absent.name})`
    }),
  ]
}
