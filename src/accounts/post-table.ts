import type { Catalogue, Membership } from '../catalogue/catalogue.ts'
import { unitName } from '../catalogue/unit-choices.ts'
import type { LocalDay } from '../domain/calendar/day.ts'
import { fullDay } from '../web/formats.ts'
import { type FormState, inputField, refusalView, tickField } from '../web/forms.ts'
import { each, type Html, html, when } from '../web/html.ts'
import { ROLE_LABELS } from './roles.ts'

export interface PostTable {
  readonly catalogue: Catalogue
  readonly today: LocalDay
  readonly officerId: number
  /** Page of the account. */
  readonly href: string
  /** A program is what it is: only the unit is shown. */
  readonly isClient?: boolean
  /** The end of a post that was refused. */
  readonly ending?: { readonly post: number; readonly state: FormState } | undefined
}

/** Every post of an officer with its days, the newest first: what is over stays. */
export function postTable({ catalogue, today, officerId, href, ending, isClient = false }: PostTable): Html {
  const posts = (catalogue.officerById.get(officerId)?.memberships ?? []).toSorted(
    (a, b) => b.validFrom.localeCompare(a.validFrom) || b.id - a.id,
  )
  if (posts.length === 0) return html`<p class="muted">Chưa giữ vị trí nào.</p>`
  const names = new Map(catalogue.fields.map(({ slug, name }) => [slug, name]))
  return html`<div class="scroll" role="region" aria-label="Các vị trí" tabindex="0"><table class="data posts"><caption class="sr">Các vị trí đã và đang giữ</caption>
<thead><tr>${when(!isClient, () => html`<th scope="col">Vai trò</th>`)}<th scope="col">Đơn vị</th>${when(!isClient, () => html`<th scope="col">Chức danh</th>`)}<th scope="col">Từ ngày</th><th scope="col">Đến ngày</th><th scope="col"><span class="sr">Việc</span></th></tr></thead>
<tbody>${each(posts, (post) => html`<tr${when(isOver(post, today), () => html` class="over"`)}>${when(!isClient, () => html`<th scope="row">${ROLE_LABELS[post.role]}</th>`)}<td class="posts-unit">${unitName(catalogue.unitById.get(post.unitId), today)}</td>${when(!isClient, () => html`<td class="posts-title">${post.title}${when(fieldsOf(post, names), (words) => html`<small>${words}</small>`)}</td>`)}<td><time>${fullDay(post.validFrom)}</time></td><td>${until(post)}</td><td class="acts">${when(!isOver(post, today), () => endForm(post, { today, href, ending }))}</td></tr>`)}</tbody></table></div>`
}

function isOver({ validTo }: Membership, today: LocalDay): boolean {
  return validTo !== null && validTo < today
}

function until({ validFrom, validTo }: Membership): Html {
  if (validTo === null) return html`<span class="muted">đang giữ</span>`
  return validTo < validFrom
    ? html`<span class="muted">đã rút lại</span>`
    : html`<time>${fullDay(validTo)}</time>`
}

function fieldsOf({ fieldSlugs }: Membership, names: ReadonlyMap<string, string>): string | null {
  return fieldSlugs.length === 0 ? null : fieldSlugs.map((slug) => names.get(slug) ?? slug).join(', ')
}

function endForm(
  post: Membership,
  { today, href, ending }: Pick<PostTable, 'today' | 'href' | 'ending'>,
): Html {
  const refused = ending?.post === post.id ? ending.state : null
  const state = refused ?? { typed: {}, refusal: null }
  const value = post.validFrom > today ? post.validFrom : today
  return html`<details class="row-act"${when(refused, () => html` open`)}><summary>Kết thúc</summary>
<form class="form" method="post" action="${href}/vi-tri/${post.id}/ket-thuc">${refusalView(state)}
${inputField(state, { name: 'last', label: 'Giữ đến hết ngày', type: 'date', required: true, value, hint: 'Ngày hôm trước: thôi ngay bây giờ.' })}
${when(refused, () => tickField(state, { name: 'anyway', label: 'Vẫn kết thúc dù đơn vị không còn người đứng đầu' }))}
<p class="form-end"><button class="button" type="submit">Kết thúc vị trí</button></p></form></details>`
}
