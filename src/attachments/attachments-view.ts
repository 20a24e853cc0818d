import { randomUUID } from 'node:crypto'
import type { AttachmentRow } from '../../db/queries/attachments.ts'
import type { StoredDossier } from '../../db/queries/dossiers.ts'
import type { Catalogue } from '../catalogue/catalogue.ts'
import { dossierHref } from '../dossiers/dossier-table.ts'
import { shortMoment } from '../web/formats.ts'
import { type FormState, refusalView } from '../web/forms.ts'
import { each, type Html, html, NOTHING, when } from '../web/html.ts'
import { icon } from '../web/icons.ts'
import { asPaper } from '../web/paper-preview.ts'
import { FILES_AT_ONCE } from './attachment-limit.ts'
import { MEDIA_TYPES, type MediaType } from './media-type.ts'
import { removalSeq } from './remove-attachments.ts'

export interface AttachmentsView {
  readonly dossier: StoredDossier
  readonly catalogue: Catalogue
  readonly rows: readonly AttachmentRow[]
  readonly texts: readonly { readonly seq: number; readonly text: string }[]
  /** Who only reads the dossier sees that the files are there. */
  readonly mayOpen: boolean
  readonly mayChange: boolean
  readonly limitMib: number
}

/** The files of a dossier: what is attached, what was taken away, and a field for more. */
export function attachmentsView(view: AttachmentsView, state?: FormState): Html {
  const { rows, mayOpen, mayChange } = view
  const attached = rows.filter(({ removedAt }) => removedAt === null)
  const removed = rows.filter(({ removedAt }) => removedAt !== null)
  if (rows.length === 0 && !mayChange) return NOTHING
  return html`<section id="tep"><h2>Tệp đính kèm</h2>
${when(state, refusalView)}
${attached.length === 0 ? html`<p class="muted">Chưa có tệp nào.</p>` : html`<ul class="attachments">${each(attached, (row) => line(row, view))}</ul>`}
${when(attached.length > 0 && !mayOpen, () => html`<p class="muted">Nội dung tệp chỉ mở được với người xử lý hồ sơ.</p>`)}
${when(removed.length > 0, () => html`<details class="removed"><summary>Đã gỡ ${removed.length} tệp</summary><ul class="lines">${each(removed, (row) => removedLine(row, view))}</ul></details>`)}
${when(mayChange, () => uploadForm(view))}</section>`
}

function line(row: AttachmentRow, { dossier, catalogue, mayOpen, mayChange }: AttachmentsView): Html {
  const href = `${dossierHref(dossier)}/tep/${row.id}`
  const look = html`<span class="attachment-kind">${MEDIA_TYPES[row.mediaType as MediaType].toUpperCase()}</span><span class="attachment-name">${row.name}</span>`
  return html`<li>${mayOpen ? html`<a class="attachment-look" href="${href}"${asPaper(row.name)}>${look}</a>` : html`<span class="attachment-look">${look}</span>`}
<small class="muted">${sizeOf(row.bytes)} · ${shortMoment(row.addedAt)} · ${nameOf(catalogue, row.addedById)}${when(mayOpen, () => html` · <a href="${href}?tai=1">Tải về</a>`)}</small>
${when(mayChange, () => html`<details class="removal"><summary>Gỡ</summary><form method="post" action="${href}/go"><input type="hidden" name="once" value="${randomUUID()}"><div class="field"><label for="go-${row.id}">Lý do gỡ “${row.name}”</label><input id="go-${row.id}" name="reason" required maxlength="300" autocomplete="off"></div><button class="button" type="submit">Gỡ tệp</button></form></details>`)}</li>`
}

function removedLine(row: AttachmentRow, { catalogue, texts }: AttachmentsView): Html {
  const reason = texts.find(({ seq }) => seq === removalSeq(row.id))?.text
  return html`<li><span>${row.name}${when(reason, (text) => html`<small class="muted issued-before">Lý do: ${text}</small>`)}</span><span class="n">gỡ ${shortMoment(row.removedAt ?? row.addedAt)}, ${nameOf(catalogue, row.removedById)}</span></li>`
}

function uploadForm({ dossier, limitMib }: AttachmentsView): Html {
  return html`<form class="upload" method="post" enctype="multipart/form-data" action="${dossierHref(dossier)}/tep">
<input type="hidden" name="once" value="${randomUUID()}">
<div class="field"><label for="tep-moi">Thêm tệp</label><input id="tep-moi" name="files" type="file" multiple required accept=".pdf,.jpg,.jpeg,.png,application/pdf,image/jpeg,image/png" aria-describedby="tep-moi-goi-y"><small id="tep-moi-goi-y">PDF, JPEG hoặc PNG, mỗi tệp đến ${limitMib} MiB, mỗi lần đến ${FILES_AT_ONCE} tệp.</small></div>
<button class="button" type="submit">${icon('up')}Tải lên</button></form>`
}

function sizeOf(bytes: number): string {
  const kib = bytes / 1024
  return kib < 1000
    ? `${Math.max(1, Math.round(kib))} KiB`
    : `${(kib / 1024).toFixed(1).replace('.', ',')} MiB`
}

function nameOf(catalogue: Catalogue, officerId: number | null): string {
  return (officerId === null ? undefined : catalogue.officerById.get(officerId)?.name) ?? 'hệ thống'
}
