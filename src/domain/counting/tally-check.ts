import { type BrokenIdentity, brokenIdentities, type Identity } from './identity-check.ts'
import type { Counter, Tally } from './tally.ts'

/**
 * The identities that a tally breaks; none may be broken in a table that leaves the house.
 * R + C + Ti = E + O + To; E = D + X; D = De + Do + Dl; O = Oi + Ol; R = its four channels. In officers' tables
 * what officers of one unit hand to each other stands beside the transfers.
 * Example: March 2023 with R 10, C 3, E 9, O 4 breaks none; with O 5 it breaks `balance` by 1.
 */
export function brokenTallyIdentities(tally: Tally): readonly BrokenIdentity[] {
  return brokenIdentities(TALLY_IDENTITIES, tally, LABELS, [
    'transferredIn',
    'transferredOut',
    'handedIn',
    'handedOut',
  ])
}

type Checked = keyof typeof LABELS

const TALLY_IDENTITIES: readonly Identity<Checked>[] = [
  {
    code: 'balance',
    left: ['received', 'carriedOver', 'transferredIn', 'handedIn'],
    right: ['ended', 'open', 'transferredOut', 'handedOut'],
  },
  { code: 'ended', left: ['ended'], right: ['resolved', 'closed'] },
  { code: 'resolved', left: ['resolved'], right: ['early', 'onTime', 'late'] },
  {
    code: 'closed',
    left: ['closed'],
    right: ['withdrawnInTime', 'withdrawnLate', 'stoppedInTime', 'stoppedLate'],
  },
  { code: 'open', left: ['open'], right: ['openInTime', 'openOverdue'] },
  {
    code: 'channels',
    left: ['received'],
    right: ['receivedCounter', 'receivedPostal', 'receivedLevel3', 'receivedLevel4'],
  },
]

const LABELS = {
  received: 'tiếp nhận trong kỳ',
  carriedOver: 'kỳ trước chuyển qua',
  transferredIn: 'nhận chuyển giao',
  transferredOut: 'chuyển giao đi',
  handedIn: 'nhận bàn giao',
  handedOut: 'bàn giao đi',
  ended: 'kết thúc trong kỳ',
  open: 'đang giải quyết',
  openInTime: 'đang giải quyết trong hạn',
  openOverdue: 'đang giải quyết quá hạn',
  resolved: 'đã giải quyết',
  closed: 'rút, dừng',
  early: 'trước hạn',
  onTime: 'đúng hạn',
  late: 'quá hạn',
  withdrawnInTime: 'rút trong hạn',
  withdrawnLate: 'rút khi đã quá hạn',
  stoppedInTime: 'dừng trong hạn',
  stoppedLate: 'dừng khi đã quá hạn',
  receivedCounter: 'trực tiếp',
  receivedPostal: 'bưu chính công ích',
  receivedLevel3: 'trực tuyến mức độ 3',
  receivedLevel4: 'trực tuyến mức độ 4',
} as const satisfies Partial<Record<Counter, string>>
