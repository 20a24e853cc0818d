import type { Dossier } from './dossier.ts'

/**
 * The facts of a dossier to which nothing has happened yet: what intake fills in, and from which events rebuild a
 * row. A value here must never change: first events leave out what equals it.
 */
export const NOTHING_HAPPENED = {
  subState: null,
  submittedAt: null,
  receivingDueAt: null,
  receivingDueOn: null,
  receivedLate: false,
  refusedIntakeOn: null,
  acceptedAt: null,
  acceptedOn: null,
  receiptDay: null,
  enteredLate: false,
  transferDueAt: null,
  transferredAt: null,
  firstDueAt: null,
  dueAt: null,
  dueOn: null,
  appointmentAt: null,
  clockStartedAt: null,
  attended: true,
  extensionDays: 0,
  lateOn: null,
  pausedSince: null,
  supplementCount: 0,
  lateSupplementRequest: false,
  apologisedAt: null,
  apologyInTime: false,
  reappointed: false,
  resolvedAt: null,
  returnedAt: null,
  endedAt: null,
  endedOn: null,
  endKind: null,
  endClass: null,
  outcome: null,
  overdueReason: null,
  returnedMode: null,
  explanationId: null,
} as const satisfies Partial<Dossier>
