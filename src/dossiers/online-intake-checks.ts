import { type Catalogue, type Procedure, versionOn } from '../catalogue/catalogue.ts'
import { type Instant, localDayOf } from '../domain/calendar/day.ts'
import { STATE_LABELS } from '../domain/life-cycle/life-cycle.ts'
import { RuleError } from '../domain/refusals.ts'
import { duePreview } from '../intake/due-preview.ts'
import { longDay } from '../web/formats.ts'
import { type Html, html, NOTHING, when } from '../web/html.ts'
import { icon } from '../web/icons.ts'
import type { ChecklistLine } from './checklist.ts'
import { dossierHref } from './dossier-table.ts'
import type { OpenDuplicate } from './online-intake-duplicate.ts'

/** That the same person has an open dossier of the same procedure, as the intake says it. */
export function duplicateNotice({ dossier, by }: OpenDuplicate, { procedureById }: Catalogue): Html {
  const name = procedureById.get(dossier.procedureId)?.name
  const on = dossier.acceptedOn === null ? '' : `, tiếp nhận ${longDay(dossier.acceptedOn)}`
  const what = html`${dossier.code ?? 'hồ sơ chưa có mã'}, ${name}${on}, ${STATE_LABELS[dossier.state].toLowerCase()}.`
  const open = html`<p><a href="${dossierHref(dossier)}" target="_blank">Mở hồ sơ ấy</a></p>`
  return by === 'idNumber'
    ? html`<div class="intake-notice warn">${icon('overdue')}<div><p><strong>Đã có hồ sơ cùng người, cùng thủ tục:</strong> ${what}</p>${open}</div></div>`
    : html`<div class="intake-notice">${icon('info')}<div><p>Có thể cùng người: ${what}</p>${open}</div></div>`
}

/** Which papers the procedure requires and the sender has not named. */
export function missingNotice(lines: readonly ChecklistLine[]): Html {
  const missing = lines.filter(({ state }) => state === 'missing').map(({ name }) => name)
  return when(
    missing.length > 0,
    () =>
      html`<div class="intake-notice warn">${icon('due_soon')}<div><p><strong>Thiếu ${missing.length} giấy tờ bắt buộc:</strong> ${missing.join('; ')}.</p></div></div>`,
  )
}

/** What would be promised if it were accepted now, under the law of today; or why nothing can be. */
export function promiseView(
  catalogue: Catalogue,
  { procedureId, receivingUnitId }: { readonly procedureId: number; readonly receivingUnitId: number },
  now: Instant,
): Html {
  const procedure = catalogue.procedureById.get(procedureId) as Procedure
  const version = versionOn(procedure.versions, localDayOf(now))
  if (version === undefined) return NOTHING
  try {
    return duePreview(catalogue.calendar(receivingUnitId), { procedure, version }, now)
  } catch (error) {
    if (!(error instanceof RuleError)) throw error
    return html`<h2>Hạn trả</h2><p class="muted">${error.message}</p>`
  }
}
