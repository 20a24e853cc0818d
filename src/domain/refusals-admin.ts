/** Refusals of the administration: settings, jobs, procedures, office hours, templates of papers. One table with those of refusals.ts. */
export const ADMIN_REFUSALS = {
  unknown_setting: {
    kind: 'not_found',
    sentence: 'Không có thiết lập “{setting}”. Hãy mở lại danh sách thiết lập.',
  },
  setting_out_of_bounds: {
    kind: 'invalid',
    sentence: '“{label}”: “{value}” không dùng được. Hãy nhập từ {least} đến {most}.',
  },
  invalid_unit_email: {
    kind: 'invalid',
    sentence: 'Thư điện tử phải có dạng ten@noi.vn. Hãy sửa, hoặc bỏ trống nếu đơn vị không có.',
  },
  unknown_run: { kind: 'not_found', sentence: 'Không có lần chạy số {run}. Hãy tải lại danh sách.' },
  run_not_failed: {
    kind: 'conflict',
    sentence: 'Chỉ chạy lại được lần chạy bị lỗi; lần này {state}. Hãy tải lại danh sách.',
  },
  run_overtaken: {
    kind: 'conflict',
    sentence: 'Việc này đã được làm ở lần sau ({subject}), không còn gì để chạy lại.',
  },
  unknown_alarm: {
    kind: 'not_found',
    sentence: 'Cảnh báo này không còn mở. Hãy tải lại danh sách.',
  },
  alarm_stays: {
    kind: 'conflict',
    sentence:
      'Cảnh báo “{label}” tự tắt khi hết nguyên nhân, không tắt bằng tay. Hãy làm theo hướng dẫn cạnh nó.',
  },
  queue_unreachable: {
    kind: 'unavailable',
    sentence:
      'Redis không trả lời trong {seconds} giây. Việc nền vẫn chạy theo sổ; hãy kiểm tra Redis rồi tải lại.',
  },
  version_in_past: {
    kind: 'invalid',
    sentence:
      'Phiên bản của thủ tục đang có chỉ áp dụng từ hôm nay ({today}) trở đi, vì hồ sơ đã nhận giữ phiên bản cũ. Hãy chọn ngày khác.',
  },
  version_exists: {
    kind: 'conflict',
    sentence: 'Thủ tục đã có phiên bản áp dụng từ ngày {day}. Hãy chọn ngày khác.',
  },
  version_unchanged: {
    kind: 'invalid',
    sentence: 'Phiên bản này giống phiên bản trước. Hãy sửa ít nhất một điểm.',
  },
  unknown_version: {
    kind: 'not_found',
    sentence: 'Thủ tục {procedure} không có phiên bản số {version}. Hãy tải lại trang.',
  },
  already_verified: { kind: 'conflict', sentence: 'Phiên bản này đã được xác minh. Hãy tải lại trang.' },
  invalid_version_field: {
    kind: 'invalid',
    sentence: '{field}: “{value}” không dùng được. Hãy nhập {expected}.',
  },
  procedure_columns_missing: {
    kind: 'invalid',
    sentence: 'Tệp không có cột {columns}. Hãy thêm cột, hoặc bắt đầu từ tệp mẫu.',
  },
  procedure_sheet_empty: {
    kind: 'invalid',
    sentence: 'Dưới dòng tiêu đề không có dòng nào. Hãy kiểm tra tệp.',
  },
  procedure_sheet_too_long: {
    kind: 'invalid',
    sentence: 'Tệp dài quá một lần nhập danh mục. Hãy chia thành hai tệp.',
  },
  procedure_sheet_has_problems: {
    kind: 'conflict',
    sentence: 'Tệp còn {problems} chỗ phải sửa nên không ghi dòng nào. Hãy sửa rồi tải lên lại.',
  },
  procedure_sheet_overtaken: {
    kind: 'stale',
    sentence: 'Danh mục đã thay đổi sau khi xem trước. Hãy xem lại rồi ghi.',
  },
  hours_too_early: {
    kind: 'invalid',
    sentence: 'Giờ làm việc mới chỉ áp dụng từ ngày mai ({earliest}) trở đi. Hãy chọn ngày khác.',
  },
  hours_exist: {
    kind: 'conflict',
    sentence: 'Đã có giờ làm việc áp dụng từ ngày {day}. Hãy chọn ngày khác.',
  },
  hours_unchanged: {
    kind: 'invalid',
    sentence: 'Giờ này giống giờ đang áp dụng. Hãy sửa ít nhất một điểm.',
  },
  unknown_template_file: {
    kind: 'not_found',
    sentence: 'Không có mẫu giấy “{template}”. Hãy mở lại danh sách mẫu.',
  },
  template_empty: {
    kind: 'invalid',
    sentence: 'Mẫu không có chữ nào nên chưa ghi. Muốn bỏ mẫu của đơn vị, hãy bấm “Trở về mẫu có sẵn”.',
  },
  template_too_long: {
    kind: 'invalid',
    sentence: 'Mẫu dài quá {most} KiB nên chưa ghi. Hãy bỏ bớt nội dung.',
  },
  template_too_slow: {
    kind: 'invalid',
    sentence:
      'Dựng mẫu quá {seconds} giây hoặc hết bộ nhớ nên đã dừng, chưa ghi gì. Hãy xem lại các vòng lặp (for, while) và con số rất lớn.',
  },
  template_overtaken: {
    kind: 'stale',
    sentence:
      'Mẫu này đã được đổi sau khi ông/bà mở trang, nên chưa ghi gì. Hãy xem bản đang dùng ở dưới, gộp phần của mình vào rồi ghi lại.',
  },
  template_not_written: {
    kind: 'unavailable',
    sentence:
      'Không ghi được vào thư mục {dir} ({why}). Hãy kiểm tra quyền ghi và chỗ trống của đĩa rồi ghi lại.',
  },
} as const
