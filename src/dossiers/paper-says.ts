import type { StoredDossier } from '../../db/queries/dossiers.ts'
import { papersOf } from '../../db/queries/papers.ts'
import { stepsOf } from '../../db/queries/steps.ts'
import { pausesOf, type TimelineEvent, textsOf } from '../../db/queries/timeline.ts'
import { agencyName } from '../catalogue/agency-name.ts'
import { type ProcedureVersion, versionOn } from '../catalogue/catalogue.ts'
import { clerkSignature, SIGN_NAME } from '../catalogue/signatures.ts'
import { stepHolder } from '../catalogue/step-holder.ts'
import type { Deps } from '../deps.ts'
import type { DossierPaperKind } from '../documents/kinds.ts'
import { type LocalDay, localDayOf } from '../domain/calendar/day.ts'
import { formatCount } from '../domain/counting/rate-format.ts'
import { describeLimit, parseLimit } from '../domain/deadlines/time-limit.ts'
import type { ReturnMode } from '../domain/life-cycle/dossier.ts'
import { isStepPlace } from '../domain/step-places.ts'
import type { Says } from '../paper/paper-data.ts'
import { controlRows } from './control-rows.ts'
import { PAPER_FORMS } from './paper-forms.ts'
import type { PaperOccasion } from './paper-occasions.ts'
import { agencyOffice, type PaperParts, paperParts, receivedBefore, shopOffice } from './paper-parts.ts'
import { FORMS_OF_2025, paperAppointment, paperDay, paperMoment, shopName } from './paper-words.ts'

/** What a paper about `dossier` says now, in the words of the law of its date of receipt. */
export function paperSays(
  deps: Deps,
  dossier: StoredDossier,
  events: readonly TimelineEvent[],
  occasion: PaperOccasion,
) {
  return SAYS[occasion.kind](paperParts(deps, dossier, events, occasion))
}

