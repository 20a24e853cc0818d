import { nextNumber } from '../../db/queries/codes.ts'
import type { StoredDossier } from '../../db/queries/dossiers.ts'
import { custodyOf, type HandOverRow, insertFolder, insertHandOver } from '../../db/queries/hand-overs.ts'
import { ownUnit } from '../accounts/desk-unit.ts'
import { mustSee } from '../accounts/seen-units.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { catalogueOf, type Unit, type UnitVersion, versionOn } from '../catalogue/catalogue.ts'
import { unitName } from '../catalogue/unit-choices.ts'
import type { Actor, Deps } from '../deps.ts'
import { type LocalDay, localDayOf } from '../domain/calendar/day.ts'
import { RuleError } from '../domain/refusals.ts'
import { findDossier } from '../dossiers/act-on-dossier.ts'
import { whichAt } from '../dossiers/dossier-at.ts'
import { standFor } from '../dossiers/own-unit.ts'
import { isOnTheWay, unitsCameTo } from './standing.ts'

/** Folders of one sheet: two pages of paper, and one look. */
export const MOST_FOLDERS = 100

export interface HandOverInput {
  /** Left out: the unit of the sender's first post. */
  readonly from?: string | undefined
  readonly to: string
  readonly codes: readonly string[]
}

/**
 * Sends the paper folders of these dossiers from one unit to another, on a numbered sheet. Moves no clock and no
 * figure: who works on a dossier is said by its acts. Run it inside a write.
 */
export function handOver(deps: Deps, actor: Actor, { from, to, codes }: HandOverInput): HandOverRow {
  const { db, clock } = deps
  const catalogue = catalogueOf(db)
  const now = clock.now()
  const today = localDayOf(now)
  const sender = ownUnit(deps, actor, from)
  const receiver = ownUnit(deps, actor, to)
  if (receiver.id === sender.id) throw new RuleError('hand_over_to_itself')
  standFor(catalogue, { actor, permission: 'dossiers_write', unitIds: [sender.id], day: today, now })
  const version = atWork(sender, today)
  atWork(receiver, today)
  const dossiers = scannedDossiers(deps, actor, sender.id, codes)
  if (dossiers.length === 0) throw new RuleError('nothing_to_hand_over')
  const sheet = insertHandOver(db, {
    number: sheetNumber(deps, version, today),
    fromUnitId: sender.id,
    toUnitId: receiver.id,
    sentAt: now,
    sentById: actor.officerId,
  })
  for (const { id } of dossiers)
    insertFolder(db, { handOverId: sheet.id, dossierId: id, toUnitId: receiver.id, sentAt: now })
  recordAudit(deps, {
    kind: 'folder_handed_over',
    actorId: actor.officerId,
    data: {
      step: 'sent',
      handOver: sheet.id,
      from: sender.id,
      to: receiver.id,
      folders: dossiers.length,
    },
  })
  return sheet
}

/** The dossiers whose codes were scanned, each once. Refuses the first that cannot go, in words about it. */
export function scannedDossiers(
  deps: Deps,
  actor: Actor,
  senderId: number,
  codes: readonly string[],
): readonly StoredDossier[] {
  if (codes.length > MOST_FOLDERS) throw new RuleError('too_many_folders', { most: MOST_FOLDERS })
  const dossiers = new Map<number, StoredDossier>()
  for (const code of codes) {
    const dossier = findDossier(deps, whichAt(code))
    if (dossiers.has(dossier.id)) throw new RuleError('folder_twice', { dossier: code })
    checkMayGo(deps, actor, senderId, dossier)
    dossiers.set(dossier.id, dossier)
  }
  return [...dossiers.values()]
}

/**
 * A folder is sent on from where it was scanned last, whoever may see the dossier; one that nobody has scanned yet, from
 * wherever it is by whoever may see the dossier.
 */
function checkMayGo(deps: Deps, actor: Actor, senderId: number, dossier: StoredDossier): void {
  if (dossier.code === null || dossier.state === 'voided')
    throw new RuleError('folder_without_code', { dossier: dossier.code ?? dossier.id })
  const chain = custodyOf(deps.db, dossier.id)
  const lies = chain.findLast(({ receivedAt }) => receivedAt !== null)
  const { lineage, unitById } = catalogueOf(deps.db)
  const today = localDayOf(deps.clock.now())
  const isHere = lies !== undefined && unitsCameTo(lineage, senderId, today).includes(lies.unitId)
  if (!isHere) mustSee(deps, actor, dossier)
  const open = chain.find(isOnTheWay)
  if (open !== undefined)
    throw new RuleError('folder_on_the_way', { dossier: dossier.code, sheet: open.number })
  if (lies !== undefined && !isHere)
    throw new RuleError('folder_elsewhere', {
      dossier: dossier.code,
      unit: unitName(unitById.get(lies.unitId), today),
    })
}

function atWork(unit: Unit, day: LocalDay): UnitVersion {
  const version = versionOn(unit.versions, day)
  if (version === undefined) throw new RuleError('unit_not_in_force', { unit: unit.key, day })
  return version
}

/** `BG-000.24.35.H23-230306-0001`: numbers of a day begin anew, like those of dossiers. */
function sheetNumber({ db }: Deps, { agencyCode }: UnitVersion, day: LocalDay): string {
  const n = nextNumber(db, `BG ${agencyCode}`, day)
  return `BG-${agencyCode}-${day.slice(2).replaceAll('-', '')}-${String(n).padStart(4, '0')}`
}
