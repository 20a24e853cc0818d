import type { BookSums } from '../../db/queries/register-book.ts'
import { formatCount } from '../domain/counting/rate-format.ts'
import type { Moved } from './day-figures.ts'

/** What a day adds up, in the order in which it adds up. */
export const DAY_SUMS = {
  carriedOver: 'Từ trước chuyển sang',
  received: 'Tiếp nhận',
  transferredIn: 'Chuyển đến do sắp xếp',
  resolved: 'Có kết quả',
  withdrawn: 'Rút',
  stopped: 'Dừng',
  transferredOut: 'Chuyển đi do sắp xếp',
  open: 'Còn lại',
} as const satisfies Record<keyof BookSums, string>

/** What became of a dossier for days that were closed before it was written. */
export const MOVED_WORDS: Readonly<Record<Moved['how'], string>> = {
  appeared: 'thêm vào số đang giải quyết',
  gone: 'không còn trong số đang giải quyết',
  added: 'thêm vào sổ của ngày đã chốt',
  removed: 'không còn trong sổ của ngày đã chốt',
}

const TERMS = {
  carriedOver: 'từ trước',
  received: 'tiếp nhận',
  transferredIn: 'chuyển đến',
  resolved: 'có kết quả',
  withdrawn: 'rút',
  stopped: 'dừng',
  transferredOut: 'chuyển đi',
  open: 'còn lại',
} as const satisfies Record<keyof BookSums, string>

const SIDES = [
  ['carriedOver', 'received', 'transferredIn'],
  ['resolved', 'withdrawn', 'stopped', 'transferredOut', 'open'],
] as const satisfies readonly (readonly (keyof BookSums)[])[]

/** “từ trước 12 + tiếp nhận 3 = có kết quả 4 + rút 0 + dừng 0 + còn lại 11”, with what reorganisations moved where they did. */
export function identityWords(sums: BookSums): string {
  return SIDES.map((side) =>
    side
      .filter((name) => sums[name] > 0 || !name.startsWith('transferred'))
      .map((name) => `${TERMS[name]} ${formatCount(sums[name])}`)
      .join(' + '),
  ).join(' = ')
}
