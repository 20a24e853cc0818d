/**
 * What is counted. A day cell holds one integer for each flow; it is keyed by day, resolving unit,
 * receiving unit, procedure, channel and officer, so that every table is a sum of cells.
 * A tally is such a sum over a period and a scope, with the stocks at both ends.
 */

/** Flows: additive by day. The comment says on which day a dossier counts. */
export const FLOWS = [
  'received', //            R: accepted, on the day of acceptance
  'eligible', //            of R: procedure offered at level 3 or 4 on that day
  'assisted', //            of R: typed in by staff for the applicant
  'digitised', //           of R: components digitised or born digital
  'feeDue', //              of R: with a fee above 0
  'paidOnline', //          of R with a fee: paid online
  'enteredLate', //         of R: recorded more than one working day after acceptance
  'multiSupplement', //     of R: asked for supplements more than once
  'early', //               De: ended with a result before the due date, on the day of the end
  'onTime', //              Do
  'late', //                Dl
  'refused', //             of D: refused on the merits
  'eResult', //             of D: result issued electronically
  'withdrawnInTime', //     X: withdrawn by the applicant not after the due date
  'withdrawnLate',
  'stoppedInTime', //       X: stopped by the authority not after the due date
  'stoppedLate',
  'notAccepted', //         refused at intake: in no other column
  'supplements', //         supplement requests, on the day of the request
  'receiptsInTime', //      online submissions accepted or refused within 8 working hours, on that day
  'lateReceipts', //        online submissions not received within 8 working hours, on the day these ran out
  'due', //                 on the due date in force, unless withdrawn or stopped by then
  'dueMet', //              of due: ended early or on time
  'becameLate', //          on the first day on which the dossier was overdue
  'apologised', //          of becameLate: with an apology at least one working day before
  'overdueDelta', //        change of the stock of pending overdue dossiers (signed)
  'transferredIn', //       Ti: taken over from another unit by a dated transfer
  'transferredOut', //      To
  'handedIn', //            taken over from another officer of the same unit (Ti and To of officers' tables)
  'handedOut',
] as const

export type Flow = (typeof FLOWS)[number]

export const CHANNELS = ['counter', 'postal', 'level3', 'level4'] as const
export type Channel = (typeof CHANNELS)[number]

/** R by channel; their sum is `received`. */
export const RECEIVED_BY_CHANNEL = {
  counter: 'receivedCounter',
  postal: 'receivedPostal',
  level3: 'receivedLevel3',
  level4: 'receivedLevel4',
} as const satisfies Record<Channel, string>

export type Counter =
  | Flow
  | (typeof RECEIVED_BY_CHANNEL)[Channel]
  | 'carriedOver' //   C: stock at the end of the day before the period
  | 'open' //          O: stock at the end of the period (or today, in a running period)
  | 'openOverdue' //   Ol
  | 'openInTime' //    Oi = O - Ol
  | 'resolved' //      D = De + Do + Dl
  | 'closed' //        X = withdrawn + stopped
  | 'ended' //         E = D + X

/** All counters of one scope and period, integers. */
export type Tally = Readonly<Record<Counter, number>>
