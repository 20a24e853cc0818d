import type { Channel } from '../domain/counting/tally.ts'
import type { PauseKind } from '../domain/life-cycle/dossier.ts'
import { fold } from '../fold.ts'
import type { RowOutcome } from './register-row.ts'

/** Words of a register and what they mean; the codes themselves and both labels of the online channels. */
type Words<T extends string> = Readonly<Record<T, readonly string[]>>

const CHANNEL_WORDS = {
  counter: ['trực tiếp', 'tại bộ phận một cửa', 'tại quầy', 'nộp trực tiếp'],
  postal: ['bưu chính', 'bưu chính công ích', 'bưu điện', 'qua bưu chính', 'dịch vụ bưu chính công ích'],
  level3: ['trực tuyến mức độ 3', 'mức độ 3', 'mức 3', 'trực tuyến một phần', 'một phần', 'dvc một phần'],
  level4: [
    'trực tuyến mức độ 4',
    'mức độ 4',
    'mức 4',
    'trực tuyến toàn trình',
    'toàn trình',
    'dvc toàn trình',
  ],
} as const satisfies Words<Channel>

/** Online without a level: the level at which the procedure was published that day. */
const ONLINE_WORDS = ['trực tuyến', 'online', 'qua mạng', 'nộp trực tuyến', 'cổng dịch vụ công']

const OUTCOME_WORDS = {
  granted: [
    'đồng ý',
    'đã giải quyết',
    'đã trả',
    'đã trả kết quả',
    'có kết quả',
    'đã có kết quả',
    'hoàn thành',
  ],
  partly: ['đồng ý một phần'],
  refused: ['từ chối', 'từ chối giải quyết', 'không giải quyết', 'không đủ điều kiện'],
  withdrawn: ['rút', 'đã rút', 'rút hồ sơ', 'xin rút', 'người nộp rút hồ sơ', 'công dân rút hồ sơ'],
  stopped: ['dừng', 'dừng xử lý', 'dừng giải quyết', 'đã dừng', 'huỷ', 'trả lại hồ sơ'],
  not_accepted: ['không tiếp nhận', 'từ chối tiếp nhận', 'không được tiếp nhận'],
} as const satisfies Words<RowOutcome>

const PAUSE_WORDS = {
  supplement: ['bổ sung', 'bổ sung hồ sơ', 'yêu cầu bổ sung', 'chờ bổ sung'],
  payment: ['nghĩa vụ tài chính', 'chờ nộp thuế', 'thuế', 'nộp phí', 'thanh toán'],
  verification: ['xác minh', 'thẩm tra'],
  consultation: ['lấy ý kiến', 'xin ý kiến'],
  other: ['khác', 'lý do khác'],
} as const satisfies Words<PauseKind>

export const readChannel = readerOf<Channel | 'online'>({ ...CHANNEL_WORDS, online: ONLINE_WORDS })
export const readOutcome = readerOf<RowOutcome>(OUTCOME_WORDS)
export const readPauseKind = readerOf<PauseKind>(PAUSE_WORDS)

interface Reader<T> {
  (text: string): T | null
  /** What may be written. */
  readonly choices: string
}

function readerOf<T extends string>(words: Words<T>): Reader<T> {
  const entries = Object.entries<readonly string[]>(words)
  const known = new Map(
    entries.flatMap(([code, said]) => [code, ...said].map((word) => [fold(word), code as T])),
  )
  const choices = entries.map(([code, [first]]) => `${first} (${code})`).join(', ')
  return Object.assign((text: string) => known.get(fold(text)) ?? null, { choices })
}
