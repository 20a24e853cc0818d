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

/** “12 + 3 = 4 + 0 + 0 + 11”, with what reorganisations moved where they moved anything. */
export function identityWords(sums: BookSums): string {
  const side = (always: readonly number[], moved: number) =>
    [...always, ...(moved > 0 ? [moved] : [])].map(formatCount).join(' + ')
  const { carriedOver, received, transferredIn, resolved, withdrawn, stopped, transferredOut, open } = sums
  return `${side([carriedOver, received], transferredIn)} = ${side([resolved, withdrawn, stopped, open], transferredOut)}`
}
