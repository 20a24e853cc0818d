import { custodyOf, type FolderRow, markReceived } from '../../db/queries/hand-overs.ts'
import { ownUnit } from '../accounts/desk-unit.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import { unitName } from '../catalogue/unit-choices.ts'
import type { Actor, Deps } from '../deps.ts'
import { type LocalDay, localDayOf } from '../domain/calendar/day.ts'
import { RuleError } from '../domain/refusals.ts'
import { findDossier } from '../dossiers/act-on-dossier.ts'
import { whichAt } from '../dossiers/dossier-at.ts'
import { standFor } from '../dossiers/own-unit.ts'
import { moment } from '../web/formats.ts'
import { officerName } from './ends.ts'
import { isOnTheWay } from './standing.ts'

export interface ReceiptInput {
  /** Left out: the unit of the receiver's first post. */
  readonly unit?: string | undefined
  readonly codes: readonly string[]
}

/**
 * Acknowledges folders as they are scanned, all or none. A folder that was sent elsewhere is taken too, for here it
 * lies: the chain shows both. Run it inside a write.
 */
export function receiveFolders(
  deps: Deps,
  actor: Actor,
  { unit, codes }: ReceiptInput,
): readonly FolderRow[] {
  const { db, clock } = deps
  const now = clock.now()
  const today = localDayOf(now)
  const here = ownUnit(deps, actor, unit)
  standFor(catalogueOf(db), { actor, permission: 'dossiers_write', unitIds: [here.id], day: today, now })
  return codes.map((code) => {
    const dossier = findDossier(deps, whichAt(code))
    const chain = custodyOf(db, dossier.id)
    const open = chain.find(isOnTheWay)
    if (open === undefined) {
      const last = lastWords(deps, chain, today)
      throw new RuleError('folder_not_on_the_way', { dossier: dossier.code ?? code, last })
    }
    markReceived(db, open, { unitId: here.id, at: now, officerId: actor.officerId })
    recordAudit(deps, {
      kind: 'folder_handed_over',
      actorId: actor.officerId,
      dossierId: dossier.id,
      data: { step: 'received', handOver: open.handOverId, sentTo: open.toUnitId, unit: here.id },
    })
    return { ...open, unitId: here.id, receivedAt: now, receivedById: actor.officerId }
  })
}

/** What is known of a folder that nobody has sent. */
function lastWords({ db }: Deps, chain: readonly FolderRow[], today: LocalDay): string {
  const last = chain.at(-1)
  if (last === undefined) return 'chưa bàn giao lần nào'
  if (last.receivedAt === null) return `đã thu hồi lúc ${moment(last.recalledAt ?? last.sentAt)}`
  const unit = unitName(catalogueOf(db).unitById.get(last.unitId), today)
  const said = `${unit} đã nhận lúc ${moment(last.receivedAt)}`
  return [said, officerName(catalogueOf(db), last.receivedById)].filter(Boolean).join(', ')
}
