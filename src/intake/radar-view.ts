import { findDossierById, type StoredDossier } from '../../db/queries/dossiers.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import type { Deps } from '../deps.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import { STATE_LABELS } from '../domain/life-cycle/life-cycle.ts'
import { dossierHref } from '../dossiers/dossier-table.ts'
import { longDay } from '../web/formats.ts'
import { type FormState, inputField } from '../web/forms.ts'
import { type Html, html, NOTHING, when } from '../web/html.ts'
import { icon } from '../web/icons.ts'
import type { Duplicate, Earlier } from './earlier-dossiers.ts'

/** What is known of the same person: an open dossier of the same procedure, and what they handed in today. */
export function radarView(
  deps: Deps,
  state: FormState,
  earlier: Earlier | null,
  duplicate: Duplicate | null,
): Html {
  return html`${when(duplicate, (same) => duplicateView(deps, state, same))}${sittingView(deps, state, earlier)}`
}

function duplicateView(deps: Deps, state: FormState, { dossier, by }: Duplicate): Html {
  const { dossiers, open } = wordsOf(deps, dossier)
  // A reason is for this one: with another person or procedure it is to be given anew.
  const reason = { ...state, typed: state.typed['duplicateOf'] === String(dossier.id) ? state.typed : {} }
  if (by !== 'idNumber')
    return html`<div class="intake-notice">${icon('info')}<div><p>Có thể cùng người: ${dossiers}</p><p>${open}</p></div></div>`
  return html`<div class="intake-notice warn">${icon('overdue')}<div><p><strong>Đã có hồ sơ cùng người, cùng thủ tục:</strong> ${dossiers}</p><p>${open}</p><input type="hidden" name="duplicateOf" value="${dossier.id}">${inputField(reason, { name: 'duplicateReason', label: 'Hoặc lý do tiếp nhận thêm', maxLength: 500 })}</div></div>`
}

function wordsOf(deps: Deps, dossier: StoredDossier) {
  const procedure = catalogueOf(deps.db).procedureById.get(dossier.procedureId)
  const on = dossier.acceptedOn === null ? '' : `, tiếp nhận ${longDay(dossier.acceptedOn)}`
  const dossiers = html`${dossier.code ?? 'hồ sơ chưa có mã'}, ${procedure?.name}${on}, ${STATE_LABELS[dossier.state].toLowerCase()}.`
  return { dossiers, open: html`<a href="${dossierHref(dossier)}" target="_blank">Mở hồ sơ ấy</a>` }
}

/** One tick puts a dossier into the sitting of those handed in before, by the same person today. */
function sittingView({ db, clock }: Deps, { typed }: FormState, earlier: Earlier | null): Html {
  const today = localDayOf(clock.now())
  const unitId = catalogueOf(db).unitByKey.get(typed['unit'] ?? '')?.id
  const before =
    earlier?.by === 'phone'
      ? undefined
      : earlier?.dossiers.find(
          (each) => each.code !== null && each.acceptedOn === today && each.receivingUnitId === unitId,
        )
  const first = before?.sittingId == null ? before : findDossierById(db, before.sittingId)
  const code = first?.code ?? (typed['sitting'] || null)
  if (code === null) return NOTHING
  return html`<div class="intake-notice">${icon('person')}<div class="field tick"><input id="f-sitting" type="checkbox" name="sitting" value="${code}"${when(typed['sitting'] === code, () => html` checked`)}><label for="f-sitting">Cùng lượt với hồ sơ ${code} nộp hôm nay</label><small>Các hồ sơ của một lượt in chung một giấy tiếp nhận.</small></div></div>`
}
