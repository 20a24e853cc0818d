/** The acts a story may contain: names of the product's table of transitions. */
export type StoryActName =
  | 'submit'
  | 'accept'
  | 'resolve_at_once'
  | 'refuse_intake'
  | 'transfer'
  | 'request_supplement'
  | 'supply_supplement'
  | 'request_payment'
  | 'pay'
  | 'begin_verification'
  | 'end_verification'
  | 'extend'
  | 'apologise'
  | 'finish'
  | 'return_result'
  | 'withdraw'
  | 'stop'
  | 'void'
  | 'reopen'

export type StoryChannel = 'counter' | 'postal' | 'level3' | 'level4'

/** One act; `at` and `recordedAt` are instants in ms. `recordedAt` is given only where it is later than `at`. */
export interface StoryAct {
  readonly act: StoryActName
  readonly at: number
  readonly actorRole: 'applicant' | 'counter' | 'officer' | 'head'
  readonly recordedAt?: number
  /** Vietnamese, as the officer would write it. */
  readonly reason?: string
  /** Of `apologise`: the new day promised, a working day after the due date. */
  readonly newAppointmentOn?: string
  /** Of `extend`: working days. */
  readonly days?: number
  readonly outcome?: 'granted' | 'partly' | 'refused'
  /** Of a late `finish`: a code of the causes of lateness. */
  readonly overdueReason?: string
  readonly returnMode?: 'counter' | 'postal' | 'online'
}

/** An invented person. The ID number has a province prefix that does not exist, the phone no assigned prefix. */
export interface StoryApplicant {
  readonly name: string
  readonly idNumber: string
  readonly phone: string
  readonly address: string
  readonly birthYear: number
  readonly sex: 'male' | 'female'
}

/** All that happens to one dossier, oldest act first. */
export interface Story {
  /** 1, 2, 3 … in the order of the first acts. */
  readonly ref: number
  /** Key of the resolving unit. */
  readonly unit: string
  readonly receivingUnit: string
  readonly procedure: string
  readonly channel: StoryChannel
  readonly assisted: boolean
  /** Null where nothing was submitted online. */
  readonly submittedAt: number | null
  readonly acts: readonly StoryAct[]
  readonly applicant: StoryApplicant
  readonly quantity: number
  /** VND */
  readonly fee: number
  readonly paidOnline: boolean
  readonly digitised: boolean
  readonly eResult: boolean
}

export interface StoryCalendar {
  isWorkingDay(day: string): boolean
  /** The n-th working day after `day`, before it when n is negative, `day` itself when n is 0. */
  addWorkingDays(day: string, n: number): string
  /** Office hours of a working day, minutes since midnight. */
  readonly shifts: readonly (readonly [from: number, to: number])[]
}

export type DueOf = (
  procedureCode: string,
  acceptedAt: number,
) => { readonly dueAt: number; readonly dueOn: string }
