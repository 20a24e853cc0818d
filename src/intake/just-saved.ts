import { findDossierByCode, type StoredDossier } from '../../db/queries/dossiers.ts'
import { dossiersOfSitting } from '../../db/queries/sittings.ts'
import { maySee } from '../accounts/seen-units.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import type { Actor, Deps } from '../deps.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import { dossierHref } from '../dossiers/dossier-table.ts'
import { longDay, timeOfDay } from '../web/formats.ts'
import type { Typed } from '../web/forms.ts'
import { type Html, html, NOTHING, when } from '../web/html.ts'
import { icon } from '../web/icons.ts'
import { specimenAt } from './training-intake.ts'

/** Over the form of the next dossier: which one was saved a moment ago, and its slip, should none follow. */
export function justSaved(deps: Deps, actor: Actor, { saved, training }: Typed): Html {
  if (!saved) return NOTHING
  if (training === '1') return specimenView(deps, actor, saved)
  const dossier = findDossierByCode(deps.db, saved)
  return dossier === null || !maySee(deps, actor, dossier) ? NOTHING : savedView(deps, dossier)
}

function savedView({ db }: Deps, dossier: StoredDossier): Html {
  const href = dossierHref(dossier)
  const procedure = catalogueOf(db).procedureById.get(dossier.procedureId)?.name
  const due = dossier.appointmentAt ?? dossier.dueAt
  const sitting = dossier.sittingId == null ? 1 : dossiersOfSitting(db, dossier.sittingId).length
  const own = html`<a class="button" href="${href}/giay-to/receipt-slip.pdf" target="_blank" data-paper="Giấy tiếp nhận ${dossier.code}"${when(sitting < 2, () => P)}>In giấy tiếp nhận${when(sitting < 2, () => P_SHOWN)}</a>`
  const shared = html`<a class="button" href="${href}/luot.pdf" target="_blank" data-paper="Giấy tiếp nhận của lượt nộp"${P}>In chung một giấy, ${sitting} hồ sơ${P_SHOWN}</a>`
  return line(
    html`Đã lưu hồ sơ <a class="code" href="${href}" target="_blank">${dossier.code}</a> · ${procedure}${when(due, (at) => html` · hẹn trả <strong>${longDay(localDayOf(at))} ${timeOfDay(at)}</strong>`)}`,
    html`${own}${when(sitting > 1, () => shared)}`,
  )
}

function specimenView(deps: Deps, actor: Actor, id: string): Html {
  const { dueAt, says } = specimenAt(deps, actor, id)
  return line(
    html`Đã tiếp nhận thử, không vào sổ · ${says.procedure.name}${when(dueAt, (at) => html` · hẹn trả <strong>${longDay(localDayOf(at))} ${timeOfDay(at)}</strong>`)}`,
    html`<a class="button" href="/ho-so/moi/tap-huan/${id}/giay.pdf" target="_blank" data-paper="Mẫu tập huấn"${P}>In mẫu${P_SHOWN}</a>`,
  )
}

const P = html` data-key="p" aria-keyshortcuts="p"`
const P_SHOWN = html` <kbd>p</kbd>`

function line(words: Html, papers: Html): Html {
  return html`<div class="just-saved" role="status">${icon('check')}<p>${words}</p>${papers}</div>`
}
