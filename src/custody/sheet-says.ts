import type { StoredDossier } from '../../db/queries/dossiers.ts'
import { findDossierById } from '../../db/queries/dossiers.ts'
import { type FolderRow, foldersOf, type HandOverRow } from '../../db/queries/hand-overs.ts'
import { papersOf } from '../../db/queries/papers.ts'
import { readSetting } from '../../db/queries/settings.ts'
import { agencyName } from '../catalogue/agency-name.ts'
import { type Catalogue, catalogueOf } from '../catalogue/catalogue.ts'
import { clerkSignature } from '../catalogue/signatures.ts'
import type { Deps } from '../deps.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import { PAPER_FORMS } from '../dossiers/paper-forms.ts'
import { paperMoment, shopName } from '../dossiers/paper-words.ts'
import type { HandOverSheet, Says } from '../paper/paper-data.ts'
import { fullDay } from '../web/formats.ts'
import { receiverOf, senderOf } from './ends.ts'

/** What the sheet both sides sign says: every folder that was sent and not taken back. No citizen is named. */
export function sheetSays({ db }: Pick<Deps, 'db'>, sheet: HandOverRow): Says<'hand-over-sheet'> {
  const catalogue = catalogueOf(db)
  const day = localDayOf(sheet.sentAt)
  const sender = catalogue.unitById.get(sheet.fromUnitId)
  const { name, above, place } = agencyName(catalogue, sheet.fromUnitId, day)
  const isShop = sender?.kind === 'shop' || sender?.kind === 'shop_and_resolver'
  return {
    office: isShop ? { above: name, own: shopName(day) } : { above, own: name },
    place,
    demo: readSetting(db, 'demo') === true,
    number: sheet.number,
    from: senderOf(catalogue, sheet),
    to: receiverOf(catalogue, sheet),
    sentAt: paperMoment(sheet.sentAt),
    folders: foldersOf(db, sheet.id)
      .filter(({ recalledAt }) => recalledAt === null)
      .map((folder) => folderLine(db, catalogue, folder)),
    signatures: [
      clerkSignature(catalogue, sheet.sentById, 'Bên giao'),
      clerkSignature(catalogue, sheet.toOfficerId, 'Bên nhận'),
    ],
  }
}

function folderLine(
  db: Deps['db'],
  catalogue: Catalogue,
  { dossierId, code, procedureId }: FolderRow,
): HandOverSheet['folders'][number] {
  const { dueOn } = findDossierById(db, dossierId) as StoredDossier
  return {
    code,
    procedure: catalogue.procedureById.get(procedureId)?.name ?? '',
    papers: paperCounts(db, dossierId),
    due: dueOn === null ? '' : fullDay(dueOn),
  }
}

/** '2 bản chính, 1 bản sao': what is of paper; nothing where no paper was written down. */
function paperCounts(db: Deps['db'], dossierId: number): string {
  const papers = papersOf(db, dossierId)
  return (['original', 'copy'] as const)
    .map((form) => ({
      form,
      n: papers.filter((paper) => paper.form === form).reduce((sum, { copies }) => sum + copies, 0),
    }))
    .filter(({ n }) => n > 0)
    .map(({ form, n }) => `${n} ${PAPER_FORMS[form]}`)
    .join(', ')
}
