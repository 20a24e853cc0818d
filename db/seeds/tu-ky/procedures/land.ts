import { copyOf, defineProcedure, paper } from './define-procedure.ts'

const field = 'dat-dai'

/**
 * Land. Time for determining and performing financial obligations, posting and expert assessment is not
 * counted (NĐ 101/2024, NĐ 151/2025).
 */
export const landProcedures = [
  defineProcedure({
    code: '1.012787',
    name: 'Đăng ký đất đai, cấp Giấy chứng nhận quyền sử dụng đất lần đầu',
    field,
    level: 'district',
    resolver: 'phong-tai-nguyen-moi-truong',
    validFrom: '2024-08-01',
    limit: '20wd',
    onlineLevel: 3,
    clockPolicies: { verification: 'resume', consultation: 'resume' },
    components: [
      paper('Đơn đăng ký đất đai, tài sản gắn liền với đất (theo mẫu)'),
      copyOf('Giấy tờ về quyền sử dụng đất'),
      paper('Mảnh trích đo bản đồ địa chính thửa đất (nếu có)', { required: false }),
      copyOf('Chứng từ thực hiện nghĩa vụ tài chính (nếu có)', { required: false }),
    ],
    verified: false,
    source: 'Nghị định 101/2024/NĐ-CP; thời hạn do UBND tỉnh quy định, chưa đối chiếu',
  }),
  defineProcedure({
    code: '1.012994',
    name: 'Khấu trừ kinh phí bồi thường, hỗ trợ, tái định cư vào tiền sử dụng đất, tiền thuê đất',
    field,
    validFrom: '2025-07-01',
    limit: '21wd',
    onlineLevel: null,
    clockPolicies: { verification: 'resume', consultation: 'resume' },
    components: [
      paper('Văn bản đề nghị khấu trừ kinh phí bồi thường, hỗ trợ, tái định cư'),
      copyOf('Quyết định phê duyệt phương án bồi thường, hỗ trợ, tái định cư'),
      copyOf('Chứng từ chi trả tiền bồi thường, hỗ trợ, tái định cư'),
    ],
    // 168 working hours of 8 a day: Nghệ An's internal process, taken as a model of steps.
    steps: [
      { name: 'Tiếp nhận hồ sơ', unit: 'shop', limit: '4wh' },
      { name: 'Phân công thụ lý', unit: 'leader', limit: '4wh' },
      { name: 'Thẩm định hồ sơ, dự thảo kết quả', unit: 'resolver', limit: '112wh' },
      { name: 'Lãnh đạo phòng xem xét', unit: 'leader', limit: '24wh' },
      { name: 'Lãnh đạo UBND ký', unit: 'leader', limit: '16wh' },
      { name: 'Văn thư phát hành', unit: 'clerk', limit: '8wh' },
      { name: 'Trả kết quả', unit: 'shop', limit: null },
    ],
    verified: false,
    source: 'Quy trình nội bộ của tỉnh Nghệ An (Quyết định 3857/2025), dùng làm mẫu; chưa đối chiếu',
  }),
]
