import type { StoredDossier } from '../../db/queries/dossiers.ts'
import { messagesOf } from '../../db/queries/messages.ts'
import type { Deps } from '../deps.ts'
import { dossierHref } from '../dossiers/dossier-table.ts'
import { type Html, html, NOTHING, when } from '../web/html.ts'
import { messageTable } from './message-view.ts'

/** On the page of a dossier: what its citizen is about to be told, with the way to stop it, and all that was told. */
export function dossierMessages(
  deps: Pick<Deps, 'db' | 'vault' | 'clock'>,
  dossier: Pick<StoredDossier, 'id' | 'code'>,
  mayDecide: boolean,
): Html {
  const all = messagesOf(deps.db, dossier.id).map((row) => ({ ...row, code: dossier.code }))
  if (all.length === 0) return NOTHING
  const isOpen = ({ status }: (typeof all)[0]) =>
    status === 'held' || status === 'sending' || status === 'failed'
  const [open, settled] = [all.filter(isOpen), all.filter((row) => !isOpen(row))]
  const back = mayDecide ? dossierHref(dossier) : null
  const table = (rows: typeof all, caption: string, to: string | null) =>
    messageTable(deps, rows, { caption, back: to, dossiers: false })
  return html`<section class="dossier-messages" aria-labelledby="tin-nhan"><h2 id="tin-nhan">Tin cho người dân</h2>
${when(open.length > 0, () => table(open, 'Tin chưa gửi', back))}
${when(settled.length > 0, () => html`<details class="message-log"><summary>${settled.length} tin đã gửi hoặc đã dừng</summary>${table(settled, 'Tin đã gửi hoặc đã dừng', null)}</details>`)}</section>`
}
