import { approvalsOf } from '../../db/queries/correction-requests.ts'
import type { ListedDossier } from '../../db/queries/dossier-list.ts'
import type { StoredDossier } from '../../db/queries/dossiers.ts'
import { slipOfDossier } from '../../db/queries/emergency-slips.ts'
import { findExplanation } from '../../db/queries/explanations.ts'
import { papersOf } from '../../db/queries/papers.ts'
import { stepsOf } from '../../db/queries/steps.ts'
import { eventsOf, pausesOf, textsOf } from '../../db/queries/timeline.ts'
import { type Catalogue, catalogueOf } from '../catalogue/catalogue.ts'
import type { Actor, Deps } from '../deps.ts'
import { addDays, type Instant, localDayOf, printInstant } from '../domain/calendar/day.ts'
import { CHANNEL_INDEX } from '../domain/counting/contributions.ts'
import { workingDaysLeft } from '../domain/deadlines/deadline.ts'
import type { Dossier } from '../domain/life-cycle/dossier.ts'
import { lateOnAsOf } from '../domain/life-cycle/lateness.ts'
import { type Act, NATIONAL_CODES, STATE_LABELS, TRANSITIONS } from '../domain/life-cycle/life-cycle.ts'
import { rowLabel } from '../reports/row-label.ts'
import type { Vault } from '../vault.ts'
import type { DossierFull, DossierHead, DossierItem } from './dossier-json-schemas.ts'
import { maskedNumber, type PersonView } from './masked-person.ts'
import { actsInRole } from './possible-acts.ts'
import type { ShownPeople } from './shown-people.ts'
import { standingOn } from './standing-on.ts'

/** A dossier without personal data: the answer to a write, and the head of every other showing. */
export function dossierHead({ db, clock }: Pick<Deps, 'db' | 'clock'>, dossier: StoredDossier): DossierHead {
  const catalogue = catalogueOf(db)
  const day = dossier.acceptedOn ?? localDayOf(dossier.submittedAt ?? dossier.recordedAt)
  return {
    id: dossier.id,
    code: dossier.code,
    slipNumber: dossier.slipNumber,
    version: dossier.version,
    state: dossier.state,
    stateLabel: STATE_LABELS[dossier.state],
    nationalCode: dossier.subState === 'asked_before_acceptance' ? 5 : NATIONAL_CODES[dossier.state],
    subState: dossier.subState,
    procedure: rowLabel(catalogue, 'procedure', dossier.procedureId, day),
    unit: rowLabel(catalogue, 'unit', dossier.unitId, day),
    receivingUnit: rowLabel(catalogue, 'unit', dossier.receivingUnitId, day),
    channel: dossier.channel,
    channelLabel: rowLabel(catalogue, 'channel', CHANNEL_INDEX[dossier.channel], day).label,
    submittedAt: printed(dossier.submittedAt),
    acceptedAt: printed(dossier.acceptedAt),
    firstDueAt: printed(dossier.firstDueAt),
    dueAt: printed(dossier.dueAt),
    appointmentAt: printed(dossier.appointmentAt),
    paused: dossier.pausedSince !== null,
    ...timeLeft(catalogue, dossier, clock.now()),
    endedAt: printed(dossier.endedAt),
    endKind: dossier.endKind,
    endClass: dossier.endClass,
    outcome: dossier.outcome,
    enteredLate: dossier.enteredLate,
    endEnteredLate: dossier.endEnteredLate,
  }
}

/** A dossier in a list: who, with numbers masked. */
export function dossierItem(deps: Deps, dossier: ListedDossier): DossierItem {
  const { applicantName, idNumberSealed, phoneSealed } = dossier
  const applicant =
    applicantName === null
      ? null
      : {
          name: applicantName,
          idNumber: masked(deps.vault, idNumberSealed),
          phone: masked(deps.vault, phoneSealed),
        }
  return {
    ...dossierHead(deps, dossier),
    applicant,
    assignee: officer(catalogueOf(deps.db), dossier.assigneeId),
  }
}

