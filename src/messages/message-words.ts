import type { MessageRow, MessageStatus } from '../../db/queries/messages.ts'
import type { MessageChannel, MessageTemplate } from '../domain/messages/message-rules.ts'

export const TEMPLATE_LABELS = {
  received: 'Đã tiếp nhận',
  supplement: 'Yêu cầu bổ sung',
  result_ready: 'Có kết quả',
  new_date: 'Xin lỗi, hẹn lại ngày trả',
  returned: 'Đã trả kết quả, cảm ơn',
} as const satisfies Record<MessageTemplate, string>

export const CHANNEL_LABELS = {
  email: 'Thư điện tử',
  sms: 'SMS',
  zalo: 'Zalo',
} as const satisfies Record<MessageChannel, string>

export const STATUS_LABELS = {
  held: 'Đang chờ',
  sending: 'Đang gửi',
  sent: 'Đã gửi',
  stopped: 'Đã dừng',
  failed: 'Không gửi được',
} as const satisfies Record<MessageStatus, string>

/** Why a message was not sent, or not yet: our words, never those of a server, which may repeat an address. */
export const MESSAGE_ERRORS = {
  untrue: 'hồ sơ đã thay đổi, tin không còn đúng',
  by_hand: 'cán bộ dừng',
  dismissed: 'cán bộ bỏ qua',
  readdressed: 'gửi lại đến địa chỉ mới',
  mailbox: 'trong hộp thư thử, không gửi đi',
  erased: 'dữ liệu cá nhân đã xoá',
  forgotten: 'quá 30 ngày, nội dung đã xoá',
  unreadable: 'khoá của máy này không mở được nội dung',
  too_old: 'đã chờ quá 7 ngày',
  unconfigured: 'kênh này chưa được cấu hình',
  unreached: 'không nối được tới máy chủ gửi',
  refused: 'máy chủ gửi từ chối',
  unknown: 'không rõ đã đến hay chưa, hãy hỏi người dân trước khi gửi lại',
} as const satisfies Record<string, string>

export type MessageError = keyof typeof MESSAGE_ERRORS

/** `refused 550`: the word, and the number the server answered. */
export function errorText(error: MessageError, status?: number | undefined): string {
  return status === undefined ? error : `${error} ${status}`
}

/** Answers that speak of the address: of a mail server (RFC 5321 § 4.2.3), of a gateway. */
const WRONG_ADDRESS: Readonly<Record<MessageChannel, ReadonlySet<string>>> = {
  email: new Set(['550', '551', '553']),
  sms: new Set(['400', '410', '422']),
  zalo: new Set(['400', '410', '422']),
}

/** Whether it failed since its address reaches nobody: the address has to be put right first. */
export function isWrongAddress({ error, channel }: Pick<MessageRow, 'error' | 'channel'>): boolean {
  const [word, status = ''] = error?.split(' ') ?? []
  return word === 'refused' && WRONG_ADDRESS[channel].has(status)
}

/** The reason in words; empty where there is none. */
export function errorWords(message: Pick<MessageRow, 'error' | 'channel'>): string {
  const { error, channel } = message
  if (error === null) return ''
  const [word = '', status] = error.split(' ')
  if (isWrongAddress(message))
    return channel === 'email'
      ? `địa chỉ không có thật hoặc hộp thư bị từ chối (${status})`
      : `số điện thoại không nhận được tin (${status})`
  const words = MESSAGE_ERRORS[word as MessageError] ?? word
  return status === undefined ? words : `${words} (${status})`
}
