import type { RefusalCode } from '../domain/refusals.ts'
import { idDigits, isIdNumber, isPhone, phoneDigits } from '../person-numbers.ts'
import type { FormState } from '../web/forms.ts'

/** The refused form with the field it is about: where the cursor goes and the sentence stands. */
export function atItsField(state: FormState): FormState {
  const field = state.code === undefined ? undefined : FIELDS[state.code]
  return { ...state, field: field === undefined ? undefined : ofProxy(field, state) }
}

const FIELDS: Partial<Record<RefusalCode, string>> = {
  procedure_required: 'procedure',
  procedure_not_found: 'procedure',
  procedure_ambiguous: 'procedure',
  not_received_here: 'procedure',
  procedure_not_in_force: 'procedure',
  name_required: 'name',
  invalid_id_number: 'idNumber',
  id_number_doubtful: 'idNumber',
  invalid_birth_year: 'birthYear',
  invalid_phone: 'phone',
  invalid_email: 'email',
  not_offered_online: 'channel',
  level_not_offered: 'channel',
  invalid_quantity: 'quantity',
  invalid_fee: 'fee',
  open_duplicate: 'duplicateReason',
  papers_missing: 'missingReason',
  not_same_sitting: 'sitting',
  reason_required: 'refusalReason',
}

const PROXY: Readonly<Record<string, { readonly field: string; isFine(typed: string): boolean }>> = {
  name: { field: 'proxyName', isFine: (typed) => typed !== '' },
  idNumber: {
    field: 'proxyIdNumber',
    isFine: (typed) => typed === '' || isIdNumber(idDigits(typed)),
  },
  phone: { field: 'proxyPhone', isFine: (typed) => typed === '' || isPhone(phoneDigits(typed)) },
}

/** One code for two people: where the applicant's field is fine, it is the proxy's. */
function ofProxy(field: string, { typed, code }: FormState): string {
  const proxy = code === 'id_number_doubtful' ? undefined : PROXY[field]
  return proxy?.isFine(typed[field] ?? '') ? proxy.field : field
}
