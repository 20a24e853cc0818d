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
  workers_stopped: {
    label: 'Việc nền dừng đột ngột',
    remedy:
      'Dịch vụ tự khởi động lại việc nền và báo động tự tắt khi chạy được. Nếu còn sau một giờ, khởi động lại dịch vụ và gửi chi tiết cho người hỗ trợ kỹ thuật.',
  },
  calendar_undecided: {
    label: 'Chưa có lịch nghỉ năm sau',
    remedy: 'Nhập lịch nghỉ lễ, Tết và ngày làm bù của năm sau theo thông báo chính thức.',
  },
} as const satisfies Record<string, AlarmText>

export type AlarmKind = keyof typeof ALARMS
