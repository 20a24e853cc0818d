import type { StoredDossier } from '../../db/queries/dossiers.ts'
import type { Procedure, ProcedureVersion } from '../catalogue/catalogue.ts'
import { optionsOf, RETURN_WORDS } from '../dossiers/act-words.ts'
import { dossierHref } from '../dossiers/dossier-table.ts'
import { papersView } from '../intake/papers-view.ts'
import { choiceField, type FormState, formView, inputField } from '../web/forms.ts'
import { type Html, html } from '../web/html.ts'

export interface PeopleForm {
  readonly dossier: StoredDossier
  readonly state: FormState
  readonly procedure: Procedure
  readonly version: ProcedureVersion
}

/** The fields of the intake about people, papers and the way back, as they stand. */
export function peopleForm({ dossier, state, procedure, version }: PeopleForm): Html {
  const shown = { ...state, typed: { ...state.typed, papersOf: procedure.code } }
  return formView({
    action: peopleHref(dossier),
    state,
    fields: html`<input type="hidden" name="version" value="${state.typed['version'] ?? dossier.version}">
<fieldset class="form-part"><legend>Người nộp</legend>
${inputField(state, { name: 'name', label: 'Họ tên hoặc tổ chức', maxLength: 200, required: true, first: true })}
<div class="form-row">${inputField(state, { name: 'idNumber', label: 'Số định danh', maxLength: 30, inputMode: 'numeric' })}${inputField(state, { name: 'phone', label: 'Điện thoại', maxLength: 30, type: 'tel' })}</div>
<div class="form-row">${inputField(state, { name: 'birthYear', label: 'Năm sinh', maxLength: 4, inputMode: 'numeric' })}${choiceField(state, { name: 'sex', label: 'Giới tính', options: SEXES, blank: '–' })}</div>
${inputField(state, { name: 'address', label: 'Địa chỉ', maxLength: 500 })}
${inputField(state, { name: 'email', label: 'Thư điện tử', maxLength: 200 })}</fieldset>
<fieldset class="form-part"><legend>Nộp thay (bỏ trống nếu không có)</legend>
<div class="form-row">${inputField(state, { name: 'proxyName', label: 'Họ tên người được ủy quyền', maxLength: 200 })}${inputField(state, { name: 'proxyIdNumber', label: 'Số định danh', maxLength: 30, inputMode: 'numeric' })}</div>
<div class="form-row">${inputField(state, { name: 'proxyPhone', label: 'Điện thoại', maxLength: 30, type: 'tel' })}${inputField(state, { name: 'proxyAddress', label: 'Địa chỉ', maxLength: 500 })}</div></fieldset>
<fieldset class="form-part"><legend>Giấy tờ đã nộp</legend>${papersView(shown, { procedure, version })}${inputField(state, { name: 'otherPapers', label: 'Giấy tờ khác, cách nhau bằng ;', maxLength: 2000 })}</fieldset>
${choiceField(state, { name: 'returnMode', label: 'Nhận kết quả', options: optionsOf(RETURN_WORDS), required: true })}`,
    submit: 'Ghi thông tin đúng',
    beside: html`<a href="${dossierHref(dossier)}">Thôi</a>`,
  })
}

export function peopleHref(dossier: Parameters<typeof dossierHref>[0]): string {
  return `${dossierHref(dossier)}/nguoi-nop`
}

const SEXES = [
  { value: 'male', label: 'Nam' },
  { value: 'female', label: 'Nữ' },
] as const
