import { copyOf, defineProcedure, paper } from './define-procedure.ts'

const UNCHECKED = 'theo kiến thức chung, chưa đối chiếu quyết định công bố'
const level = 'district'

const BUSINESS = { field: 'ho-kinh-doanh', level, resolver: 'phong-tai-chinh-ke-hoach' } as const
const BUSINESS_FEE = { fee: 100_000, feeNote: '100.000 đồng/lần; mức thu do HĐND tỉnh quy định' } as const
const SCHOOL = { field: 'giao-duc', level, resolver: 'phong-giao-duc' } as const

/**
 * Procedures of the district other than civil status. From 1/7/2025 communes or departments of the
 * province resolve them; which one is settled when a reorganisation is applied.
 */
export const districtProcedures = [
  defineProcedure({
    code: '1.001612',
    name: 'Đăng ký thành lập hộ kinh doanh',
    ...BUSINESS,
    ...BUSINESS_FEE,
    limit: '3wd',
    onlineLevel: 4,
    components: [
      paper('Giấy đề nghị đăng ký hộ kinh doanh (theo mẫu)'),
      copyOf('Giấy tờ pháp lý của cá nhân là chủ hộ kinh doanh'),
      copyOf('Biên bản họp thành viên hộ gia đình (nếu các thành viên cùng đăng ký)', { required: false }),
    ],
    verified: false,
    source: `Nghị định 01/2021/NĐ-CP Điều 87; thành phần hồ sơ ${UNCHECKED}`,
  }),
  defineProcedure({
    code: '2.000720',
    name: 'Đăng ký thay đổi nội dung đăng ký hộ kinh doanh',
    ...BUSINESS,
    ...BUSINESS_FEE,
    limit: '3wd',
    onlineLevel: 4,
    components: [
      paper('Thông báo thay đổi nội dung đăng ký hộ kinh doanh (theo mẫu)'),
      paper('Giấy chứng nhận đăng ký hộ kinh doanh đã cấp'),
      copyOf('Giấy tờ pháp lý của chủ hộ kinh doanh mới (nếu đổi chủ hộ)', { required: false }),
    ],
    verified: false,
    source: `Nghị định 01/2021/NĐ-CP Điều 90; mã và thành phần hồ sơ ${UNCHECKED}`,
  }),
  defineProcedure({
    code: '1.001266',
    name: 'Chấm dứt hoạt động hộ kinh doanh',
    ...BUSINESS,
    limit: '3wd',
    onlineLevel: 4,
    components: [
      paper('Thông báo về việc chấm dứt hoạt động hộ kinh doanh (theo mẫu)'),
      paper('Thông báo về việc chấm dứt hiệu lực mã số thuế'),
      paper('Bản gốc Giấy chứng nhận đăng ký hộ kinh doanh'),
    ],
    verified: false,
    source: `Nghị định 01/2021/NĐ-CP Điều 92; mã, thời hạn và thành phần hồ sơ ${UNCHECKED}`,
  }),
  defineProcedure({
    code: '1.009994',
    name: 'Cấp giấy phép xây dựng nhà ở riêng lẻ',
    field: 'xay-dung',
    level,
    resolver: 'phong-kinh-te-ha-tang',
    limit: '15d',
    onlineLevel: 3,
    fee: 75_000,
    feeNote: '75.000 đồng/giấy phép; mức thu do HĐND tỉnh quy định',
    components: [
      paper('Đơn đề nghị cấp giấy phép xây dựng (theo mẫu)'),
      copyOf('Giấy tờ hợp pháp về đất đai'),
      paper('Bản vẽ thiết kế xây dựng', { copies: 2 }),
      paper('Bản cam kết bảo đảm an toàn đối với công trình liền kề (nếu có)', { required: false }),
    ],
    verified: false,
    source: `Luật Xây dựng 50/2014/QH13 (sửa đổi 2020) Điều 102; mã và thành phần hồ sơ ${UNCHECKED}`,
  }),
  defineProcedure({
    code: '1.004563',
    name: 'Sáp nhập, chia, tách trường tiểu học',
    ...SCHOOL,
    limit: '20wd',
    onlineLevel: 4,
    components: [
      paper('Tờ trình đề nghị sáp nhập, chia, tách'),
      paper('Đề án sáp nhập, chia, tách'),
      copyOf('Các văn bản xác nhận về tài chính, tài sản, đất đai'),
    ],
    verified: false,
    source: `Nghị định 46/2017/NĐ-CP; thời hạn và thành phần hồ sơ ${UNCHECKED}`,
  }),
  defineProcedure({
    code: '1.001622',
    name: 'Hỗ trợ ăn trưa đối với trẻ em mẫu giáo',
    ...SCHOOL,
    limit: '24wd',
    onlineLevel: 3,
    components: [
      paper('Đơn đề nghị hỗ trợ ăn trưa (theo mẫu)'),
      copyOf('Giấy khai sinh của trẻ'),
      copyOf('Giấy tờ chứng minh thuộc đối tượng được hỗ trợ'),
    ],
    verified: false,
    source: `Nghị định 105/2020/NĐ-CP; thời hạn và thành phần hồ sơ ${UNCHECKED}`,
  }),
]
