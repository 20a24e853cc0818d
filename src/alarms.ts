interface AlarmText {
  readonly label: string
  /** What to do, for the administrator. */
  readonly remedy: string
}

/** What the installation watches by itself, and what a person does about it. Explained in docs/jobs.md. */
export const ALARMS = {
  closing_late: {
    label: 'Kỳ báo cáo chốt muộn',
    remedy:
      'Kiểm tra tiến trình chạy việc nền có đang chạy không; kỳ sẽ được chốt bù ngay khi tiến trình chạy lại.',
  },
  job_failed: {
    label: 'Việc nền bị lỗi',
    remedy: 'Đọc nguyên nhân trong chi tiết. Việc được chạy lại tự động; báo động tự tắt khi chạy được.',
  },
  backup_old: {
    label: 'Bản sao lưu đã cũ',
    remedy:
      'Xem cảnh báo “Việc nền bị lỗi” bên cạnh để biết nguyên nhân, rồi chạy “npm run --silent motcua -- backup”.',
  },
  backup_copy_failed: {
    label: 'Chưa chép được bản sao lưu sang nơi thứ hai',
    remedy:
      'Kiểm tra ổ đĩa, mạng hoặc cấu hình rclone của BACKUP_COPY_TO. Việc được làm lại tự động; muốn làm ngay: “npm run --silent motcua -- backup”.',
  },
  backup_copy_old: {
    label: 'Bản sao lưu ở nơi thứ hai đã cũ',
    remedy:
      'Máy chủ hỏng lúc này là mất dữ liệu từ bản chép cuối. Kiểm tra nơi thứ hai, rồi chạy “npm run --silent motcua -- backup”.',
  },
  documents_missing: {
    label: 'Thiếu tệp đính kèm',
    remedy:
      'Lấy lại từ nơi thứ hai: “npm run --silent motcua -- restore --documents”. Không có ở đó thì báo người hỗ trợ kỹ thuật.',
  },
  audit_broken: {
    label: 'Nhật ký kiểm tra không còn nguyên',
    remedy:
      'Không sửa gì thêm. Giữ nguyên máy, bản sao lưu và tệp audit-roots.txt ở nơi thứ hai; báo người kiểm tra và người hỗ trợ kỹ thuật, gửi kèm chi tiết.',
  },
  recount_differs: {
    label: 'Đếm lại khác số liệu',
    remedy:
      'Báo người hỗ trợ kỹ thuật, gửi kèm chi tiết. Chạy “npm run --silent motcua -- recount --repair” để lập lại số liệu từ hồ sơ.',
  },
  row_differs: {
    label: 'Hồ sơ khác với lịch sử của nó',
    remedy:
      'Không sửa trực tiếp trong cơ sở dữ liệu. Báo người hỗ trợ kỹ thuật, gửi kèm mã hồ sơ trong chi tiết.',
  },
  revision_differs: {
    label: 'Kỳ đã chốt không khớp số liệu',
    remedy:
      'Nếu có báo động “Đếm lại khác số liệu” thì xử lý báo động đó trước. Nếu không, báo người hỗ trợ kỹ thuật, gửi kèm chi tiết.',
  },
  webhook_given_up: {
    label: 'Webhook không nhận tin',
    remedy:
      'Hỏi người quản lý địa chỉ nhận vì sao. Khi đã nhận được, mở Quản trị › Webhook và bấm “Gửi lại” ở các tin “thôi gửi”; không cần nữa thì gỡ webhook.',
  },
  message_failed: {
    label: 'Tin cho người dân không gửi được',
    remedy:
      'Mở Tin nhắn, mục “Không gửi được”: gửi lại, hoặc báo người dân bằng cách khác rồi bỏ qua. Nhiều tin cùng lỗi thì kiểm tra SMTP_URL hoặc cổng nhắn tin.',
  },
  import_failed: {
    label: 'Sổ tự nhận có chỗ phải xem',
    remedy:
      'Xem từng chỗ ở Quản trị › Nhập sổ, sửa tệp rồi đặt lại vào thư mục; báo động tự tắt khi tệp mới nhất của thư mục không còn vấn đề. Thư mục không đọc được thì gắn lại ổ đĩa.',
  },
  workers_stopped: {
    label: 'Việc nền dừng đột ngột',
    remedy:
      'Dịch vụ tự khởi động lại việc nền và báo động tự tắt khi chạy được. Nếu còn sau một giờ, khởi động lại dịch vụ và gửi chi tiết cho người hỗ trợ kỹ thuật.',
  },
  feed_late: {
    label: 'Tuyến dưới chưa gửi số liệu',
    remedy:
      'Hỏi đơn vị xem máy và mạng có chạy không. Số liệu tự đến khi nối lại; báo cáo ghi rõ đơn vị còn thiếu.',
  },
  feed_refused: {
    label: 'Số liệu tuyến dưới bị từ chối',
    remedy:
      'Làm theo lý do trong chi tiết. Tuyến dưới gửi lại sau một ngày; báo động tự tắt khi nhận được. Xem docs/feed.md.',
  },
  feed_untrusted: {
    label: 'Số liệu gửi đến không tin được',
    remedy:
      'Nếu đơn vị vừa đổi khoá, đăng ký khoá mới: “npm run --silent motcua -- feed set-key”. Nếu không, kiểm tra ai dùng được Redis nhận số liệu.',
  },
  feed_unanswered: {
    label: 'Tuyến trên chưa nhận số liệu',
    remedy:
      'Kiểm tra mạng đến Redis của tuyến trên và tình trạng: “npm run --silent motcua -- feed status”. Số liệu được gửi lại tự động.',
  },
  token_ends: {
    label: 'Khoá API sắp hết hạn',
    remedy:
      'Mở Quản trị › Khoá API, cấp khoá mới, đưa cho bên dùng, rồi thu hồi khoá cũ. Không cần nữa thì thu hồi.',
  },
  calendar_undecided: {
    label: 'Chưa có lịch nghỉ năm sau',
    remedy: 'Nhập lịch nghỉ lễ, Tết và ngày làm bù của năm sau theo thông báo chính thức.',
  },
} as const satisfies Record<string, AlarmText>

export type AlarmKind = keyof typeof ALARMS
