import type { DocumentRow } from '../../db/queries/documents.ts'
import { moment, shortMoment } from '../web/formats.ts'
import { each, type Html, html, NOTHING } from '../web/html.ts'
import type { DossierPaper } from './dossier-papers.ts'
import type { DossierView } from './dossier-views.ts'

/** Papers to print: the first time makes one, later the same one comes out; what was replaced stays to be read. */
export function issuedView({ dossier, issued }: DossierView): Html {
  if (issued.length === 0) return NOTHING
  const address = `/ho-so/${dossier.code ?? `so-${dossier.id}`}/giay-to`
  return html`<section id="giay-to"><h2>Giấy tờ</h2><ul class="lines">${each(issued, (paper) => line(paper, address, dossier.state === 'voided'))}</ul></section>`
}

function line(
  { occasion, label, documents, changed }: DossierPaper,
  address: string,
  isVoided: boolean,
): Html {
  const href = `${address}/${occasion.kind}.pdf?lan=${occasion.nth}`
  const inForce = documents.find(({ voidedAt }) => voidedAt === null)
  const older = documents.filter((row) => row !== inForce)
  return html`<li><span>${isVoided ? label : html`<a href="${href}">${label}</a>`}${each(older, (row) => html`<small class="muted issued-before"><a href="${href}&amp;ban=${row.version}">Bản ${row.version}</a> ${moment(row.issuedAt)}, ${WHY[row.voidCause ?? 'replaced']}</small>`)}</span>
<span class="n">${inForce === undefined ? 'chưa in' : whatPrints(inForce, changed)}</span></li>`
}

function whatPrints({ version, issuedAt }: DocumentRow, changed: boolean): string {
  const issued = `bản ${version} · ${shortMoment(issuedAt)}`
  return changed ? `đã khác ${issued}` : `in lại ${issued}`
}

const WHY = {
  replaced: 'đã thay bằng bản sau',
  corrected: 'đã thay do đính chính',
  dossier_voided: 'hết giá trị do hồ sơ đã huỷ',
} as const satisfies Record<NonNullable<DocumentRow['voidCause']>, string>
