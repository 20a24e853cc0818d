/** Why personal data cannot be taken away, or can no longer be had: part of REFUSALS. */
export const PRIVACY_REFUSALS = {
  erasure_not_ended: {
    kind: 'conflict',
    sentence:
      'Hồ sơ {dossier} chưa kết thúc nên chưa được xoá dữ liệu cá nhân. Hãy giải quyết và trả kết quả trước.',
  },
  erasure_kept_through: {
    kind: 'conflict',
    sentence:
      'Hồ sơ {dossier} còn trong thời hạn lưu, đến hết ngày {day}. Hãy làm lại sau ngày đó; thời hạn đặt ở thiết lập “retention_years”.',
  },
  erasure_nobody_left: {
    kind: 'conflict',
    sentence: 'Hồ sơ này không còn dữ liệu cá nhân nào để xoá.',
  },
  erasure_unknown_person: {
    kind: 'not_found',
    sentence: 'Không có hồ sơ nào của số định danh này. Hãy kiểm tra lại số.',
  },
  erasure_import_runs: {
    kind: 'conflict',
    sentence:
      'Đang có sổ được đọc hoặc ghi; xoá lúc này thì sổ đó ghi lại tên. Hãy chờ việc nhập sổ xong rồi làm lại.',
  },
  document_erased: {
    kind: 'not_found',
    sentence:
      '“{paper}” bản {version} đã bị xoá ngày {day} theo quy định về bảo vệ dữ liệu cá nhân; chỉ còn ghi là đã lập.',
  },
  dossier_erased: {
    kind: 'conflict',
    sentence:
      'Dữ liệu cá nhân của hồ sơ này đã được xoá theo quy định nên không lập giấy tờ, không đính kèm tệp, không ghi thêm lý do hay ghi chú được. Số liệu và diễn biến vẫn xem được.',
  },
} as const
