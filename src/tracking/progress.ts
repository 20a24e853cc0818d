import type { StoredDossier } from '../../db/queries/dossiers.ts'
import { type LocalDay, localDayOf } from '../domain/calendar/day.ts'
import type { State } from '../domain/life-cycle/dossier.ts'
import { longDay } from '../web/formats.ts'

/** What a citizen is told without signing in: how far a dossier is, where and until when. No name, no procedure. */
export interface Progress {
  readonly sentence: string
  /** Received, resolved, result, handed out, in this order; null where the dossier left that way. */
  readonly steps: readonly ProgressStep[] | null
  /** The due date is still to come or awaited. */
  readonly isOpen: boolean
}

export interface ProgressStep {
  readonly label: string
  /** Null: not yet. */
  readonly on: LocalDay | null
  readonly isCurrent: boolean
}

/** The names that the sentence needs, in the words of the day of receipt. */
export interface Places {
  readonly shop: string
  /** Of the shop; null where none is recorded. */
  readonly phone: string | null
  readonly resolver: string
}

/** Of a dossier that has a code (TT 01/2018 art 16: code and progress). */
export function progressOf(dossier: StoredDossier, places: Places, today: LocalDay): Progress {
  const { state } = dossier
  return {
    sentence: SENTENCES[state](facts(dossier, today), places),
    steps: STEP_OF[state] === undefined ? null : stepsOf(dossier, STEP_OF[state]),
    isOpen: dossier.endedAt === null && state !== 'voided',
  }
}

interface Facts {
  readonly dossier: StoredDossier
  readonly appointment: LocalDay | null
  readonly isLate: boolean
}

function facts(dossier: StoredDossier, today: LocalDay): Facts {
  const at = dossier.appointmentAt ?? dossier.dueAt
  const appointment = at === null ? null : localDayOf(at)
  return { dossier, appointment, isLate: appointment !== null && today > appointment }
}

function inWork({ dossier, appointment, isLate }: Facts, places: Places): string {
  const at = `Hồ sơ của ông/bà đang được giải quyết tại ${places.resolver}`
  if (appointment === null) return `${at}.`
  const day = longDay(appointment)
  if (isLate) return `${at} và đã quá ngày hẹn trả ${day}. Xin ông/bà ${asking(places)} để được giải thích.`
  return `${at}, ${dossier.reappointed ? 'hẹn lại' : 'hẹn trả'} ${day}.`
}

function asking({ shop, phone }: Places): string {
  return phone === null ? `liên hệ ${shop}` : `liên hệ ${shop}, số điện thoại ${phone}`
}

const AGAIN = 'Ngày hẹn trả được tính lại khi hồ sơ tiếp tục.'
const on = (at: number | null) => (at === null ? '' : ` ${longDay(localDayOf(at))}`)

const SENTENCES = {
  submitted: (_, { shop }) => `Hồ sơ của ông/bà đã gửi đến ${shop}, chờ tiếp nhận.`,
  not_accepted: () => 'Hồ sơ của ông/bà không được tiếp nhận; lý do ghi trong phiếu gửi ông/bà.',
  accepted: inWork,
  processing: inWork,
  awaiting_supplement: (_, places) =>
    `Hồ sơ của ông/bà đang chờ bổ sung giấy tờ theo phiếu yêu cầu bổ sung; cần hướng dẫn, xin ${asking(places)}. ${AGAIN}`,
  awaiting_payment: () => `Hồ sơ của ông/bà đang chờ thực hiện nghĩa vụ tài chính. ${AGAIN}`,
  result_ready: ({ dossier }, { shop }) =>
    `Hồ sơ của ông/bà đã có kết quả${on(dossier.endedAt)}. ${COLLECT[dossier.returnMode](shop)}`,
  returned: ({ dossier }) => `Kết quả hồ sơ của ông/bà đã được trả${on(dossier.returnedAt)}.`,
  withdrawn: ({ dossier }) => `Hồ sơ đã được rút theo đề nghị của người nộp${on(dossier.endedAt)}.`,
  stopped: ({ dossier }) =>
    `Hồ sơ của ông/bà đã dừng giải quyết${on(dossier.endedAt)}; lý do ghi trong thông báo gửi ông/bà.`,
  voided: (_, places) => `Mã hồ sơ này không còn hiệu lực. Xin ông/bà ${asking(places)}.`,
} as const satisfies Record<State, (facts: Facts, places: Places) => string>

const COLLECT = {
  counter: (shop) => `Mời ông/bà đến ${shop} nhận kết quả.`,
  postal: () => 'Kết quả được gửi qua dịch vụ bưu chính công ích.',
  online: () => 'Kết quả được trả trực tuyến.',
} as const satisfies Record<StoredDossier['returnMode'], (shop: string) => string>

/** The step that a state is in; a dossier that was withdrawn, stopped or voided left the way. */
const STEP_OF: Partial<Record<State, number>> = {
  accepted: 0,
  processing: 1,
  awaiting_supplement: 1,
  awaiting_payment: 1,
  result_ready: 2,
  returned: 3,
}

function stepsOf(dossier: StoredDossier, current: number): readonly ProgressStep[] {
  const { acceptedAt, transferredAt, endedAt, returnedAt } = dossier
  const moments = [acceptedAt, transferredAt, endedAt, returnedAt]
  return ['Tiếp nhận', 'Giải quyết', 'Có kết quả', 'Trả kết quả'].map((label, n) => {
    const at = n <= current ? (moments[n] ?? null) : null
    return { label, on: at === null ? null : localDayOf(at), isCurrent: n === current }
  })
}
