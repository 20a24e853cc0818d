import { nextNumber } from '../../db/queries/codes.ts'
import type { StoredDossier } from '../../db/queries/dossiers.ts'
import { custodyOf, type HandOverRow, insertFolder, insertHandOver } from '../../db/queries/hand-overs.ts'
import { ownUnit } from '../accounts/desk-unit.ts'
import { mustSee } from '../accounts/seen-units.ts'
import { recordAudit } from '../audit/record-audit.ts'
import {
  type Catalogue,
  catalogueOf,
  type Unit,
  type UnitVersion,
  versionOn,
} from '../catalogue/catalogue.ts'
import { unitName } from '../catalogue/unit-choices.ts'
import type { Actor, Deps } from '../deps.ts'
import { type LocalDay, localDayOf } from '../domain/calendar/day.ts'
import { RuleError } from '../domain/refusals.ts'
import { findDossier } from '../dossiers/act-on-dossier.ts'
import { whichAt } from '../dossiers/dossier-at.ts'
import { standFor } from '../dossiers/own-unit.ts'
import { officersIn } from '../dossiers/queue-officers.ts'
import type { Option } from '../web/forms.ts'
import { isOnTheWay, unitsCameTo } from './standing.ts'

/** Folders of one sheet: two pages of paper, and one look. */
export const MOST_FOLDERS = 100

export interface HandOverInput {
  /** Left out: the unit of the sender's first post. */
  readonly from?: string | undefined
  /** Left out: the sending unit, for somebody of it. */
  readonly to?: string | undefined
  /** To whom of that unit; left out: to the unit. */
  readonly toOfficer?: string | undefined
  readonly codes: readonly string[]
}

/**
 * Sends the paper folders of these dossiers to another unit, or to a person of one's own, on a numbered sheet. Moves no clock and no
 * figure: who works on a dossier is said by its acts. Run it inside a write.
 */
export function handOver(deps: Deps, actor: Actor, input: HandOverInput): HandOverRow {
  const { from, to, toOfficer, codes } = input
  const { db, clock } = deps
  const catalogue = catalogueOf(db)
  const now = clock.now()
  const today = localDayOf(now)
  const sender = ownUnit(deps, actor, from)
  const receiver = to === undefined ? sender : ownUnit(deps, actor, to)
  const person = toOfficer === undefined ? null : personIn(catalogue, receiver, toOfficer, today)
  if (receiver.id === sender.id && (person === null || person === actor.officerId))
    throw new RuleError('hand_over_to_itself')
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
    toOfficerId: person,
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
      ...(person !== null && { toOfficer: person }),
      folders: dossiers.length,
    },
  })
  return sheet
}

/** The officer with this key, who works on dossiers in the unit today. Refuses (`receiver_not_there`) anybody else. */
function personIn(catalogue: Catalogue, unit: Unit, key: string, today: LocalDay): number {
  const officer = catalogue.officerByKey.get(key)
  if (officer === undefined) throw new RuleError('unknown_officer', { officer: key })
  if (!peopleOf(catalogue, unit, today).some(({ value }) => value === key))
    throw new RuleError('receiver_not_there', { officer: officer.name, unit: unitName(unit, today) })
  return officer.id
}

/** Who works on dossiers in a unit today, by name. */
export function peopleOf(catalogue: Catalogue, unit: Unit, today: LocalDay): readonly Option[] {
  const people = officersIn(catalogue, new Set([unit.id]), today).flatMap(({ officers }) => officers)
  return [...new Map(people.map((person) => [person.value, person])).values()]
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
