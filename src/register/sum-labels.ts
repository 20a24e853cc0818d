import type { BookSums } from '../../db/queries/register-book.ts'

/** What the closing page calls each sum, in its order. */
export const SUM_LABELS = {
  carriedOver: 'Năm trước chuyển sang',
  received: 'Đã nhận trong năm',
  transferredIn: 'Nhận từ đơn vị khác do sắp xếp',
  resolved: 'Đã có kết quả',
  withdrawn: 'Rút',
  stopped: 'Dừng',
  transferredOut: 'Giao sang đơn vị khác do sắp xếp',
  open: 'Chuyển năm sau',
} as const satisfies Record<keyof BookSums, string>
