import type { IconName } from '../web/icons.ts'
import type { LineKind } from './morning.ts'

/** How a line reads after its number, and where the number leads; `list`: to the dossiers of the line themselves. */
export const WORDS = {
  today: { icon: 'due_soon', words: 'hồ sơ hết hạn hôm nay', href: 'list' },
  overdue: { icon: 'overdue', words: 'hồ sơ vừa quá hạn', href: 'list' },
  sent_back: { icon: 'left', words: 'hồ sơ được trả lại', href: 'list' },
  answered: { icon: 'check', words: 'hồ sơ đã bổ sung', href: 'list' },
  assigned: { icon: 'dossier', words: 'hồ sơ mới được giao', href: 'list' },
  decided: { icon: 'in_time', words: 'đề nghị đính chính đã được quyết định', href: '/quan-tri/dinh-chinh' },
  folders: { icon: 'dossier', words: 'bì hồ sơ giấy đang chờ nhận', href: '/ban-giao/nhan' },
  late_folders: {
    icon: 'overdue',
    words: 'bì hồ sơ giấy trên đường quá lâu',
    href: '/ban-giao/dang-chuyen?cua=toi',
  },
  failed: { icon: 'send', words: 'tin cho người dân không gửi được', href: '/tin-nhan?xem=loi' },
} as const satisfies Record<LineKind, { icon: IconName; words: string; href: string }>

export const MORNING_LIST = '/sang-nay'
