import { copyOf, defineProcedure, type ProcedureDraft, paper } from './define-procedure.ts'

type Draft = Omit<ProcedureDraft, 'field' | 'changes'> & { readonly changes?: ProcedureDraft['changes'] }

const GENERAL = 'thành phần hồ sơ theo kiến thức chung, chưa đối chiếu quyết định công bố'
const LAW = 'Luật Hộ tịch 60/2014/QH13'
// Luật Hộ tịch art 5.3: where the law sets no limit, the same day; received after 15:00 and not resolvable
// at once, the next working day.
const SAME_DAY = { limit: 'same-day', cutoff: '15:00' } as const
const BY_PROVINCE = 'Lệ phí theo nghị quyết của HĐND tỉnh; chưa nhập mức thu'

const DECLARATION = paper('Tờ khai theo mẫu')
const IDENTITY = copyOf('Giấy tờ tùy thân của người yêu cầu (xuất trình)')
const RESIDENCE = copyOf('Giấy tờ chứng minh nơi cư trú (xuất trình)')

const DRAFTS: readonly Draft[] = [
  {
    code: '1.001193',
    name: 'Đăng ký khai sinh',
    ...SAME_DAY,
    onlineLevel: 3,
    components: [
      paper('Tờ khai đăng ký khai sinh (theo mẫu)'),
      paper('Giấy chứng sinh'),
      copyOf('Giấy chứng nhận kết hôn của cha, mẹ (xuất trình, nếu đã đăng ký kết hôn)', { required: false }),
      IDENTITY,
    ],
    verified: true,
    source: `${LAW} Điều 5.3, 16`,
  },
  {
    code: '1.000656',
    name: 'Đăng ký khai tử',
    ...SAME_DAY,
    onlineLevel: 3,
    extensionDays: 3,
    components: [
      paper('Tờ khai đăng ký khai tử (theo mẫu)'),
      paper('Giấy báo tử hoặc giấy tờ thay Giấy báo tử'),
      IDENTITY,
    ],
    verified: true,
    source: `${LAW} Điều 5.3, 34`,
  },
  {
    code: '1.000894',
    name: 'Đăng ký kết hôn',
    ...SAME_DAY,
    onlineLevel: 3,
    extensionDays: 5,
    components: [
      paper('Tờ khai đăng ký kết hôn (theo mẫu)'),
      paper('Giấy xác nhận tình trạng hôn nhân (nếu đăng ký thường trú ở xã khác)', { required: false }),
      IDENTITY,
    ],
    verified: true,
    source: `${LAW} Điều 5.3, 18`,
  },
  {
    code: '1.000689',
    name: 'Đăng ký khai sinh kết hợp đăng ký nhận cha, mẹ, con',
    limit: '3wd',
    onlineLevel: 3,
    extensionDays: 5,
    components: [
      paper('Tờ khai đăng ký khai sinh (theo mẫu)'),
      paper('Tờ khai đăng ký nhận cha, mẹ, con (theo mẫu)'),
      paper('Giấy chứng sinh'),
      paper('Chứng cứ chứng minh quan hệ cha - con hoặc mẹ - con'),
    ],
    verified: false,
    source: `Thông tư 04/2020/TT-BTP; ${GENERAL}`,
  },
  {
    code: '1.001022',
    name: 'Đăng ký nhận cha, mẹ, con',
    limit: '3wd',
    onlineLevel: 2,
    extensionDays: 5,
    components: [
      paper('Tờ khai đăng ký nhận cha, mẹ, con (theo mẫu)'),
      paper('Chứng cứ chứng minh quan hệ cha - con hoặc mẹ - con'),
      IDENTITY,
    ],
    verified: true,
    source: `${LAW} Điều 25`,
  },
  {
    code: '1.004837',
    name: 'Đăng ký giám hộ',
    limit: '3wd',
    onlineLevel: 3,
    components: [
      paper('Tờ khai đăng ký giám hộ (theo mẫu)'),
      paper('Văn bản cử người giám hộ (giám hộ cử) hoặc giấy tờ chứng minh điều kiện giám hộ đương nhiên'),
      IDENTITY,
    ],
    verified: true,
    source: `${LAW} Điều 20, 21`,
  },
  {
    code: '1.004845',
    name: 'Đăng ký chấm dứt giám hộ',
    limit: '2wd',
    onlineLevel: 3,
    components: [
      paper('Tờ khai đăng ký chấm dứt giám hộ (theo mẫu)'),
      paper('Giấy tờ làm căn cứ chấm dứt giám hộ'),
      IDENTITY,
    ],
    verified: true,
    source: `${LAW} Điều 22`,
  },
  {
    code: '1.004859',
    name: 'Thay đổi, cải chính, bổ sung thông tin hộ tịch, xác định lại dân tộc',
    limit: '3wd',
    onlineLevel: 3,
    feeNote: BY_PROVINCE,
    extensionDays: 3,
    components: [
      paper('Tờ khai thay đổi, cải chính, bổ sung thông tin hộ tịch (theo mẫu)'),
      paper('Giấy tờ liên quan đến việc thay đổi, cải chính'),
      IDENTITY,
    ],
    verified: true,
    source: `${LAW} Điều 28`,
  },
  {
    code: '1.004873',
    name: 'Cấp Giấy xác nhận tình trạng hôn nhân',
    limit: '3wd',
    onlineLevel: 4,
    feeNote: BY_PROVINCE,
    components: [
      paper('Tờ khai cấp Giấy xác nhận tình trạng hôn nhân (theo mẫu)'),
      copyOf('Bản án ly hôn hoặc trích lục khai tử của vợ, chồng (nếu có)', { required: false }),
      IDENTITY,
    ],
    verified: false,
    source: `Nghị định 123/2015/NĐ-CP Điều 22; ${GENERAL}`,
  },
  {
    code: '1.004884',
    name: 'Đăng ký lại khai sinh',
    limit: '5wd',
    onlineLevel: 3,
    extensionDays: 3,
    components: [
      paper('Tờ khai đăng ký lại khai sinh (theo mẫu)'),
      copyOf('Giấy tờ, hồ sơ cá nhân có thông tin khai sinh'),
      RESIDENCE,
    ],
    verified: false,
    source: `Nghị định 123/2015/NĐ-CP Điều 26; ${GENERAL}`,
  },
  {
    code: '1.004746',
    name: 'Đăng ký lại kết hôn',
    limit: '5wd',
    onlineLevel: 3,
    extensionDays: 3,
    components: [
      paper('Tờ khai đăng ký lại kết hôn (theo mẫu)'),
      copyOf('Bản sao Giấy chứng nhận kết hôn cấp trước đây (nếu có)', { required: false }),
      IDENTITY,
    ],
    verified: false,
    source: `Nghị định 123/2015/NĐ-CP Điều 27; ${GENERAL}`,
  },
  {
    code: '1.005461',
    name: 'Đăng ký lại khai tử',
    limit: '5wd',
    onlineLevel: 3,
    extensionDays: 3,
    components: [
      paper('Tờ khai đăng ký lại khai tử (theo mẫu)'),
      copyOf('Bản sao Giấy chứng tử trước đây hoặc giấy tờ chứng minh sự kiện chết'),
      IDENTITY,
    ],
    verified: false,
    source: `Nghị định 123/2015/NĐ-CP Điều 28; ${GENERAL}`,
  },
  {
    code: '1.003583',
    name: 'Đăng ký khai sinh lưu động',
    limit: '5wd',
    onlineLevel: 2,
    components: [DECLARATION, paper('Giấy chứng sinh'), IDENTITY],
    verified: false,
    source: `Thông tư 04/2020/TT-BTP; ${GENERAL}`,
  },
  {
    code: '1.000419',
    name: 'Đăng ký khai tử lưu động',
    limit: '5wd',
    onlineLevel: 2,
    components: [DECLARATION, paper('Giấy báo tử hoặc giấy tờ thay Giấy báo tử'), IDENTITY],
    verified: false,
    source: `Thông tư 04/2020/TT-BTP; ${GENERAL}`,
  },
  {
    code: '2.000635',
    name: 'Cấp bản sao trích lục hộ tịch, bản sao Giấy khai sinh',
    ...SAME_DAY,
    onlineLevel: 4,
    fee: 8000,
    feeNote: '8.000 đồng/bản sao (Thông tư 281/2016/TT-BTC)',
    components: [
      paper('Tờ khai cấp bản sao trích lục hộ tịch (theo mẫu)'),
      IDENTITY,
      copyOf('Văn bản ủy quyền (nếu ủy quyền)', { required: false }),
    ],
    verified: false,
    source: `${LAW} Điều 5.3, 64; ${GENERAL}`,
  },
  {
    code: '2.000528',
    name: 'Đăng ký khai sinh có yếu tố nước ngoài',
    level: 'district',
    resolver: 'phong-tu-phap',
    ...SAME_DAY,
    onlineLevel: 3,
    feeNote: BY_PROVINCE,
    components: [
      paper('Tờ khai đăng ký khai sinh (theo mẫu)'),
      paper('Giấy chứng sinh'),
      paper('Văn bản thỏa thuận của cha, mẹ về quốc tịch của con (nếu có cha hoặc mẹ là người nước ngoài)', {
        required: false,
      }),
      IDENTITY,
    ],
    verified: true,
    source: `${LAW} Điều 5.3, 36`,
  },
  {
    code: '2.000806',
    name: 'Đăng ký kết hôn có yếu tố nước ngoài',
    level: 'district',
    resolver: 'phong-tu-phap',
    limit: '15d',
    onlineLevel: 3,
    feeNote: BY_PROVINCE,
    components: [
      paper('Tờ khai đăng ký kết hôn (theo mẫu)'),
      paper('Giấy xác nhận của tổ chức y tế về tình trạng sức khỏe tâm thần', { copies: 2 }),
      paper('Giấy tờ chứng minh tình trạng hôn nhân của người nước ngoài'),
      copyOf('Hộ chiếu hoặc giấy tờ thay hộ chiếu'),
    ],
    verified: true,
    source: `${LAW} Điều 38; Nghị định 123/2015/NĐ-CP Điều 31`,
    changes: {
      '2025-07-01': { limit: '5wd', extensionDays: 5, source: `Nghị định 120/2025/NĐ-CP; ${GENERAL}` },
    },
  },
  {
    code: '2.000748',
    name: 'Thay đổi, cải chính, bổ sung thông tin hộ tịch, xác định lại dân tộc có yếu tố nước ngoài',
    level: 'district',
    resolver: 'phong-tu-phap',
    limit: '3wd',
    onlineLevel: 3,
    feeNote: BY_PROVINCE,
    extensionDays: 3,
    components: [
      paper('Tờ khai thay đổi, cải chính, bổ sung thông tin hộ tịch (theo mẫu)'),
      paper('Giấy tờ liên quan đến việc thay đổi, cải chính'),
      IDENTITY,
    ],
    verified: true,
    source: `${LAW} Điều 28, 47`,
  },
  {
    code: '1.001669',
    name: 'Đăng ký giám hộ có yếu tố nước ngoài',
    level: 'district',
    resolver: 'phong-tu-phap',
    limit: '5wd',
    onlineLevel: 3,
    feeNote: BY_PROVINCE,
    components: [
      paper('Tờ khai đăng ký giám hộ (theo mẫu)'),
      paper('Văn bản cử người giám hộ hoặc giấy tờ chứng minh điều kiện giám hộ đương nhiên'),
      copyOf('Hộ chiếu hoặc giấy tờ tùy thân'),
    ],
    verified: true,
    source: `${LAW} Điều 40`,
  },
  {
    code: '2.000986',
    name: 'Liên thông đăng ký khai sinh, đăng ký thường trú, cấp thẻ bảo hiểm y tế cho trẻ em dưới 6 tuổi',
    interAgency: true,
    limit: '3wd',
    cutoff: '15:00',
    onlineLevel: 4,
    extensionDays: 2,
    components: [
      paper('Tờ khai liên thông đăng ký khai sinh, đăng ký thường trú, cấp thẻ bảo hiểm y tế (theo mẫu)'),
      paper('Giấy chứng sinh'),
      paper('Ý kiến đồng ý của chủ hộ (nếu đăng ký thường trú vào hộ của người khác)', { required: false }),
    ],
    steps: [
      { name: 'Tiếp nhận, kiểm tra hồ sơ', unit: 'shop', limit: '2wh' },
      { name: 'Đăng ký khai sinh', unit: 'resolver', limit: '4wh' },
      { name: 'Ký Giấy khai sinh', unit: 'leader', limit: '2wh' },
      { name: 'Đăng ký thường trú', unit: 'cong-an-huyen', limit: '8wh' },
      { name: 'Cấp thẻ bảo hiểm y tế', unit: 'bao-hiem-xa-hoi', limit: '8wh' },
      { name: 'Trả kết quả', unit: 'shop', limit: null },
    ],
    // The limit is that of NĐ 63/2024; the earlier joint circular had a longer one, which was not checked.
    verified: false,
    source: `Thời hạn theo Nghị định 63/2024/NĐ-CP Điều 7, áp dụng tạm cho thời gian trước 01/7/2024; ${GENERAL}`,
    changes: { '2024-07-01': { source: `Nghị định 63/2024/NĐ-CP Điều 7; ${GENERAL}` } },
  },
]

// NĐ 07/2025: in civil status the time for sending a verification request and getting the answer is not
// counted; before, the law gave an extension instead.
const VERIFICATION_NOT_COUNTED = {
  '2025-01-09': {
    clockPolicies: {
      supplement: 'restart',
      payment: 'resume',
      verification: 'resume',
      consultation: 'no_effect',
    },
  },
} as const satisfies ProcedureDraft['changes']

/** Civil status: at communes, and with a foreign element at the district until 30/6/2025. */
export const civilStatusProcedures = DRAFTS.map((draft) =>
  defineProcedure({
    ...draft,
    field: 'ho-tich',
    changes: { ...VERIFICATION_NOT_COUNTED, ...draft.changes },
  }),
)
