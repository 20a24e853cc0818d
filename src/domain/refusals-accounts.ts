/** Why somebody may not come in, or may not do something: part of REFUSALS. */
export const ACCOUNT_REFUSALS = {
  not_signed_in: {
    kind: 'unauthenticated',
    sentence:
      'Ông/bà chưa đăng nhập hoặc phiên làm việc đã hết. Hãy mở trang đăng nhập ở một thẻ mới, đăng nhập, rồi quay lại thẻ này và tải lại để gửi tiếp.',
  },
  wrong_password: {
    kind: 'invalid',
    sentence: 'Tên đăng nhập hoặc mật khẩu không đúng. Hãy kiểm tra phím Caps Lock và bộ gõ rồi thử lại.',
  },
  locked_out: {
    kind: 'throttled',
    sentence:
      'Đã nhập sai nhiều lần. Hãy chờ {minutes} phút rồi thử lại; nếu quên mật khẩu, hãy nhờ quản trị viên đặt lại.',
  },
  password_expired: {
    kind: 'forbidden',
    sentence: 'Mật khẩu tạm đã hết hạn. Hãy nhờ quản trị viên đặt lại mật khẩu.',
  },
  password_too_short: {
    kind: 'invalid',
    sentence: 'Mật khẩu phải có ít nhất {least} ký tự. Một câu ngắn dễ nhớ là mật khẩu tốt.',
  },
  password_too_long: { kind: 'invalid', sentence: 'Mật khẩu quá dài. Hãy chọn một mật khẩu ngắn hơn.' },
  password_has_name: {
    kind: 'invalid',
    sentence: 'Mật khẩu không được chứa tên đăng nhập. Hãy chọn một mật khẩu khác.',
  },
  password_common: {
    kind: 'invalid',
    sentence: 'Mật khẩu này quá phổ biến, dễ bị dò ra. Hãy chọn một mật khẩu khác.',
  },
  password_same: {
    kind: 'invalid',
    sentence: 'Mật khẩu mới phải khác mật khẩu cũ. Hãy chọn một mật khẩu khác.',
  },
  passwords_differ: {
    kind: 'invalid',
    sentence: 'Hai lần nhập mật khẩu mới không giống nhau. Hãy nhập lại.',
  },
  wrong_code: {
    kind: 'invalid',
    sentence:
      'Mã xác thực không đúng hoặc đã dùng. Hãy chờ mã mới trên điện thoại rồi nhập lại; kiểm tra giờ của điện thoại.',
  },
  no_second_factor: {
    kind: 'conflict',
    sentence: 'Tài khoản chưa bật xác thực hai lớp. Hãy quét mã rồi nhập mã xác nhận để bật.',
  },
  second_factor_required: {
    kind: 'forbidden',
    sentence: 'Quản trị viên phải dùng xác thực hai lớp nên không gỡ được.',
  },
  second_factor_on: {
    kind: 'conflict',
    sentence: 'Xác thực hai lớp đã bật. Muốn đổi điện thoại: hãy gỡ rồi bật lại.',
  },
  enrolment_expired: {
    kind: 'conflict',
    sentence: 'Mã QR này đã quá hạn. Hãy mở lại trang, quét mã mới rồi nhập mã xác nhận.',
  },
  wrong_proof: {
    kind: 'invalid',
    sentence: 'Mật khẩu hoặc mã xác thực không đúng. Hãy kiểm tra rồi nhập lại.',
  },
  no_sign_in_service: {
    kind: 'not_found',
    sentence: 'Hệ thống này chưa nối với dịch vụ đăng nhập nào. Hãy đăng nhập bằng tên và mật khẩu.',
  },
  sign_in_service_down: {
    kind: 'unavailable',
    sentence:
      'Chưa liên lạc được với {service}. Hãy đăng nhập bằng tên và mật khẩu, hoặc thử lại sau ít phút.',
  },
  sign_in_not_begun: {
    kind: 'invalid',
    sentence: 'Lần đăng nhập này đã quá hạn hoặc không bắt đầu ở trình duyệt này. Hãy bắt đầu lại từ đây.',
  },
  identity_not_confirmed: {
    kind: 'forbidden',
    sentence: '{service} không xác nhận lần đăng nhập này. Hãy thử lại, hoặc đăng nhập bằng tên và mật khẩu.',
  },
  unknown_identity: {
    kind: 'forbidden',
    sentence:
      'Chưa có tài khoản nào ở đây liên kết với {service} của ông/bà. Hãy đăng nhập bằng tên và mật khẩu, mở trang Tài khoản rồi chọn liên kết.',
  },
  account_disabled: {
    kind: 'forbidden',
    sentence: 'Tài khoản của ông/bà đã bị ngừng. Hãy liên hệ quản trị viên.',
  },
  identity_taken: {
    kind: 'conflict',
    sentence: '{service} này đã liên kết với tài khoản của người khác. Hãy liên hệ quản trị viên.',
  },
  identity_linked: {
    kind: 'conflict',
    sentence: 'Tài khoản đã liên kết với {service} bằng một danh tính khác. Hãy gỡ liên kết đó rồi làm lại.',
  },
  not_linked: { kind: 'conflict', sentence: 'Tài khoản chưa liên kết với {service}.' },
  only_way_in: {
    kind: 'conflict',
    sentence:
      'Đây là cách đăng nhập duy nhất của tài khoản này nên không gỡ được. Hãy nhờ quản trị viên đặt mật khẩu trước.',
  },
  no_post: {
    kind: 'forbidden',
    sentence:
      'Hôm nay {name} không giữ vị trí hay vai trò nào. Hãy nhờ quản trị viên ghi vị trí của ông/bà tại đơn vị.',
  },
  not_permitted: {
    kind: 'forbidden',
    sentence: 'Việc “{what}” dành cho: {who}. Hãy nhờ một trong những người này.',
  },
  dossier_elsewhere: {
    kind: 'forbidden',
    sentence: 'Hồ sơ này không thuộc đơn vị của ông/bà. Hãy liên hệ nơi tiếp nhận: {unit}.',
  },
  wrong_host: {
    kind: 'forbidden',
    sentence:
      'Địa chỉ dùng để mở trang không phải của hệ thống này. Hãy mở bằng địa chỉ mà quản trị viên đã cho (PUBLIC_URL).',
  },
  invalid_username: {
    kind: 'invalid',
    sentence:
      'Tên đăng nhập “{username}” không dùng được. Hãy dùng 3 đến 40 chữ thường không dấu, số, dấu chấm, gạch nối, ví dụ nguyen.van.a.',
  },
  username_taken: {
    kind: 'conflict',
    sentence: 'Tên đăng nhập “{username}” đã có người dùng. Hãy chọn tên khác.',
  },
  has_account: { kind: 'conflict', sentence: '{name} đã có tài khoản “{username}”.' },
  unknown_account: {
    kind: 'not_found',
    sentence: 'Không có tài khoản “{username}”. Hãy xem danh sách tài khoản.',
  },
  unknown_session: { kind: 'not_found', sentence: 'Phiên này đã kết thúc.' },
  last_administrator: {
    kind: 'conflict',
    sentence: 'Đây là quản trị viên cuối cùng. Hãy thêm một quản trị viên khác trước.',
  },
  not_a_person: {
    kind: 'conflict',
    sentence: 'Tài khoản “{username}” là của một phần mềm: dùng khoá API, không có mật khẩu.',
  },
  not_a_client: {
    kind: 'conflict',
    sentence: 'Tài khoản “{username}” là của một người: khoá API chỉ cấp cho phần mềm kết nối.',
  },
  invalid_scopes: {
    kind: 'invalid',
    sentence: 'Phạm vi “{scope}” không cấp được cho phần mềm. Hãy chọn trong: {possible}.',
  },
  invalid_token_life: {
    kind: 'invalid',
    sentence: 'Khoá API phải có thời hạn từ 1 đến {most} ngày.',
  },
  unknown_token: { kind: 'not_found', sentence: 'Không có khoá API số {token} đang dùng được.' },
  setup_link_used: {
    kind: 'forbidden',
    sentence:
      'Đường dẫn thiết lập không đúng, đã dùng hoặc đã hết hạn. Hãy khởi động lại dịch vụ để in đường dẫn mới, hoặc dùng lệnh “user create”.',
  },
  name_of_person_required: { kind: 'invalid', sentence: 'Hãy nhập họ tên.' },
  invalid_days: {
    kind: 'invalid',
    sentence: 'Ngày cuối phải không sớm hơn ngày đầu. Hãy sửa lại hai ngày.',
  },
  unknown_role: {
    kind: 'invalid',
    sentence: 'Vai trò “{role}” không giao được cho tài khoản này. Hãy chọn trong: {possible}.',
  },
  title_required: {
    kind: 'invalid',
    sentence: 'Hãy ghi chức danh của vị trí (đến {most} ký tự), ví dụ Công chức Tư pháp - Hộ tịch.',
  },
  post_held: {
    kind: 'conflict',
    sentence: '{name} đã giữ vai trò này tại {unit} từ ngày {from}. Hãy kết thúc vị trí đó trước.',
  },
  unknown_post: {
    kind: 'not_found',
    sentence: 'Tài khoản không có vị trí này. Hãy tải lại trang và chọn trong các vị trí đang giữ.',
  },
  only_head: {
    kind: 'conflict',
    sentence:
      'Sau ngày {day} không còn ai đứng đầu {unit}. Hãy ghi người đứng đầu mới trước; nếu vẫn muốn kết thúc, hãy đánh dấu xác nhận rồi gửi lại.',
  },
  unit_of_client_required: {
    kind: 'invalid',
    sentence: 'Hãy chọn đơn vị mà phần mềm được làm việc; đơn vị trực thuộc được tính theo.',
  },
  token_label_required: {
    kind: 'invalid',
    sentence: 'Hãy ghi khoá dùng ở đâu (đến {most} ký tự), ví dụ máy chủ Cổng tỉnh.',
  },
  scopes_required: { kind: 'invalid', sentence: 'Hãy chọn ít nhất một việc mà khoá được làm.' },
  client_disabled: {
    kind: 'conflict',
    sentence: 'Phần mềm “{username}” đang khoá. Hãy mở khoá tài khoản trước.',
  },
  not_your_people: {
    kind: 'forbidden',
    sentence:
      '{name} còn giữ vị trí ở {unit}, nơi ông/bà không đứng đầu. Hãy để người ấy tự ghi, hoặc nhờ quản trị viên ghi.',
  },
  substitute_is_self: {
    kind: 'invalid',
    sentence: 'Người thay phải là người khác. Hãy chọn một đồng nghiệp.',
  },
  substitute_not_near: {
    kind: 'invalid',
    sentence:
      'Ngày {day}, {substitute} không giữ vị trí nào ở đơn vị của {name} hay đơn vị cấp trên. Hãy chọn người khác.',
  },
  substitute_without_account: {
    kind: 'invalid',
    sentence:
      '{substitute} không có tài khoản đang dùng được. Hãy chọn người khác, hoặc nhờ quản trị viên mở tài khoản.',
  },
  substitute_absent: {
    kind: 'conflict',
    sentence: '{substitute} cũng vắng, đã uỷ quyền từ {from} đến {to}. Hãy chọn người khác hoặc ngày khác.',
  },
  substitution_in_past: {
    kind: 'invalid',
    sentence: 'Uỷ quyền bắt đầu sớm nhất từ hôm nay, {today}. Hãy chọn ngày đầu không sớm hơn.',
  },
  substitution_too_long: {
    kind: 'invalid',
    sentence:
      'Một lần uỷ quyền dài nhất {most} ngày. Hãy chọn ngày cuối sớm hơn; khi hết hạn có thể ghi lần khác.',
  },
  substitution_overlaps: {
    kind: 'conflict',
    sentence:
      '{name} đã uỷ quyền cho {substitute} từ {from} đến {to}. Hãy kết thúc lần ấy trước, hoặc chọn ngày khác.',
  },
  substitution_to_oneself: {
    kind: 'forbidden',
    sentence:
      'Không ai tự nhận quyền của người khác. Hãy để {name}, người đứng đầu đơn vị hoặc một quản trị viên khác ghi.',
  },
  no_post_to_hand_over: {
    kind: 'conflict',
    sentence:
      '{name} không giữ vị trí nào từ hôm nay đến ngày {day} nên chưa có gì để uỷ quyền. Hãy xem lại ngày, hoặc ghi uỷ quyền khi vị trí đã bắt đầu.',
  },
  unknown_substitution: {
    kind: 'not_found',
    sentence: 'Không có lần uỷ quyền số {substitution}. Hãy mở lại danh sách.',
  },
  substitution_over: {
    kind: 'conflict',
    sentence: 'Lần uỷ quyền này đã kết thúc. Hãy tải lại danh sách.',
  },
} as const
