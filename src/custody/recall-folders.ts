import { foldersOf, type HandOverRow, markRecalled } from '../../db/queries/hand-overs.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import type { Actor, Deps } from '../deps.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import { unitByMap } from '../domain/counting/unit-map.ts'
import { RuleError } from '../domain/refusals.ts'
import { standFor } from '../dossiers/own-unit.ts'
import { isOnTheWay } from './standing.ts'

/**
 * Whoever sent a sheet takes back what of it has not come yet, or the folder of one dossier. Refuses where all has
 * been received, and a dossier whose folder is not on its way by this sheet. Run it inside a write.
 */
export function recallFolders(
  deps: Deps,
  actor: Actor,
  sheet: HandOverRow,
  dossierId: number | null = null,
): number {
  const { db, clock } = deps
  const now = clock.now()
  const today = localDayOf(now)
  const catalogue = catalogueOf(db)
  const successor = unitByMap(catalogue.lineage, sheet.fromUnitId, today)
  standFor(catalogue, {
    actor,
    permission: 'dossiers_write',
    unitIds: [sheet.fromUnitId, successor],
    day: today,
    now,
  })
  const isOpen = (id: number) =>
    foldersOf(db, sheet.id).some((folder) => folder.dossierId === id && isOnTheWay(folder))
  if (dossierId !== null && !isOpen(dossierId))
    throw new RuleError('folder_not_of_sheet', { sheet: sheet.number })
  const recalled = markRecalled(db, sheet.id, now, dossierId)
  if (recalled === 0) throw new RuleError('nothing_to_recall', { sheet: sheet.number })
  recordAudit(deps, {
    kind: 'folder_handed_over',
    actorId: actor.officerId,
    data: { step: 'recalled', handOver: sheet.id, folders: recalled },
  })
  return recalled
}
