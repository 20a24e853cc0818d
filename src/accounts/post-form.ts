import { type Catalogue, versionOn } from '../catalogue/catalogue.ts'
import type { LocalDay } from '../domain/calendar/day.ts'
import { choiceField, type FormState, inputField, type Option, type Typed, tickField } from '../web/forms.ts'
import { each, type Html, html, when } from '../web/html.ts'
import { type NewPost, PERSON_ROLES } from './give-post.ts'
import { ROLE_LABELS } from './roles.ts'

/** The fields of a post of a person: what they are, where, since when. */
export function postFields(catalogue: Catalogue, today: LocalDay, state: FormState, required: boolean): Html {
  const isChosen = catalogue.fields.some(({ slug }) => state.typed[`field-${slug}`] === '1')
  const roles = PERSON_ROLES.map((role) => ({ value: role, label: ROLE_LABELS[role] }))
  return html`<div class="form-row">${choiceField(state, { name: 'role', label: 'Vai trò', required, blank: required ? 'Chọn vai trò' : 'Chưa giao vị trí', options: roles })}
${unitField(catalogue, today, state, required)}</div>
<div class="form-row">${inputField(state, { name: 'title', label: 'Chức danh', required, maxLength: 150, hint: 'Như in dưới chữ ký, ví dụ Công chức Tư pháp - Hộ tịch.' })}
${inputField(state, { name: 'from', label: 'Từ ngày', type: 'date', required, value: today })}</div>
${when(catalogue.fields.length > 0, () => html`<details class="post-fields"${when(isChosen, () => html` open`)}><summary>Chỉ phụ trách một số lĩnh vực (không chọn: mọi lĩnh vực)</summary><div class="ticks">${each(catalogue.fields, ({ slug, name }) => tickField(state, { name: `field-${slug}`, label: name }))}</div></details>`)}`
}

export function unitField(catalogue: Catalogue, today: LocalDay, state: FormState, required: boolean): Html {
  const options = unitOptions(catalogue, today)
  return choiceField(state, { name: 'unit', label: 'Đơn vị', required, blank: 'Chọn đơn vị', options })
}

/** Every unit there is on `day`, shops too: groups first, then by name. */
export function unitOptions(catalogue: Catalogue, day: LocalDay): readonly Option[] {
  return catalogue.units
    .flatMap(({ key, kind, versions }) => {
      const name = versionOn(versions, day)?.name
      return name === undefined ? [] : [{ value: key, label: name, isGroup: kind === 'grouping' }]
    })
    .sort((a, b) => Number(b.isGroup) - Number(a.isGroup) || a.label.localeCompare(b.label, 'vi'))
}

/** The post as it was typed; null where nothing of it was. */
export function postIn(catalogue: Catalogue, typed: Typed): NewPost | null {
  const { role = '', unit = '', title = '', from = '' } = typed
  if (role === '' && unit === '' && title === '') return null
  const slugs = catalogue.fields.map(({ slug }) => slug)
  return { role, unit, title, from, fields: slugs.filter((slug) => typed[`field-${slug}`] === '1') }
}