const SAYS = {
  'receipt-slip': (parts: PaperParts): Says<'receipt-slip'> => {
    const { dossier, catalogue, day, common, deps } = parts
    const version = catalogue.procedureVersionById.get(dossier.procedureVersionId) as ProcedureVersion
    // An apology has its own slip: this one keeps what was promised before it.
    const promised = dossier.reappointed ? dossier.dueAt : dossier.appointmentAt
    return {
      ...common,
      ...shopOffice(parts),
      resolvedBy: agencyName(catalogue, parts.then.unitId, day).name,
      channel: (
        versionOn(catalogue.regimes, day)?.channelLabels[dossier.channel] ?? dossier.channel
      ).toLowerCase(),
      papers: papersOf(deps.db, dossier.id).map(({ name, form, copies }) => ({
        name,
        form: PAPER_FORMS[form],
        copies,
      })),
      quantity: dossier.quantity,
      limit: describeLimit(parseLimit(version.limitText)),
      limitVerified: version.verified,
      receivedAt: paperMoment(dossier.acceptedAt!),
      appointmentAt: paperAppointment(promised!),
      returnAt: RETURN_AT[dossier.returnMode](day),
      fee: dossier.fee === 0 ? 'không thu' : `${formatCount(dossier.fee)} đồng`,
      signatures: [
        { role: 'Người nộp hồ sơ', note: SIGN_NAME, name: (common.proxy ?? common.applicant).name },
        clerkSignature(parts.catalogue, parts.event.actorId, 'Người tiếp nhận hồ sơ'),
      ],
    }
  },
  'supplement-request': (parts: PaperParts): Says<'supplement-request'> => {
    const { deps, dossier, event, common, reasons } = parts
    const pause = pausesOf(deps.db, dossier.id).find(({ fromAt }) => fromAt === event.occurredAt)
    const basis = noteOf(parts)
    return {
      ...common,
      ...shopOffice(parts),
      ...receivedBefore(parts),
      askedAt: paperMoment(event.occurredAt),
      reasons,
      ...(basis !== undefined && { basis }),
      answerBy: pause?.dueAt == null ? null : paperDay(localDayOf(pause.dueAt)),
      signatures: [clerkSignature(parts.catalogue, parts.event.actorId, 'Người hướng dẫn')],
    }
  },
  'refusal-slip': (parts: PaperParts): Says<'refusal-slip'> => ({
    ...parts.common,
    ...shopOffice(parts),
    refusedAt: paperMoment(parts.event.occurredAt),
    ...refusalWords(parts),
    signatures: [clerkSignature(parts.catalogue, parts.event.actorId, 'Người tiếp nhận hồ sơ')],
  }),
  'apology-slip': (parts: PaperParts): Says<'apology-slip'> => {
    const { before, then, common, reasons } = parts
    return {
      ...common,
      ...agencyOffice(parts),
      receivedAt: paperDay(localDayOf(before.acceptedAt!)),
      promisedAt: paperAppointment((before.appointmentAt ?? before.dueAt)!),
      appointmentAt: paperAppointment(then.appointmentAt!),
      reasons,
    }
  },
  'stop-notice': (parts: PaperParts): Says<'stop-notice'> => ({
    ...parts.common,
    ...agencyOffice(parts),
    ...receivedBefore(parts),
    stoppedAt: paperMoment(parts.event.occurredAt),
    withdrawn: parts.event.act === 'withdraw',
    ...(parts.day >= FORMS_OF_2025 && askedToStop(parts)),
    reasons: parts.reasons,
  }),
  'control-sheet': (parts: PaperParts): Says<'control-sheet'> => {
    const { dossier, catalogue, day, then } = parts
    const { applicant: _, proxy: __, ...common } = parts.common
    const rows = controlRows(parts)
    const resolvedBy = agencyName(catalogue, then.unitId, day).name
    const others = stepsOf(parts.deps.db, dossier.id).filter(({ actor }) => !isStepPlace(actor))
    const partners = [...new Set(others.map(({ actor }) => stepHolder(catalogue, actor, day)))]
    return {
      ...common,
      office: shopOffice(parts).office,
      resolvedBy,
      with: partners.length === 0 ? null : partners.join(', '),
      receivedAt: paperMoment(dossier.acceptedAt!),
      due: paperMoment(dossier.dueAt!),
      rows,
      blankRows: dossier.endedAt === null ? Math.max(2, ROWS_ON_A_SHEET - rows.length) : 0,
    }
  },
} as const satisfies Record<DossierPaperKind, (parts: PaperParts) => object>

const ROWS_ON_A_SHEET = 5

/** A note may be for the desk alone: on a refusal its lines are the basis, like those of the reason, where they say so. */
function refusalWords(parts: PaperParts) {
  const isBasis = (line: string) => BASIS.test(line)
  const reasons = parts.reasons.filter((line) => !isBasis(line))
  const bases = [...parts.reasons, ...(noteOf(parts) ?? '').split('\n')].filter(isBasis)
  if (bases.length === 0 || reasons.length === 0) return { reasons: parts.reasons }
  return { reasons, basis: bases.map((line) => line.replace(BASIS, '').trim()).join(' ') }
}

const BASIS = /^\s*căn cứ(?:\s*:|(?=\s))/iu

function noteOf({ deps, dossier, event }: PaperParts): string | undefined {
  return textsOf(deps.db, dossier.id).find(({ seq, kind }) => seq === event.seq && kind === 'note')?.text
}

/** TT 03/2025 form 05: the applicant who withdraws, or whoever at the resolving agency stops. */
function askedToStop({ catalogue, common, event, then, day }: PaperParts) {
  const officer = event.actorId === null ? undefined : catalogue.officerById.get(event.actorId)
  const agency = agencyName(catalogue, then.unitId, day).name
  const stopper = officer === undefined ? agency : `${officer.name}, ${agency}`
  const requestedBy = event.act === 'withdraw' ? (common.proxy ?? common.applicant).name : stopper
  return { requestedBy, requestedOn: paperDay(localDayOf(event.occurredAt)) }
}

const RETURN_AT = {
  counter: (day) => `tại ${shopName(day)}`,
  postal: () => 'qua dịch vụ bưu chính công ích',
  online: () => 'trực tuyến',
} as const satisfies Record<ReturnMode, (day: LocalDay) => string>
