import type { Db } from '../../db/open.ts'
import { readSetting } from '../../db/queries/settings.ts'
import { type FormState, formView, inputField, tickField } from '../web/forms.ts'
import { each, type Html, html, when } from '../web/html.ts'
import { SETTING_GROUPS, SETTING_NAMES, SETTINGS, type Setting, type SettingName } from './settings.ts'

export const SETTINGS_HREF = '/quan-tri/thiet-lap'

/** All settings, group by group, each with what it is and what it would be unset. */
export function settingsBody(db: Db): Html {
  return html`<header class="page-head"><p class="page-kicker"><a href="/quan-tri">Quản trị</a></p><h1>Thiết lập</h1><p class="lead">Áp dụng ngay, không phải khởi động lại; mỗi lần đổi có trong nhật ký kiểm tra. Cấu hình máy chủ (biến môi trường) không ở đây.</p></header>
${each(Object.entries(SETTING_GROUPS), ([group, label]) => {
  const names = SETTING_NAMES.filter((name) => SETTINGS[name].group === group)
  return html`<section><h2>${label}</h2><div class="scroll" role="region" aria-label="${label}" tabindex="0"><table class="data settings"><caption class="sr">${label}</caption>
<thead><tr><th scope="col">Thiết lập</th><th scope="col" class="setting-value">Đang dùng</th><th scope="col" class="setting-usual">Mặc định</th><th scope="col"><span class="sr">Việc</span></th></tr></thead>
<tbody>${each(names, (name) => settingLine(db, name))}</tbody></table></div></section>`
})}`
}

function settingLine(db: Db, name: SettingName): Html {
  const setting: Setting = SETTINGS[name]
  const set = readSetting(db, name)
  const usual = wordsOf(setting, undefined)
  const now = wordsOf(setting, set)
  return html`<tr id="${name}"><th scope="row">${setting.label}<small>${setting.about}</small></th><td class="setting-value${now === usual ? '' : ' set'}">${now}</td><td class="setting-usual muted">${usual}</td><td class="acts"><a href="${setting.href ?? `${SETTINGS_HREF}/${name}`}">Đổi<span class="sr"> ${setting.label}</span></a></td></tr>`
}

/** A value in words; undefined is the default. */
function wordsOf(setting: Setting, set: unknown): string {
  if (setting.kind === 'flag') return (set ?? setting.otherwise) === true ? 'Có' : 'Không'
  if (setting.kind === 'hour') return String(set ?? setting.otherwise)
  if (setting.kind === 'percents') {
    const given = (set ?? {}) as Readonly<Record<string, number>>
    return Object.entries(setting.parts)
      .map(([part, { otherwise }]) => `${part} ${percentText(given[part] ?? otherwise)}%`)
      .join(', ')
  }
  if (typeof set !== 'object' || set === null) return `${set ?? setting.otherwise} ${setting.unit}`
  const { default: general = setting.otherwise, ...own } = set as Readonly<Record<string, number>>
  return `${general} ${setting.unit}, ${Object.keys(own).length} thủ tục đặt riêng`
}

/** 70.54 → `70,54` */
function percentText(percent: number): string {
  return String(percent).replace('.', ',')
}

/** The form of one setting, and the way back to its default where it was set. */
export function settingBody(db: Db, name: SettingName, state: FormState): Html {
  const setting: Setting = SETTINGS[name]
  const set = readSetting(db, name)
  const usual = wordsOf(setting, undefined)
  const href = `${SETTINGS_HREF}/${name}`
  const form = formView({
    action: href,
    state,
    fields: fieldsOf(setting, set, state),
    submit: 'Ghi thiết lập',
    beside: html`<a href="${SETTINGS_HREF}#${name}">Thôi</a>`,
  })
  return html`<header class="page-head"><p class="page-kicker"><a href="/quan-tri">Quản trị</a><a href="${SETTINGS_HREF}">Thiết lập</a></p><h1>${setting.label}</h1><p class="lead">${setting.about}</p></header>
${form}
${when(set !== undefined, () => html`<section><h2>Mặc định</h2><form class="form" method="post" action="${href}"><input type="hidden" name="reset" value="1"><p class="form-end"><span>Mặc định: ${usual}.</span><button class="button" type="submit">Trở lại mặc định</button></p></form></section>`)}`
}

function fieldsOf(setting: Setting, set: unknown, state: FormState): Html {
  if (setting.kind === 'flag') {
    const typed =
      state.refusal === null ? { value: (set ?? setting.otherwise) === true ? '1' : '' } : state.typed
    return tickField({ ...state, typed }, { name: 'value', label: setting.label })
  }
  if (setting.kind === 'percents') {
    const given = (set ?? {}) as Readonly<Record<string, number>>
    return html`${each(Object.entries(setting.parts), ([part, { label, otherwise }]) =>
      inputField(state, {
        name: part,
        label: `${label}, %`,
        hint: `Từ 0 đến 100, ví dụ 70,54. Mặc định ${percentText(otherwise)}.`,
        value: percentText(given[part] ?? otherwise),
        required: true,
      }),
    )}`
  }
  const hint = `Từ ${setting.least} đến ${setting.most}. Mặc định ${setting.otherwise}.`
  const general = typeof set === 'object' && set !== null ? (set as { default?: number }).default : set
  const value = String(general ?? setting.otherwise)
  return setting.kind === 'hour'
    ? inputField(state, {
        name: 'value',
        label: 'Giờ',
        type: 'time',
        hint,
        value,
        required: true,
        first: true,
      })
    : inputField(state, {
        name: 'value',
        label: `Giá trị, ${setting.unit}`,
        hint,
        value,
        inputMode: 'numeric',
        required: true,
        first: true,
      })
}