/** The single dossier, with everything that is known of it, its people as the actor may see them. */
export function dossierFull(
  deps: Deps,
  actor: Actor,
  dossier: StoredDossier,
  people: ShownPeople,
): DossierFull {
  const { db } = deps
  return {
    ...dossierHead(deps, dossier),
    applicant: person(people.applicant),
    assignee: officer(catalogueOf(db), dossier.assigneeId),
    proxy: person(people.proxy),
    papers: [...papersOf(db, dossier.id)],
    quantity: dossier.quantity,
    fee: dossier.fee,
    emergencySlip: slip(deps, dossier.id),
    feePaidAt: printed(dossier.feePaidAt),
    feePayment: dossier.feePayment,
    returnMode: dossier.returnMode,
    returnedMode: dossier.returnedMode,
    returnedAt: printed(dossier.returnedAt),
    digitised: dossier.digitised,
    eResult: dossier.eResult,
    assisted: dossier.assisted,
    kiosk: dossier.kiosk,
    receivedLate: dossier.receivedLate,
    receivingDueAt: printed(dossier.receivingDueAt),
    transferDueAt: printed(dossier.transferDueAt),
    lateOn: lateOnAsOf(dossier, localDayOf(deps.clock.now())),
    overdueReason: dossier.overdueReason,
    explanation: explanation(deps, dossier),
    steps: stepsOf(db, dossier.id).map(({ limitText, startedAt, dueAt, endedAt, ...step }) => ({
      ...step,
      limit: limitText,
      startedAt: printed(startedAt),
      dueAt: printed(dueAt),
      endedAt: printed(endedAt),
    })),
    pauses: pausesOf(db, dossier.id).map(({ kind, policy, fromAt, toAt, dueAt }) => ({
      kind,
      policy,
      from: printInstant(fromAt),
      to: printed(toAt),
      dueAt: printed(dueAt),
    })),
    timeline: dossierTimeline(deps, dossier.id),
    acts: actsOpenTo(deps, actor, dossier).map((act) => {
      const { label, needsReason, role } = TRANSITIONS[act]
      return { act, label, needsReason, headOnly: role === 'head' }
    }),
  }
}

/** What happened, oldest first, with the reasons people gave. */
export function dossierTimeline({ db }: Pick<Deps, 'db'>, dossierId: number): DossierFull['timeline'] {
  const catalogue = catalogueOf(db)
  const texts = textsOf(db, dossierId)
  const approvals = approvalsOf(db, dossierId)
  const textOf = (seq: number, kind: string) =>
    texts.find((t) => t.seq === seq && t.kind === kind)?.text ?? null
  return eventsOf(db, dossierId).map((event) => {
    const changes = JSON.parse(event.changes) as Partial<Dossier>
    return {
      seq: event.seq,
      act: event.act,
      label: TRANSITIONS[event.act].label,
      occurredAt: printInstant(event.occurredAt),
      recordedAt: printInstant(event.recordedAt),
      actor: officer(catalogue, event.actorId),
      onBehalfOf: officer(catalogue, event.onBehalfOfId),
      approvedBy: officer(catalogue, approvals.find(({ seq }) => seq === event.seq)?.decidedBy ?? null),
      state: changes.state ?? null,
      dueAt: printed(changes.dueAt ?? null),
      appointmentAt: printed(changes.appointmentAt ?? null),
      reason: textOf(event.seq, 'reason'),
      note: textOf(event.seq, 'note'),
    }
  })
}

/** Overdue or not, and the distance in working days, as of now. */
function timeLeft(catalogue: Catalogue, dossier: StoredDossier, now: Instant) {
  const pending = dossier.acceptedAt !== null && dossier.endedAt === null && dossier.state !== 'voided'
  if (!pending || dossier.dueOn === null) return { overdue: false, workingDaysLeft: null }
  const today = localDayOf(now)
  const lateOn = lateOnAsOf(dossier, today)
  if (lateOn === null && dossier.pausedSince !== null) return { overdue: false, workingDaysLeft: null }
  const calendar = catalogue.calendar(dossier.receivingUnitId)
  // A late dossier stays late: its days count from the due date it missed.
  const dueOn = lateOn === null ? dossier.dueOn : addDays(lateOn, -1)
  const reachable = today <= calendar.lastDay && dueOn >= calendar.firstDay && dueOn <= calendar.lastDay
  return {
    overdue: lateOn !== null && lateOn <= today,
    workingDaysLeft: reachable ? workingDaysLeft(calendar, today, dueOn) : null,
  }
}

function slip({ db }: Deps, dossierId: number): DossierFull['emergencySlip'] {
  const found = slipOfDossier(db, dossierId)
  return found && { number: found.number, enteredAt: printInstant(found.enteredAt ?? found.printedAt) }
}

function explanation({ db }: Deps, { explanationId }: StoredDossier): DossierFull['explanation'] {
  const found = explanationId === null ? null : findExplanation(db, explanationId)
  return found && { ...found, strip: [...found.strip] }
}

function actsOpenTo(deps: Deps, actor: Actor, dossier: StoredDossier): readonly Act[] {
  const standing = standingOn(deps, actor, 'dossiers_write', dossier)
  return standing === null ? [] : actsInRole(dossier.state, standing.role)
}

function person(shown: PersonView | null): DossierFull['applicant'] {
  if (shown === null) return null
  const { isErased: _, ...particulars } = shown
  return particulars
}

function officer(catalogue: Catalogue, id: number | null): { key: string; label: string } | null {
  const found = id === null ? undefined : catalogue.officerById.get(id)
  return found === undefined ? null : { key: found.key, label: found.name }
}

function masked(vault: Vault, sealed: Buffer | null): string | null {
  return sealed === null ? null : maskedNumber(vault.open(sealed))
}

function printed(at: Instant | null): string | null {
  return at === null ? null : printInstant(at)
}
