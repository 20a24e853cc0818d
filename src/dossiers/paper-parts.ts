import type { StoredDossier } from '../../db/queries/dossiers.ts'
import { readSetting } from '../../db/queries/settings.ts'
import { type TimelineEvent, textsOf } from '../../db/queries/timeline.ts'
import { contactAt } from '../../db/queries/unit-contacts.ts'
import { agencyName } from '../catalogue/agency-name.ts'
import { type Catalogue, catalogueOf } from '../catalogue/catalogue.ts'
import { headSignature } from '../catalogue/signatures.ts'
import type { Deps } from '../deps.ts'
import { type Instant, type LocalDay, localDayOf } from '../domain/calendar/day.ts'
import type { Dossier } from '../domain/life-cycle/dossier.ts'
import type { Says } from '../paper/paper-data.ts'
import { contactWords } from '../unit-contacts/contact-words.ts'
import { maskedPerson } from './masked-person.ts'
import { lawDay, type PaperOccasion } from './paper-occasions.ts'
import { formLabel, paperMoment, paperTitle, shopName } from './paper-words.ts'
import { interimCode } from './slip-numbers.ts'
import { rebuild } from './store-change.ts'

/** What the papers about a dossier are written from. */
export interface PaperParts {
  readonly deps: Deps
  readonly dossier: StoredDossier
  readonly catalogue: Catalogue
  readonly events: readonly TimelineEvent[]
  readonly event: TimelineEvent
  /** The facts as they stood before the act. */
  readonly before: Dossier
  /** The facts as they were promised; of a receipt slip and a control sheet, with all that moved since but a reorganisation. */
  readonly then: Dossier
  readonly day: LocalDay
  /** Of the reason given, one entry a line. */
  readonly reasons: readonly string[]
  readonly common: Common
}

type Common = Omit<
  Says<'refusal-slip'>,
  'shop' | 'contact' | 'refusedAt' | 'reasons' | 'office' | 'signatures'
>

/** Gathers it for one occasion, in the words of the law of the date of receipt. */
export function paperParts(
  deps: Deps,
  dossier: StoredDossier,
  events: readonly TimelineEvent[],
  occasion: PaperOccasion,
): PaperParts {
  const { kind, event, accepted } = occasion
  const { db } = deps
  const catalogue = catalogueOf(db)
  const day = lawDay(dossier, occasion)
  const reason = textsOf(db, dossier.id).find((text) => text.seq === event.seq && text.kind === 'reason')
  const procedure = catalogue.procedureById.get(dossier.procedureId)!
  const promised = (each: TimelineEvent) =>
    kind === 'receipt-slip' || kind === 'control-sheet' ? each.act !== 'transfer_unit' : each.seq <= event.seq
  const then = rebuild(events.filter(promised))
  const common = {
    place: agencyName(catalogue, then.receivingUnitId, day).place,
    title: paperTitle(kind, day),
    form: formLabel(kind, day),
    demo: readSetting(db, 'demo') === true,
    code: accepted ? dossier.code : null,
    slipNumber: accepted ? null : dossier.slipNumber,
    ...(!accepted && dossier.slipNumber === null && { interimCode: interimCode(dossier) }),
    applicant: person(deps, dossier.applicantId) ?? NOBODY,
    proxy: person(deps, dossier.proxyId),
    procedure: {
      name: procedure.name,
      code: procedure.code,
      field: catalogue.fieldById.get(procedure.fieldId)?.name ?? '',
    },
  }
  return {
    deps,
    dossier,
    catalogue,
    events,
    event,
    before: rebuild(events.filter(({ seq }) => seq < event.seq)),
    then,
    day,
    reasons: (reason?.text ?? '').split('\n').filter((line) => line.trim() !== ''),
    common,
  }
}

const NOBODY = { name: 'không rõ người nộp', idNumber: null, phone: null, address: null }

function person(deps: Deps, id: number | null) {
  const found = maskedPerson(deps, id)
  if (found === null) return null
  const { name, idNumber, phone, email, address } = found
  return { name, idNumber, phone, ...(email !== null && { email }), address }
}

/** The receiving agency and its shop: who hands out slips. */
export function shopOffice({ deps, catalogue, then, day, event }: PaperParts) {
  return shopParts(deps, catalogue, then.receivingUnitId, day, event.occurredAt)
}

/** A shop in the words of `day`, and how it was reached at the moment of the act. */
export function shopParts(
  { db }: Pick<Deps, 'db'>,
  catalogue: Catalogue,
  unitId: number,
  day: LocalDay,
  at: Instant,
) {
  const agency = agencyName(catalogue, unitId, day).name
  const contact = contactWords(contactAt(db, unitId, at))
  return {
    office: { above: agency, own: shopName(day) },
    shop: `${shopName(day)}, ${agency}`,
    ...(contact !== null && { contact }),
  }
}

/** The resolving agency, its place and its head on the day of the act: who apologises and stops. */
export function agencyOffice({ catalogue, then, day, event }: PaperParts) {
  const { name, above, place } = agencyName(catalogue, then.unitId, day)
  return {
    office: { above, own: name },
    place,
    signatures: [headSignature(catalogue, then.unitId, localDayOf(event.occurredAt))],
  }
}

export function receivedBefore({ before }: PaperParts) {
  return { receivedAt: before.acceptedAt === null ? null : paperMoment(before.acceptedAt) }
}
