import { copyOf, defineProcedure, paper } from './define-procedure.ts'

const field = 'chung-thuc'
const DECREE = 'Nghị định 23/2015/NĐ-CP'
// NĐ 23/2015 art 7: the same day, or the next working day if received after 15:00; art 21: two working
// days more where the papers are many or hard to check.
const SAME_DAY = { limit: 'same-day', cutoff: '15:00' } as const
const PER_PAGE = '2.000 đồng/trang; từ trang thứ ba 1.000 đồng/trang, tối đa 200.000 đồng/bản'
const PER_ACT = '50.000 đồng/trường hợp'
const IDENTITY = copyOf('Giấy tờ tùy thân còn giá trị sử dụng (xuất trình)')

/** Certification (NĐ 23/2015): copies and signatures are answered at once and only recorded. */
export const certificationProcedures = [
  defineProcedure({
    code: '2.000908',
    name: 'Cấp bản sao từ sổ gốc',
    field,
    ...SAME_DAY,
    onlineLevel: 3,
    components: [
      IDENTITY,
      paper('Giấy tờ chứng minh quan hệ với người được cấp bản chính (nếu là người khác yêu cầu)', {
        required: false,
      }),
    ],
    verified: true,
    source: `${DECREE} Điều 7, 16, 17`,
  }),
  defineProcedure({
    code: '2.000815',
    name: 'Chứng thực bản sao từ bản chính giấy tờ, văn bản',
    field,
    ...SAME_DAY,
    onlineLevel: 2,
    fee: 2000,
    feeNote: PER_PAGE,
    instant: true,
    extensionDays: 2,
    components: [paper('Bản chính giấy tờ, văn bản (xuất trình)'), copyOf('Bản sao cần chứng thực')],
    verified: true,
    source: `${DECREE} Điều 7, 20, 21; phí: Thông tư 226/2016/TT-BTC`,
  }),
  defineProcedure({
    code: '2.000884',
    name: 'Chứng thực chữ ký',
    field,
    ...SAME_DAY,
    onlineLevel: 2,
    fee: 10_000,
    feeNote: '10.000 đồng/trường hợp',
    instant: true,
    components: [IDENTITY, paper('Giấy tờ, văn bản sẽ ký')],
    verified: true,
    source: `${DECREE} Điều 7, 24; phí: Thông tư 226/2016/TT-BTC`,
  }),
  defineProcedure({
    code: '2.001035',
    name: 'Chứng thực giao dịch liên quan đến tài sản là động sản, quyền sử dụng đất, nhà ở',
    field,
    limit: '2wd',
    onlineLevel: 2,
    fee: 50_000,
    feeNote: PER_ACT,
    extensionDays: 2,
    components: [
      paper('Dự thảo hợp đồng, giao dịch', { copies: 3 }),
      IDENTITY,
      copyOf('Giấy chứng nhận quyền sử dụng, quyền sở hữu tài sản'),
    ],
    verified: true,
    source: `${DECREE} Điều 36, 37; phí: Thông tư 226/2016/TT-BTC`,
  }),
  defineProcedure({
    code: '2.001019',
    name: 'Chứng thực di chúc',
    field,
    limit: '2wd',
    onlineLevel: 2,
    fee: 50_000,
    feeNote: PER_ACT,
    extensionDays: 2,
    components: [
      paper('Dự thảo di chúc', { copies: 2 }),
      IDENTITY,
      copyOf('Giấy tờ về tài sản', { required: false }),
    ],
    verified: true,
    source: `${DECREE} Điều 36, 37, 56; phí: Thông tư 226/2016/TT-BTC`,
  }),
  defineProcedure({
    code: '2.001016',
    name: 'Chứng thực văn bản từ chối nhận di sản',
    field,
    limit: '2wd',
    onlineLevel: 2,
    fee: 50_000,
    feeNote: PER_ACT,
    extensionDays: 2,
    components: [
      paper('Dự thảo văn bản từ chối nhận di sản', { copies: 2 }),
      IDENTITY,
      copyOf('Giấy tờ chứng minh quan hệ thừa kế'),
    ],
    verified: true,
    source: `${DECREE} Điều 36, 37, 59; phí: Thông tư 226/2016/TT-BTC`,
  }),
]
