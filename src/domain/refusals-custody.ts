/** Why a paper folder, a fee or the end of a day is refused: part of REFUSALS. */
export const CUSTODY_REFUSALS = {
  nothing_to_hand_over: {
    kind: 'invalid',
    sentence: 'Phiếu bàn giao chưa có hồ sơ nào. Hãy quét hoặc nhập mã từng hồ sơ rồi gửi.',
  },
  too_many_folders: {
    kind: 'invalid',
    sentence: 'Một phiếu bàn giao có nhiều nhất {most} hồ sơ. Hãy gửi phiếu này rồi lập phiếu tiếp theo.',
  },
  folder_twice: { kind: 'invalid', sentence: 'Hồ sơ {dossier} đã có trong phiếu này. Hãy quét hồ sơ khác.' },
  hand_over_to_itself: {
    kind: 'invalid',
    sentence:
      'Nơi nhận phải khác nơi giao: đơn vị khác, hoặc một người khác trong đơn vị. Hãy chọn lại nơi nhận.',
  },
  receiver_not_there: {
    kind: 'invalid',
    sentence: '{officer} không giữ vị trí xử lý hồ sơ nào ở {unit} hôm nay. Hãy chọn người nhận khác.',
  },
  folder_on_the_way: {
    kind: 'conflict',
    sentence:
      'Bản giấy của hồ sơ {dossier} đang trên đường theo phiếu {sheet}. Hãy xác nhận đã nhận, hoặc thu hồi khỏi phiếu ấy trước.',
  },
  folder_elsewhere: {
    kind: 'conflict',
    sentence:
      'Theo lần quét gần nhất, bản giấy của hồ sơ {dossier} ở {unit}. Hãy nhờ {unit} lập phiếu giao, rồi quét nhận ở đây trước khi giao tiếp.',
  },
  folder_not_on_the_way: {
    kind: 'conflict',
    sentence:
      'Không có phiếu bàn giao nào đang gửi bản giấy của hồ sơ {dossier} ({last}). Hãy nhờ bên giao lập phiếu.',
  },
  folder_without_code: {
    kind: 'invalid',
    sentence: 'Hồ sơ chưa tiếp nhận hoặc đã huỷ thì không bàn giao bản giấy. Hãy kiểm tra lại mã {dossier}.',
  },
  unknown_hand_over: {
    kind: 'not_found',
    sentence: 'Không có phiếu bàn giao “{sheet}” của đơn vị ông/bà. Hãy xem danh sách phiếu đã gửi, đã nhận.',
  },
  nothing_to_recall: {
    kind: 'conflict',
    sentence: 'Phiếu {sheet} không còn hồ sơ nào đang trên đường nên không thu hồi được.',
  },
  folder_not_of_sheet: {
    kind: 'conflict',
    sentence:
      'Hồ sơ muốn thu hồi không còn trên đường theo phiếu {sheet}, nên chưa thu hồi gì. Hãy mở lại phiếu và chọn lại hồ sơ.',
  },
  no_own_unit: {
    kind: 'invalid',
    sentence: 'Ông/bà không giữ vị trí nào hôm nay. Hãy chọn đơn vị, hoặc nhờ quản trị viên ghi vị trí.',
  },
  nothing_to_pay: {
    kind: 'invalid',
    sentence: 'Hồ sơ {dossier} không có phí, lệ phí. Hãy nhập số tiền nếu vẫn phải thu.',
  },
  invalid_amount: {
    kind: 'invalid',
    sentence: 'Số tiền “{value}” không hợp lệ. Hãy nhập số đồng, ví dụ 35.000.',
  },
  payment_required: {
    kind: 'invalid',
    sentence: 'Hãy chọn cách nộp: tiền mặt, chuyển khoản hoặc trực tuyến.',
  },
  fee_already_receipted: {
    kind: 'conflict',
    sentence: 'Hồ sơ {dossier} đã có biên lai {receipt}. Muốn thu lại, hãy huỷ biên lai ấy trước.',
  },
  fee_paid_otherwise: {
    kind: 'conflict',
    sentence:
      'Hồ sơ {dossier} đã ghi nộp {amount} đồng, {payment}. Biên lai phải ghi đúng như thế; ghi sai thì sửa thông tin hồ sơ trước.',
  },
  fee_paid_too_early: {
    kind: 'invalid',
    sentence: 'Ngày nộp phí sớm hơn ngày hồ sơ đến. Hãy nhập lại thời điểm nộp.',
  },
  fee_receipted: {
    kind: 'conflict',
    sentence:
      'Hồ sơ {dossier} có biên lai {receipt} đang hiệu lực nên không sửa số tiền, cách nộp hay lúc nộp được. Hãy huỷ biên lai ấy trước.',
  },
  unknown_receipt: {
    kind: 'not_found',
    sentence: 'Không có biên lai “{receipt}”. Hãy xem danh sách biên lai của ngày.',
  },
  receipt_voided: { kind: 'conflict', sentence: 'Biên lai {receipt} đã huỷ. Số này không dùng lại.' },
  receipt_void_head_only: {
    kind: 'forbidden',
    sentence:
      'Chỉ người đứng đầu, hoặc người đã thu trong cùng ngày, được huỷ biên lai {receipt}. Hãy nhờ người đứng đầu.',
  },
  desk_day_closed: {
    kind: 'conflict',
    sentence:
      'Ngày {day} của {unit} đã chốt. Muốn ghi thêm tiền vào ngày này, hãy nhờ người đứng đầu mở lại ngày.',
  },
  desk_day_not_closed: {
    kind: 'conflict',
    sentence: 'Ngày {day} của {unit} chưa chốt. Hãy chốt ngày trước.',
  },
  desk_day_to_come: { kind: 'invalid', sentence: 'Ngày {day} chưa đến nên chưa chốt được.' },
  later_day_closed: {
    kind: 'conflict',
    sentence: 'Ngày {later} đã chốt dựa trên ngày này. Hãy làm với ngày {later} trước.',
  },
  hours_not_over: {
    kind: 'invalid',
    sentence:
      'Đến {end} mới hết giờ làm việc; hồ sơ và khoản thu sau khi chốt thuộc lần chốt sau. Nếu vẫn chốt, hãy đánh dấu “Chốt trước giờ kết thúc {end}”.',
  },
  earlier_day_open: {
    kind: 'conflict',
    sentence:
      'Ngày {earlier} của {unit} được mở lại và chưa chốt lại, nên ngày {day} chưa chốt được: tiền và hồ sơ của ngày ấy sẽ không vào sổ nào. Hãy chốt ngày {earlier} trước.',
  },
  cash_not_counted: {
    kind: 'invalid',
    sentence: 'Ngày này có thu {payment}. Hãy đếm và nhập số tiền thực có, kể cả khi bằng 0.',
  },
  fees_without_receipt: {
    kind: 'invalid',
    sentence:
      'Có {count} hồ sơ đã ghi nộp phí mà chưa có biên lai. Hãy lập biên lai; nếu chưa lập được, hãy ghi lý do rồi chốt.',
  },
  cash_differs: {
    kind: 'invalid',
    sentence:
      '{payment} lệch {difference} đồng so với biên lai. Hãy đếm lại; nếu vẫn lệch, hãy ghi lý do chênh lệch rồi chốt.',
  },
} as const
