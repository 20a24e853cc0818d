import { type BrokenIdentity, brokenIdentities, type Identity } from './identity-check.ts'

/** What provinces publish about a period, under the words of their pages. */
export type PublishedColumn = keyof typeof LABELS

/**
 * The identities that a published row breaks; figures that are not given are not checked. A row that breaks one
 * is not taken over. Example: Vĩnh Phúc's provincial centre, 9/2021, adds up; Thừa Thiên Huế's levels 1–2 have
 * 257 141 dossiers processed but only 247 529 of them early, on time or late: 9 612 are in no class.
 */
export function brokenPublishedIdentities(
  figures: Readonly<Partial<Record<PublishedColumn, number>>>,
): readonly BrokenIdentity[] {
  return brokenIdentities(IDENTITIES, figures, LABELS)
}

const LABELS = {
  total: 'tổng số hồ sơ',
  received: 'tiếp nhận trong kỳ',
  carriedOver: 'kỳ trước chuyển qua',
  processed: 'đã xử lý',
  notProcessed: 'chưa xử lý',
  early: 'trước hạn',
  onTime: 'đúng hạn',
  late: 'quá hạn',
  due: 'đến hạn giải quyết',
  dueMet: 'đến hạn và đã trả trước hạn, đúng hạn',
  dueMissed: 'đến hạn mà trễ hoặc quá hạn',
  online: 'trực tuyến',
  level3: 'mức độ 3',
  level4: 'mức độ 4',
} as const satisfies Record<string, string>

const IDENTITIES: readonly Identity<PublishedColumn>[] = [
  { code: 'total', left: ['total'], right: ['received', 'carriedOver'] },
  { code: 'progress', left: ['total'], right: ['processed', 'notProcessed'] },
  { code: 'processed', left: ['processed'], right: ['early', 'onTime', 'late'] },
  { code: 'due', left: ['due'], right: ['dueMet', 'dueMissed'] },
  { code: 'online', left: ['online'], right: ['level3', 'level4'] },
]
