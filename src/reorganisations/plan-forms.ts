import { type Catalogue, type Unit, versionOn } from '../catalogue/catalogue.ts'
import { addDays, parseDay } from '../domain/calendar/day.ts'
import { RuleError } from '../domain/refusals.ts'
import { fold } from '../fold.ts'
import { choiceField, type FormState, inputField, type Typed, textField } from '../web/forms.ts'
import { each, type Html, html, when } from '../web/html.ts'
import { followingPosts } from './following-posts.ts'
import type { ReorganisationPlan, UnitVersionPlan } from './plan-schema.ts'
import { readPlan } from './read-plan.ts'

/** How a plan may be written down on the pages: the two common cases as forms, everything else as JSON. */
export interface PlanForm {
  readonly heading: string
  readonly about: string
  fields(catalogue: Catalogue, state: FormState, day: string): Html
  /** What was typed as a plan; throws RuleError. */
  plan(catalogue: Catalogue, typed: Typed): ReorganisationPlan
}

export const PLAN_FORMS = {
  nhap: {
    heading: 'Nhập đơn vị',
    about: 'Hai hay nhiều đơn vị thành một đơn vị mới; hồ sơ đang mở và cán bộ đi theo.',
    fields: (catalogue, state, day) => html`${decisionFields(state)}
<fieldset class="field ticks"><legend>Đơn vị được nhập</legend>${each(communesOn(catalogue, day), ({ unit, name }) => tick(state, unit.key, name))}</fieldset>
${newUnitFields(state)}`,
    plan: mergePlan,
  },
  'doi-ten': {
    heading: 'Đổi tên, đổi mã đơn vị',
    about: 'Đơn vị vẫn là một; từ ngày đổi, hồ sơ mới mang mã mới.',
    fields: (catalogue, state, day) => html`${decisionFields(state)}
${choiceField(state, { name: 'unit', label: 'Đơn vị', required: true, blank: 'Chọn đơn vị', options: communesOn(catalogue, day).map(({ unit, name }) => ({ value: unit.key, label: name })) })}
${newUnitFields(state)}`,
    plan: renamePlan,
  },
  tep: {
    heading: 'Phương án từ tệp',
    about: 'Chia, bỏ cấp, chuyển chức năng: dán nội dung tệp JSON theo mẫu trong tài liệu API.',
    fields: (_catalogue, state) =>
      textField(state, { name: 'plan', label: 'Nội dung tệp JSON', required: true, rows: 18 }),
    plan: (_catalogue, typed) => readPlan(typed['plan'] ?? ''),
  },
} as const satisfies Record<string, PlanForm>

function decisionFields(state: FormState): Html {
  return html`<div class="form-row">${inputField(state, { name: 'on', label: 'Có hiệu lực từ ngày', type: 'date', required: true })}
${inputField(state, { name: 'document', label: 'Số, ký hiệu văn bản', required: true, maxLength: 200 })}</div>`
}

function newUnitFields(state: FormState): Html {
  return html`<div class="form-row">${inputField(state, { name: 'name', label: 'Tên mới', required: true, maxLength: 200, hint: 'Ví dụ: Xã Lạc Phượng.' })}
${inputField(state, { name: 'shortName', label: 'Tên gọi tắt', required: true, maxLength: 60 })}</div>
<div class="form-row">${inputField(state, { name: 'agencyCode', label: 'Mã cơ quan', required: true, maxLength: 30, hint: 'Đứng đầu mã hồ sơ từ ngày này.' })}
${inputField(state, { name: 'gsoCode', label: 'Mã đơn vị hành chính', maxLength: 10, hint: 'Để trống nếu chưa có.' })}</div>`
}

function tick({ typed }: FormState, key: string, name: string): Html {
  return html`<span class="tick"><input id="u-${key}" name="u-${key}" type="checkbox" value="1"${when(typed[`u-${key}`] === '1', () => html` checked`)}><label for="u-${key}">${name}</label></span>`
}

/** Communes that receive and resolve: what the forms are for. */
function communesOn(catalogue: Catalogue, day: string): readonly { unit: Unit; name: string }[] {
  return catalogue.units
    .flatMap((unit) => {
      const version = versionOn(unit.versions, day)
      const isCommune = unit.kind === 'shop_and_resolver' && version?.validTo === null
      return isCommune && version ? [{ unit, name: version.name }] : []
    })
    .sort((a, b) => a.name.localeCompare(b.name, 'vi'))
}

function mergePlan(catalogue: Catalogue, typed: Typed): ReorganisationPlan {
  const on = parseDay(typed['on'] ?? '')
  const closes = catalogue.units.map(({ key }) => key).filter((key) => typed[`u-${key}`] === '1')
  const [first] = closes
  if (first === undefined || closes.length < 2)
    throw new RuleError('invalid_plan', { problems: 'Hãy đánh dấu ít nhất hai đơn vị được nhập.' })
  const name = typed['name'] ?? ''
  const key = `${fold(name)
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')}-${on.slice(0, 4)}`
  const version = { ...versionOf(catalogue, first, on), ...newNames(typed) }
  return {
    ...decision(typed, on, `Nhập ${closes.length} đơn vị thành ${name}`),
    closes,
    opens: [{ key, kind: 'shop_and_resolver', receivingShop: key, ...version }],
    lineage: closes.map((from) => ({ from, to: key, kind: 'merge', share: 1 })),
    officers: followingPosts(
      catalogue,
      on,
      closes.map((from) => ({ from, to: key, shop: key })),
    ),
  }
}

function renamePlan(catalogue: Catalogue, typed: Typed): ReorganisationPlan {
  const on = parseDay(typed['on'] ?? '')
  const unit = typed['unit'] ?? ''
  const renamed = { unit, ...versionOf(catalogue, unit, on), ...newNames(typed) }
  return { ...decision(typed, on, `Đổi tên thành ${renamed.name}`), renames: [renamed] }
}

function decision(typed: Typed, on: string, title: string): ReorganisationPlan {
  const nothing = {
    closes: [],
    opens: [],
    renames: [],
    lineage: [],
    takeovers: [],
    procedures: [],
    officers: [],
  }
  return { on, document: typed['document'] ?? '', title, coordinator: null, ...nothing }
}

function newNames(typed: Typed): Pick<UnitVersionPlan, 'name' | 'shortName' | 'agencyCode' | 'gsoCode'> {
  const { name = '', shortName = '', agencyCode = '', gsoCode = '' } = typed
  return { name, shortName, agencyCode, gsoCode: gsoCode === '' ? null : gsoCode }
}

/** Level, format and parent as they were the day before. */
function versionOf(catalogue: Catalogue, key: string, on: string): UnitVersionPlan {
  const unit = catalogue.unitByKey.get(key)
  const version = unit && versionOn(unit.versions, addDays(on, -1))
  if (version === undefined) throw new RuleError('unit_not_in_force', { unit: key, day: addDays(on, -1) })
  const { name, shortName, level, gsoCode, agencyCode, codeFormat, parentUnitId } = version
  const parent = parentUnitId === null ? null : catalogue.unitById.get(parentUnitId)!.key
  return { name, shortName, level, gsoCode, agencyCode, codeFormat, parent }
}
