import type { DocumentRow } from '../../db/queries/documents.ts'
import { moment, shortMoment } from '../web/formats.ts'
import { each, type Html, html, NOTHING } from '../web/html.ts'
import { asPaper } from '../web/paper-preview.ts'
import type { DossierPaper } from './dossier-papers.ts'
import type { DossierView } from './dossier-views.ts'

/** Papers to print: the first time makes one, later the same one comes out; what was replaced stays to be read. */
export function issuedView({ dossier, issued, rights }: DossierView): Html {
  const shown = rights.papers ? issued : issued.filter(({ documents }) => documents.length > 0)
  if (shown.length === 0) return NOTHING
  const address = `/ho-so/${dossier.code ?? `so-${dossier.id}`}/giay-to`
  const isVoided = dossier.state === 'voided'
  const how = { address, isVoided, mayPrint: rights.papers && !isVoided }
  return html`<section id="giay-to"><h2>Giấy tờ</h2><ul class="lines">${each(shown, (paper) => line(paper, how))}</ul></section>`
}

interface How {
  readonly address: string
  readonly isVoided: boolean
  readonly mayPrint: boolean
}

function line(
  { occasion, label, documents, changed }: DossierPaper,
  { address, isVoided, mayPrint }: How,
): Html {
  const href = `${address}/${occasion.kind}.pdf?lan=${occasion.nth}`
  const inForce = documents.find(({ voidedAt }) => voidedAt === null)
  const older = documents.filter((row) => row !== inForce)
  const before = (row: DocumentRow) =>
    row.erasedAt === null
      ? html`<a href="${href}&amp;ban=${row.version}"${asPaper(`${label}, bản ${row.version}`)}>Bản ${row.version}</a>`
      : `Bản ${row.version}`
  return html`<li><span>${titled(label, href, mayPrint, inForce)}${each(older, (row) => html`<small class="muted issued-before">${before(row)} ${moment(row.issuedAt)}, ${row.erasedAt === null ? WHY[row.voidCause ?? 'replaced'] : ERASED}</small>`)}</span>
<span class="n">${inForce === undefined ? noneInForce(documents, isVoided) : inForce.erasedAt !== null ? ERASED : mayPrint ? whatPrints(inForce, changed) : issuedAs(inForce)}</span></li>`
}

function noneInForce([newest]: readonly DocumentRow[], isVoided: boolean): string {
  if (newest === undefined) return 'chưa in'
  if (isVoided) return 'hết giá trị'
  return `bản ${newest.version} đã hết giá trị, bản mới chưa in`
}

const ERASED = 'đã xoá theo quy định'

/** Who may print is led to the paper as it is now; who only reads, to the one in force as it was issued. */
function titled(label: string, href: string, mayPrint: boolean, inForce: DocumentRow | undefined): Html {
  if (inForce?.erasedAt != null) return html`${label}`
  if (mayPrint) return html`<a href="${href}"${asPaper(label)}>${label}</a>`
  return inForce === undefined
    ? html`${label}`
    : html`<a href="${href}&amp;ban=${inForce.version}"${asPaper(label)}>${label}</a>`
}

function issuedAs({ version, issuedAt }: DocumentRow): string {
  return `bản ${version} · ${shortMoment(issuedAt)}`
}

function whatPrints(inForce: DocumentRow, changed: boolean): string {
  const issued = issuedAs(inForce)
  return changed ? `đã khác ${issued}` : `in lại ${issued}`
}

const WHY = {
  replaced: 'đã thay bằng bản sau',
  corrected: 'đã thay do đính chính',
  dossier_voided: 'hết giá trị do hồ sơ đã huỷ',
} as const satisfies Record<NonNullable<DocumentRow['voidCause']>, string>
