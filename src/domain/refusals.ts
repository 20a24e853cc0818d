import { ACCOUNT_REFUSALS } from './refusals-accounts.ts'
import { ADMIN_REFUSALS } from './refusals-admin.ts'
import { CUSTODY_REFUSALS } from './refusals-custody.ts'
import { DOSSIER_PAGE_REFUSALS } from './refusals-dossier-page.ts'
import { MESSAGE_REFUSALS } from './refusals-messages.ts'
import { PRIVACY_REFUSALS } from './refusals-privacy.ts'
import { QUEUE_REFUSALS } from './refusals-queue.ts'

/**
 * Every reason for which the rules or an operation may refuse, with the sentence a clerk reads.
 * `{name}` in a sentence is replaced by the refusal's parameter of that name.
 * The kind decides the HTTP status (src/web/problems.ts) and the exit code of the command line.
 */
export type RefusalKind =
  | 'invalid'
  | 'unauthenticated'
  | 'not_found'
  | 'conflict'
  | 'stale'
  | 'forbidden'
  | 'throttled'
  | 'unavailable'

export const REFUSALS = {
  invalid_day: {
    kind: 'invalid',
    sentence: 'Ngày “{value}” không có thật. Hãy nhập ngày dạng 09/03/2023 (khi gọi API: 2023-03-09).',
  },
  invalid_instant: {
    kind: 'invalid',
    sentence:
      'Thời điểm “{value}” không hợp lệ. Hãy nhập ngày và giờ, dạng 09/03/2023 08:30 (khi gọi API: 2023-03-09T08:30).',
  },
  invalid_limit: {
    kind: 'invalid',
    sentence: 'Thời hạn “{value}” không hợp lệ. Hãy nhập dạng 3wd, 24wh, 30d, 1m hoặc same-day.',
  },
  invalid_period: {
    kind: 'invalid',
    sentence:
      'Kỳ báo cáo “{value}” không hợp lệ. Hãy nhập dạng 2023-W10, 2023-03, 2023-Q1, 2023-H1, 2023 (thêm @15-14 nếu chốt ngày khác) hoặc 2023-03-06..2023-03-12.',
  },
  calendar_year_missing: {
    kind: 'invalid',
    sentence:
      'Lịch làm việc không có dữ liệu cho ngày {day} (chỉ có từ {from} đến {to}). Hãy bổ sung lịch năm đó trước khi tính hạn.',
  },
  duplicate_calendar_day: {
    kind: 'invalid',
    sentence: 'Ngày {day} được khai hai lần trong lịch làm việc. Hãy giữ lại một dòng cho ngày đó.',
  },
  invalid_office_hours: {
    kind: 'invalid',
    sentence:
      'Giờ làm việc áp dụng từ ngày “{from}” không hợp lệ. Mỗi ca phải nằm trong một ngày, kết thúc sau khi bắt đầu và không chồng lên ca khác.',
  },
  not_working_day: {
    kind: 'invalid',
    sentence: 'Ngày {day} không phải ngày làm việc nên không có giờ đóng cửa. Hãy chọn một ngày làm việc.',
  },
  act_not_allowed: {
    kind: 'conflict',
    sentence: 'Không thể “{act}” khi hồ sơ ở trạng thái “{state}”. Việc có thể làm: {possible}.',
  },
  head_only: {
    kind: 'forbidden',
    sentence: 'Chỉ người đứng đầu được “{act}”. Hãy đề nghị người đứng đầu thực hiện.',
  },
  reason_required: { kind: 'invalid', sentence: 'Hãy ghi lý do để “{act}”.' },
  in_future: {
    kind: 'invalid',
    sentence: 'Thời điểm thực hiện ở tương lai. Hãy nhập thời điểm không sau bây giờ.',
  },
  out_of_order: {
    kind: 'invalid',
    sentence: 'Thời điểm thực hiện sớm hơn việc trước đó của hồ sơ. Hãy nhập thời điểm muộn hơn.',
  },
  back_dated_too_far: {
    kind: 'forbidden',
    sentence:
      'Chỉ được nhập lùi từ ngày {earliest}. Ngày sớm hơn cần người đứng đầu duyệt: hãy ghi lý do để gửi đề nghị.',
  },
  needs_approval: {
    kind: 'forbidden',
    sentence:
      'Việc này đổi số liệu ngày {day} của kỳ đã chốt (đến {closedThrough}) nên cần người có quyền duyệt. Hãy gửi đề nghị đính chính.',
  },
  nothing_to_correct: {
    kind: 'invalid',
    sentence: 'Nội dung đính chính giống hồ sơ hiện có. Hãy sửa ít nhất một điểm.',
  },
  accepted_after_act: {
    kind: 'invalid',
    sentence: 'Thời điểm tiếp nhận phải không muộn hơn việc kế tiếp của hồ sơ ({next}). Hãy nhập sớm hơn.',
  },
  accepted_before_submission: {
    kind: 'invalid',
    sentence: 'Thời điểm tiếp nhận phải sau việc đã ghi trước khi tiếp nhận ({after}). Hãy nhập muộn hơn.',
  },
  unit_moved_since: {
    kind: 'conflict',
    sentence:
      '{unit} đã được sắp xếp lại sau ngày tiếp nhận nên không rõ đơn vị nào tiếp tục hồ sơ. Hãy huỷ hồ sơ này và nhập lại ở đơn vị hiện nay.',
  },
  unknown_request: {
    kind: 'not_found',
    sentence: 'Không có đề nghị đính chính số {request}. Hãy mở lại danh sách đề nghị.',
  },
  request_decided: {
    kind: 'conflict',
    sentence: 'Đề nghị này đã được {decided}. Hãy tải lại danh sách để xem kết quả.',
  },
  own_request: {
    kind: 'forbidden',
    sentence:
      'Đính chính kỳ đã chốt cần người thứ hai duyệt. Người đề nghị, người mà họ thay và người đang thay họ đều không tự duyệt: hãy nhờ người đứng đầu khác hoặc người giám sát.',
  },
  invalid_written_day: {
    kind: 'invalid',
    sentence: 'Ngày “{value}” không có thật. Hãy nhập dạng 09/03/2023 hoặc 9/3.',
  },
  request_sealed: {
    kind: 'unavailable',
    sentence:
      'Không mở được nội dung đề nghị: khoá niêm phong không phải khoá lúc gửi. Hãy đặt lại đúng khoá đã cất.',
  },
  unknown_slip: {
    kind: 'invalid',
    sentence: 'Không có phiếu “{slip}” đã in cho {unit}. Hãy kiểm tra lại số phiếu và đơn vị.',
  },
  slip_used: {
    kind: 'conflict',
    sentence: 'Phiếu {slip} đã dùng cho hồ sơ {dossier}. Mỗi phiếu chỉ dùng một lần: hãy kiểm tra lại số.',
  },
  slip_cancelled: {
    kind: 'conflict',
    sentence: 'Phiếu {slip} đã huỷ ({reason}). Hãy dùng phiếu khác.',
  },
  slip_waiting: {
    kind: 'conflict',
    sentence: 'Phiếu {slip} đang ở một đề nghị chờ duyệt. Hãy chờ duyệt hoặc kiểm tra lại số phiếu.',
  },
  invalid_outage: {
    kind: 'invalid',
    sentence: 'Thời gian gián đoạn không hợp lệ: phải bắt đầu trước khi kết thúc và không ở tương lai.',
  },
  unknown_outage: {
    kind: 'not_found',
    sentence: 'Không có lần gián đoạn nào đang diễn ra với số này. Hãy tải lại danh sách.',
  },
  invalid_slip_count: {
    kind: 'invalid',
    sentence: 'Mỗi lần in từ 1 đến {most} phiếu. Hãy nhập lại số phiếu.',
  },
  closed_period: {
    kind: 'invalid',
    sentence: 'Ngày {day} thuộc kỳ đã chốt (đến {closedThrough}). Hãy ghi lý do để nhập như một đính chính.',
  },
  not_instant: {
    kind: 'invalid',
    sentence: 'Thủ tục này không giải quyết ngay tại chỗ. Hãy tiếp nhận rồi chuyển xử lý.',
  },
  outcome_required: { kind: 'invalid', sentence: 'Hãy chọn kết quả: đồng ý, đồng ý một phần hoặc từ chối.' },
  never_accepted: { kind: 'conflict', sentence: 'Hồ sơ chưa từng được tiếp nhận nên không có hạn trả.' },
  already_asked: { kind: 'conflict', sentence: 'Hồ sơ đang chờ một việc khác. Hãy kết thúc việc đó trước.' },
  nothing_asked: { kind: 'conflict', sentence: 'Hồ sơ không chờ việc này.' },
  no_extension: {
    kind: 'invalid',
    sentence: 'Pháp luật không cho gia hạn thủ tục này. Có thể xin lỗi và hẹn lại một lần.',
  },
  extension_too_long: {
    kind: 'invalid',
    sentence: 'Chỉ được gia hạn tổng cộng từ 1 đến {allowed} ngày làm việc.',
  },
  already_late: {
    kind: 'conflict',
    sentence: 'Hồ sơ đã quá hạn nên không gia hạn được. Hãy xin lỗi và hẹn lại.',
  },
  already_reappointed: {
    kind: 'conflict',
    sentence: 'Hồ sơ đã được hẹn lại một lần; pháp luật không cho hẹn lại lần nữa.',
  },
  appointment_too_early: {
    kind: 'invalid',
    sentence: 'Ngày hẹn lại phải sau hạn trả và sau thời điểm hiện tại.',
  },
  table_does_not_add_up: {
    kind: 'conflict',
    sentence:
      'Dòng “{row}” không khớp nên không được xuất bảng. {problems} Hãy kiểm tra lại số liệu rồi lập lại bảng.',
  },
  period_not_closed: {
    kind: 'not_found',
    sentence: '{period} chưa chốt nên chưa có bản chốt. Hãy xem số liệu hiện tại hoặc chọn một kỳ đã chốt.',
  },
  unknown_revision: {
    kind: 'not_found',
    sentence:
      '{period} không có bản {revision}; bản mới nhất là bản {newest}. Hãy chọn một bản trong danh sách.',
  },
  invalid_revision: {
    kind: 'invalid',
    sentence:
      'Bản “{value}” không hợp lệ. Hãy nhập số của bản, ví dụ 2, hoặc {current} để xem số liệu hiện tại.',
  },
  revisions_reversed: {
    kind: 'invalid',
    sentence: 'Bản sau ({to}) phải mới hơn bản trước ({from}). Hãy chọn lại hai bản cần so sánh.',
  },
  stale: {
    kind: 'stale',
    sentence: 'Hồ sơ vừa được người khác thay đổi. Hãy tải lại, xem thay đổi rồi làm lại việc này.',
  },
  unknown_dossier: {
    kind: 'not_found',
    sentence: 'Không tìm thấy hồ sơ “{dossier}”. Hãy kiểm tra lại mã hồ sơ.',
  },
  invalid_code: {
    kind: 'invalid',
    sentence: 'Mã hồ sơ không đúng mẫu. Hãy nhập đủ mã, ví dụ 000.28.15.H23-230324-0007.',
  },
  unknown_counter: {
    kind: 'invalid',
    sentence: 'Không có số liệu “{counter}”. Hãy mở lại báo cáo và chọn con số cần xem.',
  },
  unknown_unit: { kind: 'invalid', sentence: 'Không có đơn vị “{unit}”. Hãy chọn đơn vị trong danh mục.' },
  unit_not_in_force: { kind: 'invalid', sentence: 'Đơn vị “{unit}” không hoạt động vào ngày {day}.' },
  unit_does_not_receive: {
    kind: 'invalid',
    sentence: '{unit} không có Bộ phận Một cửa nên không tiếp nhận hồ sơ.',
  },
  unit_does_not_resolve: { kind: 'invalid', sentence: '{unit} không giải quyết thủ tục hành chính.' },
  unknown_procedure: {
    kind: 'invalid',
    sentence: 'Không có thủ tục mã “{procedure}”. Hãy chọn thủ tục trong danh mục.',
  },
  procedure_not_in_force: {
    kind: 'invalid',
    sentence: 'Thủ tục {procedure} không có hiệu lực vào ngày {day}.',
  },
  not_offered_online: {
    kind: 'invalid',
    sentence:
      'Thủ tục “{procedure}” chưa được cung cấp trực tuyến. Hãy chọn hình thức trực tiếp hoặc bưu chính.',
  },
  level_not_offered: {
    kind: 'invalid',
    sentence:
      'Thủ tục “{procedure}” không được cung cấp ở mức độ {level} (mức độ công bố: {offered}). Hãy chọn kênh khác.',
  },
  unknown_officer: {
    kind: 'invalid',
    sentence: 'Không có cán bộ “{officer}”. Hãy chọn cán bộ trong danh mục.',
  },
  no_running_step: { kind: 'conflict', sentence: 'Hồ sơ không có bước liên thông nào đang thực hiện.' },
  name_required: {
    kind: 'invalid',
    sentence: 'Hãy nhập họ tên hoặc tên tổ chức nộp hồ sơ; tên phải có chữ cái.',
  },
  invalid_id_number: { kind: 'invalid', sentence: 'Số định danh phải có 12 chữ số (CMND cũ: 9 chữ số).' },
  no_database: {
    kind: 'unavailable',
    sentence:
      'Chưa có cơ sở dữ liệu tại {file}. Hãy chạy “npm start” (bản cài đặt thật) hoặc “npm run demo” (bản trình diễn).',
  },
  not_a_demo: {
    kind: 'conflict',
    sentence:
      '{file} là cơ sở dữ liệu thật nên không dùng để trình diễn. Hãy đặt DATA_DIR là một thư mục khác rồi chạy lại.',
  },
  no_index: {
    kind: 'not_found',
    sentence:
      'Chưa có kết quả chỉ số CCHC năm {year}. Kết quả được tính mỗi đêm, khi năm đó có bộ tiêu chí đã ban hành.',
  },
  not_in_index: { kind: 'not_found', sentence: 'Đơn vị “{unit}” không được chấm chỉ số CCHC năm {year}.' },
  invalid_json_line: {
    kind: 'invalid',
    sentence:
      'Dòng này không phải một đối tượng JSON. Mỗi dòng phải có dạng {"limit":"3wd","received":"2023-04-27T09:00"}.',
  },
  invalid_time: { kind: 'invalid', sentence: 'Giờ “{value}” không hợp lệ. Hãy nhập dạng 15:00.' },
  invalid_mode: {
    kind: 'invalid',
    sentence: 'Cách tính “{value}” không hợp lệ. Hãy nhập day_end hoặc hour_exact.',
  },
  invalid_attended: {
    kind: 'invalid',
    sentence: 'Giá trị attended “{value}” không hợp lệ. Hãy nhập true hoặc false.',
  },
  period_not_over: {
    kind: 'conflict',
    sentence: 'Chưa đến giờ chốt {period}. Kỳ này được chốt từ {from}.',
  },
  database_in_use: {
    kind: 'unavailable',
    sentence: 'Cơ sở dữ liệu đang được dùng. Hãy dừng dịch vụ và tiến trình chạy việc nền rồi khôi phục lại.',
  },
  unknown_backup: {
    kind: 'not_found',
    sentence:
      'Không có bản sao lưu “{file}”. Hãy xem các bản hiện có: “npm run --silent motcua -- backup --list”.',
  },
  damaged_backup: {
    kind: 'invalid',
    sentence:
      'Bản sao lưu “{file}” hỏng ({problem}). Dữ liệu hiện tại được giữ nguyên; hãy chọn bản sao lưu khác.',
  },
  no_key: {
    kind: 'unavailable',
    sentence:
      'Không có khoá tại {file}. Hãy đặt lại khoá đã cất: “npm run --silent motcua -- key import TỆP”. Khoá đã mất hẳn: docs/van-hanh.md, mục “Khoá”.',
  },
  wrong_key: {
    kind: 'conflict',
    sentence:
      'Khoá {file} không mở được số định danh và số điện thoại trong cơ sở dữ liệu. Hãy đặt lại đúng khoá đã cất: “npm run --silent motcua -- key import TỆP”. Khoá đã mất hẳn: docs/van-hanh.md, mục “Khoá”.',
  },
  key_among_data: {
    kind: 'invalid',
    sentence:
      'Không xuất khoá vào {file}: khoá không được nằm trong thư mục dữ liệu. Hãy chọn một nơi khác, ví dụ USB.',
  },
  damaged_key: {
    kind: 'invalid',
    sentence:
      'Tệp khoá {file} hỏng hoặc có chỗ chép sai. Hãy đặt lại khoá đã cất: “npm run --silent motcua -- key import TỆP”, hoặc chép lại từ bản in.',
  },
  file_exists: {
    kind: 'conflict',
    sentence: 'Đã có tệp {file}; không ghi đè. Hãy chọn một tên khác.',
  },
  copy_does_not_add_up: {
    kind: 'conflict',
    sentence:
      'Bản sao không đạt nên không được coi là bản sao lưu, để lại ở {file} ({problem}). Hãy kiểm tra dữ liệu đang dùng: “npm run --silent motcua -- verify”.',
  },
  disk_refuses: {
    kind: 'unavailable',
    sentence: 'Không ghi được vào {place}: {problem}. Hãy kiểm tra ổ đĩa, chỗ trống và quyền ghi.',
  },
  second_place_gone: {
    kind: 'unavailable',
    sentence:
      'Không thấy thư mục {place}. Hãy gắn ổ đĩa hoặc thư mục chia sẻ; nếu mới dùng lần đầu thì tạo thư mục này trên ổ đĩa đó.',
  },
  second_place_fails: {
    kind: 'unavailable',
    sentence:
      'Không dùng được “{place}” qua rclone ({problem}). Hãy thử “rclone lsd {place}” bằng tài khoản chạy dịch vụ.',
  },
  no_rclone: {
    kind: 'unavailable',
    sentence: 'Chưa có chương trình rclone. Hãy cài: sudo apt-get install rclone.',
  },
  damaged_copy: {
    kind: 'conflict',
    sentence:
      'Bản “{file}” ở nơi thứ hai hỏng ({problem}). Hãy chọn bản khác: “npm run --silent motcua -- backup --list”.',
  },
  no_second_place: {
    kind: 'invalid',
    sentence:
      'Chưa đặt nơi sao lưu thứ hai. Hãy đặt biến BACKUP_COPY_TO (docs/configuration.md), hoặc bỏ --from-copy để dùng bản sao lưu tại máy.',
  },
  database_newer: {
    kind: 'conflict',
    sentence:
      'Cơ sở dữ liệu {file} đã được một phiên bản phần mềm mới hơn nâng cấp nên phiên bản này không dùng được. Hãy cài lại phiên bản mới; muốn ở lại phiên bản này thì khôi phục bản sao lưu “before-upgrade” (docs/van-hanh.md, mục “Quay lại phiên bản cũ”).',
  },
  upgrade_without_backup: {
    kind: 'unavailable',
    sentence:
      'Chưa nâng cấp cơ sở dữ liệu: không tạo được bản sao lưu trước khi nâng cấp {file} ({problem}). Dữ liệu còn nguyên. Hãy kiểm tra chỗ trống và quyền ghi của thư mục này rồi chạy lại.',
  },
  upgrade_failed: {
    kind: 'conflict',
    sentence:
      'Nâng cấp cơ sở dữ liệu không thành công ({problem}). Dữ liệu còn nguyên như trước khi nâng cấp. Hãy cài lại phiên bản cũ để làm việc tiếp và báo người hỗ trợ kỹ thuật; bản sao lưu trước khi nâng cấp: {file}.',
  },
  invalid_email: {
    kind: 'invalid',
    sentence: 'Thư điện tử phải có dạng ten@noi.vn. Hãy sửa, hoặc bỏ trống nếu người nộp không có.',
  },
  invalid_birth_year: {
    kind: 'invalid',
    sentence: 'Năm sinh phải gồm 4 chữ số, từ 1880 đến năm nay. Hãy sửa, hoặc bỏ trống nếu không rõ.',
  },
  invalid_quantity: { kind: 'invalid', sentence: 'Số lượng phải là số từ 1 đến 10.000.' },
  invalid_fee: {
    kind: 'invalid',
    sentence:
      'Lệ phí phải là số tiền đồng, không âm, viết bằng chữ số. Hãy sửa, hoặc bỏ trống để theo thủ tục.',
  },
  procedure_required: {
    kind: 'invalid',
    sentence: 'Hãy chọn thủ tục: gõ mã hoặc vài chữ của tên, bấm F1–F8, hoặc quét thẻ thủ tục.',
  },
  papers_not_seen: {
    kind: 'invalid',
    sentence: 'Danh sách giấy tờ vừa hiện theo thủ tục đã chọn. Hãy xem lại giấy tờ và hạn trả rồi gửi lại.',
  },
  procedure_not_found: {
    kind: 'invalid',
    sentence:
      'Không có thủ tục nào đang tiếp nhận khớp với “{typed}”. Hãy gõ mã thủ tục, hoặc chọn trong danh sách.',
  },
  procedure_ambiguous: {
    kind: 'invalid',
    sentence: '“{typed}” khớp với {count} thủ tục. Hãy gõ thêm hoặc chọn một thủ tục trong danh sách.',
  },
  not_received_here: {
    kind: 'invalid',
    sentence:
      '“{unit}” không tiếp nhận thủ tục “{procedure}”. Hãy chọn thủ tục khác hoặc hướng dẫn người nộp đến đúng nơi.',
  },
  id_number_doubtful: {
    kind: 'invalid',
    sentence:
      'Số định danh không khớp năm sinh hoặc giới tính. Hãy xem lại trên thẻ rồi sửa; nếu thẻ ghi đúng như vậy, hãy đánh dấu xác nhận rồi gửi lại.',
  },
  open_duplicate: {
    kind: 'conflict',
    sentence:
      'Người này đang có hồ sơ {code} cùng thủ tục chưa giải quyết xong. Hãy mở hồ sơ ấy, hoặc ghi lý do tiếp nhận thêm rồi gửi lại.',
  },
  papers_missing: {
    kind: 'conflict',
    sentence:
      'Còn thiếu {count} giấy tờ bắt buộc: {papers}. Hãy lập phiếu yêu cầu bổ sung, hoặc ghi lý do tiếp nhận dù thiếu rồi gửi lại.',
  },
  not_same_sitting: {
    kind: 'conflict',
    sentence:
      'Hồ sơ {code} không thuộc cùng lượt nộp: một lượt là của một người, tại một nơi tiếp nhận, trong một ngày. Hãy bỏ phần gộp lượt rồi gửi lại.',
  },
  unknown_training: {
    kind: 'not_found',
    sentence: 'Không có hồ sơ tập huấn số {id} của ông/bà. Hãy nhập lại một hồ sơ tập huấn.',
  },
  invalid_phone: { kind: 'invalid', sentence: 'Số điện thoại phải có từ 8 đến 15 chữ số.' },
  invalid_if_match: {
    kind: 'invalid',
    sentence: 'Tiêu đề If-Match phải là đúng một ETag đã nhận, ví dụ "3". Hãy tải lại hồ sơ để lấy ETag.',
  },
  invalid_idempotency_key: {
    kind: 'invalid',
    sentence: 'Tiêu đề Idempotency-Key phải có từ 1 đến 200 ký tự ASCII không dấu cách. Hãy dùng một UUID.',
  },
  idempotency_mismatch: {
    kind: 'invalid',
    sentence:
      'Idempotency-Key này đã dùng cho một yêu cầu khác trong 48 giờ qua. Hãy dùng khoá mới cho yêu cầu mới.',
  },
  invalid_cursor: {
    kind: 'invalid',
    sentence:
      'Con trỏ trang “{cursor}” không hợp lệ. Hãy dùng đúng nextCursor của trang trước, hoặc bỏ cursor để xem từ đầu.',
  },
  due_needs_limit: {
    kind: 'invalid',
    sentence: 'Để tính hạn, hãy cho mã thủ tục (procedure) hoặc thời hạn (limit), chỉ một trong hai.',
  },
  foreign_form: {
    kind: 'forbidden',
    sentence:
      'Biểu mẫu này được gửi từ một trang khác nên không được nhận. Hãy mở trang của hệ thống rồi làm lại.',
  },
  invalid_plan: {
    kind: 'invalid',
    sentence: 'Phương án sắp xếp chưa đúng mẫu. {problems} Hãy sửa các chỗ này rồi gửi lại.',
  },
  unreadable_file: {
    kind: 'not_found',
    sentence: 'Không đọc được tệp “{file}”. Hãy kiểm tra lại đường dẫn và quyền đọc.',
  },
  plan_does_not_hold: {
    kind: 'invalid',
    sentence: 'Phương án sắp xếp chưa thực hiện được. {problems}',
  },
  reorganisation_exists: {
    kind: 'conflict',
    sentence:
      'Lần sắp xếp theo “{document}” từ ngày {on} đã được ghi. Hãy mở danh sách phương án để xem; mỗi văn bản và ngày chỉ ghi một lần.',
  },
  reorganisation_not_due: {
    kind: 'conflict',
    sentence: 'Chưa đến ngày sắp xếp ({on}). Hồ sơ đang mở tự chuyển lúc 00:05 ngày đó.',
  },
  unknown_reorganisation: {
    kind: 'not_found',
    sentence: 'Không có phương án sắp xếp số “{id}”. Hãy mở danh sách phương án và chọn lại.',
  },
  not_waiting_for_unit: {
    kind: 'conflict',
    sentence: 'Hồ sơ “{dossier}” không chờ phân công đơn vị. Hãy tải lại danh sách rồi chọn lại.',
  },
  not_a_successor: {
    kind: 'invalid',
    sentence:
      '“{unit}” không nhận được hồ sơ này từ ngày {on}. Hãy chọn một đơn vị giải quyết đang hoạt động vào ngày đó.',
  },
  not_your_unit: {
    kind: 'forbidden',
    sentence:
      'Ngày {day} ông/bà không giữ vị trí nào ở đơn vị của hồ sơ ({unit}). Hãy chuyển việc này cho cán bộ của đơn vị đó.',
  },
  unknown_field: {
    kind: 'invalid',
    sentence: 'Không có lĩnh vực “{field}”. Hãy chọn lĩnh vực trong danh mục.',
  },
  empty_file: { kind: 'invalid', sentence: 'Tệp trống. Hãy chọn tệp có dữ liệu.' },
  unknown_file_kind: {
    kind: 'invalid',
    sentence: 'Tệp này không phải CSV hay Excel. Hãy xuất sổ ra CSV (UTF-8) hoặc .xlsx.',
  },
  unknown_encoding: {
    kind: 'invalid',
    sentence:
      'Không đọc được chữ tiếng Việt trong tệp. Hãy lưu lại dạng “CSV UTF-8” hoặc .xlsx, hoặc chọn đúng bảng mã.',
  },
  broken_csv: {
    kind: 'invalid',
    sentence: 'Tệp CSV hỏng hoặc bị cắt: dấu nháy kép mở ở dòng {row} không được đóng. Hãy xuất lại tệp.',
  },
  workbook_locked: {
    kind: 'invalid',
    sentence: 'Tệp Excel có mật khẩu nên không đọc được. Hãy bỏ mật khẩu (Lưu thành, Công cụ) rồi nhập lại.',
  },
  broken_workbook: {
    kind: 'invalid',
    sentence:
      'Tệp Excel hỏng hoặc bị cắt nên không đọc được. Hãy mở bằng Excel, lưu lại dạng .xlsx rồi nhập lại.',
  },
  workbook_too_large: {
    kind: 'invalid',
    sentence: 'Tệp Excel quá lớn khi giải nén. Hãy tách sổ theo năm hoặc xuất ra CSV.',
  },
  unknown_sheet: { kind: 'invalid', sentence: 'Không có trang tính “{sheet}”. Tệp có: {sheets}.' },
  import_columns_missing: {
    kind: 'invalid',
    sentence:
      'Không nhận ra cột bắt buộc. Có: {have}. Cần: {need}. Hãy chọn lại dòng tiêu đề hoặc chỉ rõ cột.',
  },
  import_too_long: {
    kind: 'invalid',
    sentence: 'Tệp có {rows} dòng; mỗi lần nhập nhiều nhất {most} dòng. Hãy tách sổ theo năm.',
  },
  import_has_problems: {
    kind: 'conflict',
    sentence:
      'Tệp còn {problems} chỗ phải sửa nên không có gì được ghi. Hãy xem từng dòng, sửa tệp rồi nhập lại.',
  },
  import_overtaken: {
    kind: 'conflict',
    sentence:
      'Trong lúc nhập, hồ sơ trong tệp đã được người khác thay đổi; không có gì được ghi. Hãy nhập lại.',
  },
  export_of_own_unit: {
    kind: 'forbidden',
    sentence: 'Ông/bà chỉ xuất và xem sổ của đơn vị mình. Hãy chọn một đơn vị của mình.',
  },
  invalid_year: { kind: 'invalid', sentence: 'Năm “{value}” không hợp lệ. Hãy nhập bốn chữ số, ví dụ 2023.' },
  year_or_days: { kind: 'invalid', sentence: 'Hãy chọn năm, hoặc từ ngày đến ngày, chỉ một trong hai.' },
  days_reversed: { kind: 'invalid', sentence: 'Ngày đầu {from} sau ngày cuối {to}. Hãy đổi lại.' },
  register_year_runs: {
    kind: 'conflict',
    sentence: 'Năm {year} chưa hết nên chưa khoá được sổ của {unit}. Hãy khoá từ ngày đầu năm sau.',
  },
  register_closed: {
    kind: 'conflict',
    sentence: 'Sổ năm {year} của {unit} đã khoá. Hồ sơ nhập sau được ghi ở trang bổ sung.',
  },
  register_not_closed: {
    kind: 'not_found',
    sentence: 'Sổ năm {year} của {unit} chưa khoá nên chưa có bản in. Hãy khoá sổ trước.',
  },
  register_being_printed: {
    kind: 'not_found',
    sentence: 'Phần này của sổ chưa lập xong hoặc không có. Hãy xem lại trang của sổ sau ít phút.',
  },
  register_nothing_to_add: {
    kind: 'conflict',
    sentence: 'Từ khi khoá sổ năm {year} của {unit} không có gì mới để ghi vào trang bổ sung.',
  },
  register_does_not_add_up: {
    kind: 'conflict',
    sentence:
      'Sổ năm {year} của {unit} không khớp số liệu nên chưa khoá được. {problems} Hãy chạy “npm run --silent motcua -- recount” để tìm chỗ lệch rồi khoá lại.',
  },
  unknown_import: {
    kind: 'not_found',
    sentence: 'Không có lần nhập số {id}. Hãy xem danh sách các lần nhập.',
  },
  import_file_gone: {
    kind: 'conflict',
    sentence: 'Tệp của lần nhập này đã được xoá. Hãy tải tệp lên lại.',
  },
  import_file_too_large: {
    kind: 'invalid',
    sentence: 'Tệp lớn quá {most} MiB. Hãy tách sổ theo năm, hoặc nâng giới hạn ở Quản trị.',
  },
  invalid_import_option: { kind: 'invalid', sentence: '{sentence}' },
  import_under_way: {
    kind: 'conflict',
    sentence: 'Lần nhập này đang chạy hoặc đã xong. Hãy xem kết quả ở trang của nó.',
  },
  file_not_found: { kind: 'not_found', sentence: 'Không có tệp “{file}”. Hãy kiểm tra lại đường dẫn.' },
  decision_of_own_unit: {
    kind: 'forbidden',
    sentence:
      'Người đứng đầu chỉ ghi ngày đóng cửa của đơn vị mình. Ngày nghỉ chung do người đứng đầu cấp trên hoặc quản trị viên ghi; hãy đề nghị họ ghi.',
  },
  unknown_decision: {
    kind: 'not_found',
    sentence: 'Không có quyết định về lịch số {decision}. Hãy xem danh sách quyết định.',
  },
  decision_incomplete: {
    kind: 'invalid',
    sentence: 'Còn thiếu {what}. Hãy nhập rồi xem trước lại.',
  },
  calendar_day_twice: {
    kind: 'invalid',
    sentence: 'Ngày {day} được nêu hai lần trong quyết định. Hãy giữ lại một lần.',
  },
  calendar_day_taken: {
    kind: 'invalid',
    sentence: 'Ngày {day} đã là “{name}” ({document}). Hãy bỏ ngày đó trước, hoặc chọn ngày khác.',
  },
  calendar_day_already_off: {
    kind: 'invalid',
    sentence: 'Ngày {day} vốn đã nghỉ nên không cần thêm. Hãy kiểm tra lại ngày trong văn bản.',
  },
  make_up_on_working_day: {
    kind: 'invalid',
    sentence: 'Ngày {day} vốn là ngày làm việc nên không làm bù được. Hãy kiểm tra lại ngày trong văn bản.',
  },
  calendar_day_ordinary: {
    kind: 'invalid',
    sentence: 'Ngày {day} không phải ngày nghỉ hay làm bù đã quyết định nên không có gì để bỏ.',
  },
  calendar_year_not_next: {
    kind: 'invalid',
    sentence: 'Năm {year} chưa thể ghi là đã quyết định: năm kế tiếp cần quyết định là {next}.',
  },
  calendar_year_incomplete: {
    kind: 'invalid',
    sentence:
      'Lịch năm {year} chưa đủ: thiếu {days}. Thông báo cả năm phải nêu mọi ngày nghỉ lễ, Tết, kể cả ngày cố định.',
  },
  duplicate_decision: {
    kind: 'conflict',
    sentence: 'Văn bản “{document}” đã được ghi ({title}). Hãy mở quyết định đó để xem hoặc hoàn tác.',
  },
  effect_changed: {
    kind: 'stale',
    sentence:
      'Từ lúc xem trước đến nay có hồ sơ hoặc lịch vừa thay đổi nên tác động đã khác. Hãy xem lại tác động dưới đây rồi ghi.',
  },
  already_undone: { kind: 'conflict', sentence: 'Quyết định này đã được hoàn tác lúc {at}.' },
  calendar_changed_since: {
    kind: 'conflict',
    sentence:
      'Ngày {day} đã được một quyết định ghi sau thay đổi tiếp. Hãy hoàn tác quyết định đó trước, rồi hoàn tác quyết định này.',
  },
  invalid_decision: {
    kind: 'invalid',
    sentence: 'Quyết định nhập chưa đúng: {problem}. Hãy sửa rồi xem trước lại.',
  },
  unknown_template: {
    kind: 'not_found',
    sentence: 'Không có mẫu giấy tờ “{template}”. Hãy chọn một mẫu nêu trong docs/paper.md.',
  },
  broken_template: {
    kind: 'conflict',
    sentence: 'Mẫu {file} không dựng được, dòng {line}: {problem}. {advice}',
  },
  invalid_paper_data: {
    kind: 'invalid',
    sentence: 'Tệp dữ liệu “{file}” {problem}. Hãy sửa theo dữ liệu mẫu trong docs/paper.md.',
  },
  nothing_to_print: {
    kind: 'conflict',
    sentence: 'Hồ sơ chưa có việc nào lập “{paper}”. Hãy thực hiện việc đó rồi in.',
  },
  voided_dossier: {
    kind: 'conflict',
    sentence: 'Hồ sơ đã huỷ nên không lập thêm giấy tờ. Các bản đã lập vẫn xem lại được theo số bản.',
  },
  unknown_document: {
    kind: 'not_found',
    sentence: 'Chưa lập “{paper}” bản {version}. Hãy chọn một bản trong danh sách giấy tờ đã lập.',
  },
  damaged_document: {
    kind: 'unavailable',
    sentence:
      'Tệp {file} của “{paper}” bản {version} {problem} nên không in được. Hãy phục hồi đúng tệp này từ bản sao lưu; hệ thống không tự lập lại bản đã phát hành.',
  },
  unmarked_document: {
    kind: 'unavailable',
    sentence:
      '“{paper}” bản {version} đã hết giá trị mà không in được dấu “HẾT GIÁ TRỊ” lên trang nên không cho xem. Tệp đã lập còn nguyên; hãy báo người vận hành.',
  },
  no_feed_key: {
    kind: 'unavailable',
    sentence:
      'Chưa có khoá ký tại {file}. Hãy tạo bằng “npm run --silent motcua -- feed keys” rồi gửi khoá công khai cho tuyến trên đăng ký.',
  },
  invalid_feed_key: {
    kind: 'invalid',
    sentence:
      'Khoá công khai không đúng. Hãy dán nguyên dòng mà “npm run --silent motcua -- feed keys” in ra ở tuyến dưới.',
  },
  invalid_installation: {
    kind: 'invalid',
    sentence:
      'Tên hệ thống “{installation}” không hợp lệ. Hãy dùng chữ thường không dấu, số và dấu gạch nối, ví dụ xa-ngoc-ky.',
  },
  installation_taken: {
    kind: 'conflict',
    sentence:
      'Đã có hệ thống tuyến dưới tên “{installation}”. Hãy chọn tên khác, hoặc đổi khoá của nó bằng “feed set-key”.',
  },
  unknown_installation: {
    kind: 'not_found',
    sentence: 'Không có hệ thống tuyến dưới tên “{installation}”. Các tên đã đăng ký: {known}.',
  },
  feed_without_units: {
    kind: 'invalid',
    sentence: 'Hãy nêu ít nhất một đơn vị mà hệ thống này gửi số liệu.',
  },
  unit_fed_already: {
    kind: 'conflict',
    sentence:
      'Đơn vị “{unit}” đã do hệ thống “{installation}” gửi số liệu. Hãy ngừng hệ thống đó trước, rồi đăng ký từ ngày sau ngày ngừng.',
  },
  redis_silent: {
    kind: 'unavailable',
    sentence: 'Redis {name} không trả lời. Việc được làm lại tự động; hãy kiểm tra mạng và máy chủ Redis.',
  },
  feed_malformed: {
    kind: 'invalid',
    sentence:
      'Bản tin không đúng mẫu ({problem}). Hãy cài cùng một phiên bản phần mềm ở tuyến dưới và tuyến trên.',
  },
  feed_unit_not_answered: {
    kind: 'forbidden',
    sentence:
      'Đơn vị “{unit}” không được giao cho hệ thống “{installation}”. Hãy đăng ký đơn vị này cho hệ thống đó ở tuyến trên.',
  },
  feed_period_running: {
    kind: 'conflict',
    sentence: '{period} chưa kết thúc theo giờ của tuyến trên. Hãy chỉnh đồng hồ máy chủ của hai bên.',
  },
  feed_outside_time: {
    kind: 'conflict',
    sentence: '{period} nằm ngoài thời gian hệ thống “{installation}” được giao gửi số liệu.',
  },
  feed_unknown_procedure: {
    kind: 'invalid',
    sentence: 'Tuyến trên chưa có thủ tục mã {procedure}. Hãy thêm thủ tục này vào danh mục của tuyến trên.',
  },
  feed_unknown_unit: {
    kind: 'invalid',
    sentence: 'Tuyến trên chưa có đơn vị “{unit}”. Hãy thêm đơn vị này vào danh mục của tuyến trên.',
  },
  feed_does_not_add_up: {
    kind: 'invalid',
    sentence:
      'Số liệu của {unit}, {period}, bản {revision} không khớp nên không nhận. {problems} Hãy chạy “npm run --silent motcua -- verify” ở tuyến dưới.',
  },
  feed_conflict: {
    kind: 'conflict',
    sentence:
      'Bản {revision} của {unit}, {period} khác với bản cùng số đã nhận; bản đã nhận được giữ. Tuyến dưới có thể vừa khôi phục từ bản sao lưu cũ: xem docs/feed.md, mục “Khi tuyến dưới khôi phục”.',
  },
  feed_misses_earlier: {
    kind: 'conflict',
    sentence: 'Thiếu bản trước của bản {revision} ({unit}, {period}); tuyến dưới tự gửi lại theo thứ tự.',
  },
  feed_closed_here: {
    kind: 'conflict',
    sentence:
      'Tuyến trên đã tự chốt {period} cho đơn vị “{unit}”. Hãy đăng ký hệ thống tuyến dưới từ ngày sau kỳ đó.',
  },
  unknown_webhook: {
    kind: 'not_found',
    sentence: 'Không có webhook số {webhook}. Hãy chọn một webhook trong danh sách.',
  },
  unknown_delivery: {
    kind: 'not_found',
    sentence: 'Webhook số {webhook} không có tin số {delivery}. Hãy chọn một tin trong nhật ký gửi.',
  },
  webhook_label: {
    kind: 'invalid',
    sentence: 'Hãy đặt tên gọi cho webhook, dài không quá {most} ký tự.',
  },
  invalid_webhook_url: {
    kind: 'invalid',
    sentence:
      'Địa chỉ nhận “{url}” không dùng được. Hãy nhập địa chỉ đầy đủ bắt đầu bằng https:// hoặc http://, dài không quá 2000 ký tự.',
  },
  credentials_in_url: {
    kind: 'invalid',
    sentence:
      'Địa chỉ nhận không được chứa tên đăng nhập hay mật khẩu. Hãy bỏ phần trước dấu @; bên nhận kiểm tra tin bằng chữ ký.',
  },
  unknown_act: { kind: 'invalid', sentence: 'Không có việc “{act}”. Hãy chọn trong: {possible}.' },
  webhook_paused: {
    kind: 'conflict',
    sentence: 'Webhook đang tạm dừng nên không gửi lại được. Hãy cho chạy tiếp rồi gửi lại.',
  },
  unreadable_secret: {
    kind: 'conflict',
    sentence:
      'Khoá của máy này không mở được khoá ký của webhook số {webhook}. Hãy đổi khoá ký và báo khoá mới cho bên nhận.',
  },
  ...ACCOUNT_REFUSALS,
  ...DOSSIER_PAGE_REFUSALS,
  ...ADMIN_REFUSALS,
  ...PRIVACY_REFUSALS,
  ...QUEUE_REFUSALS,
  ...CUSTODY_REFUSALS,
  ...MESSAGE_REFUSALS,
} as const satisfies Record<string, { kind: RefusalKind; sentence: string }>

export type RefusalCode = keyof typeof REFUSALS

/** A refusal by a rule: `code` is a key of REFUSALS, `params` fill its sentence. */
export class RuleError extends Error {
  readonly code: RefusalCode
  readonly params: Readonly<Record<string, string | number>>

  constructor(code: RefusalCode, params: Readonly<Record<string, string | number>> = {}) {
    super(sentenceOf(code, params))
    this.name = 'RuleError'
    this.code = code
    this.params = params
  }

  get kind(): RefusalKind {
    return REFUSALS[this.code].kind
  }
}

function sentenceOf(code: RefusalCode, params: Readonly<Record<string, string | number>>): string {
  return REFUSALS[code].sentence.replace(/\{(\w+)\}/g, (_, name: string) => inWords(name, params[name] ?? ''))
}

/** A day as people write it; what was typed (`value`) as it was typed. */
function inWords(name: string, param: string | number): string {
  const [, year, month, date] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(String(param)) ?? []
  return year === undefined || name === 'value' ? String(param) : `${date}/${month}/${year}`
}
