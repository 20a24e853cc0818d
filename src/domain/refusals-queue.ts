/** Why something at the lists of the desk is not done: part of REFUSALS. */
export const QUEUE_REFUSALS = {
  nothing_chosen: {
    kind: 'invalid',
    sentence: 'Chưa chọn hồ sơ nào. Hãy đánh dấu ở đầu dòng (phím x) rồi làm lại.',
  },
  too_many_chosen: {
    kind: 'invalid',
    sentence: 'Mỗi lần làm được nhiều nhất {most} hồ sơ. Hãy bỏ bớt rồi làm tiếp phần còn lại.',
  },
  assignee_required: {
    kind: 'invalid',
    sentence: 'Chưa chọn cán bộ nhận hồ sơ. Hãy chọn trong danh sách rồi bấm “Giao”.',
  },
  view_name_required: {
    kind: 'invalid',
    sentence: 'Danh sách cần một tên, nhiều nhất {longest} ký tự. Hãy đặt tên rồi lưu lại.',
  },
  view_name_taken: { kind: 'conflict', sentence: 'Đã có danh sách tên “{name}”. Hãy đặt tên khác.' },
  too_many_views: {
    kind: 'conflict',
    sentence: 'Đã lưu {most} danh sách. Hãy xoá một danh sách không dùng nữa rồi lưu lại.',
  },
  unknown_view: {
    kind: 'not_found',
    sentence: 'Không có danh sách đã lưu này. Hãy mở lại trang Danh sách đã lưu.',
  },
} as const
