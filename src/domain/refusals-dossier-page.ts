/** What forms and attachments of a dossier are refused for: part of REFUSALS. */
export const DOSSIER_PAGE_REFUSALS = {
  invalid_whole_number: {
    kind: 'invalid',
    sentence: 'Số “{value}” không hợp lệ. Hãy nhập số nguyên không âm, ví dụ 8000.',
  },
  unknown_attachment: {
    kind: 'not_found',
    sentence: 'Hồ sơ này không có tệp đính kèm số {attachment}. Hãy tải lại trang hồ sơ.',
  },
  attachment_removed: {
    kind: 'not_found',
    sentence: 'Tệp đính kèm số {attachment} đã được gỡ. Hãy tải lại trang hồ sơ.',
  },
  attachment_kind: {
    kind: 'invalid',
    sentence:
      'Tệp “{name}” không phải PDF, JPEG hay PNG (xét theo nội dung). Hãy quét hoặc lưu lại thành PDF.',
  },
  attachment_too_large: {
    kind: 'invalid',
    sentence: 'Tệp “{name}” lớn quá {most} MiB. Hãy quét với độ phân giải thấp hơn hoặc tách tệp.',
  },
  too_many_attachments: {
    kind: 'invalid',
    sentence: 'Mỗi lần tải lên nhiều nhất {most} tệp. Hãy chia thành nhiều lần.',
  },
  damaged_attachment: {
    kind: 'unavailable',
    sentence: 'Tệp {file} của tệp đính kèm {problem}. Hãy khôi phục tệp từ nơi sao lưu thứ hai.',
  },
  moment_required: {
    kind: 'invalid',
    sentence: 'Hãy ghi thời điểm thực của việc “{act}”: ngày, giờ việc ấy đã xảy ra.',
  },
  correction_waits: {
    kind: 'conflict',
    sentence:
      'Đề nghị số {request} về việc này đang chờ duyệt. Hãy chờ quyết định; đề nghị ấy ghi sai thì nhờ người duyệt từ chối rồi gửi lại.',
  },
} as const
