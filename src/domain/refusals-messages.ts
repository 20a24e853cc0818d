/** Why a message to a citizen is left as it is: part of REFUSALS. */
export const MESSAGE_REFUSALS = {
  unknown_message: {
    kind: 'not_found',
    sentence: 'Không có tin số {message}. Hãy mở lại danh sách tin nhắn.',
  },
  message_gone: {
    kind: 'conflict',
    sentence:
      'Tin đã đi, đang đi hoặc đã dừng, không dừng được nữa. Hãy xem tình trạng của tin trong danh sách tin nhắn.',
  },
  message_not_failed: {
    kind: 'conflict',
    sentence: 'Chỉ gửi lại được tin không gửi được. Hãy xem tình trạng của tin trong danh sách tin nhắn.',
  },
  message_erased: {
    kind: 'conflict',
    sentence: 'Nội dung của tin đã xoá nên không gửi lại được. Hãy báo người dân bằng cách khác.',
  },
  invalid_hold_minutes: {
    kind: 'invalid',
    sentence: 'Số phút giữ tin phải là số nguyên từ 0 đến {most}. Hãy nhập lại, ví dụ 5.',
  },
  unknown_message_way: {
    kind: 'invalid',
    sentence: 'Không có cách gửi “{way}”. Hãy chọn lại trong danh sách ở mỗi loại tin.',
  },
} as const
