import { copyOf, defineProcedure, paper } from './define-procedure.ts'

const field = 'cu-tru'
const SOURCE =
  'Luật Cư trú 68/2020/QH14 Điều 22, 25, 28; thành phần hồ sơ theo kiến thức chung, chưa đối chiếu'
const FEE = 'Lệ phí theo văn bản từng thời kỳ; chưa nhập mức thu'
const CHANGE_FORM = paper('Tờ khai thay đổi thông tin cư trú (theo mẫu)')

/** Residence: commune police, received at the commune's shop. */
export const residenceProcedures = [
  defineProcedure({
    code: '1.004194',
    name: 'Đăng ký tạm trú',
    field,
    limit: '3wd',
    onlineLevel: 4,
    feeNote: FEE,
    components: [
      CHANGE_FORM,
      copyOf('Giấy tờ chứng minh chỗ ở hợp pháp'),
      copyOf('Giấy tờ tùy thân', { required: false }),
    ],
    verified: false,
    source: SOURCE,
  }),
  defineProcedure({
    code: '1.004222',
    name: 'Đăng ký thường trú',
    field,
    limit: '7wd',
    onlineLevel: 4,
    feeNote: FEE,
    components: [
      CHANGE_FORM,
      copyOf('Giấy tờ chứng minh chỗ ở hợp pháp'),
      copyOf('Giấy tờ chứng minh quan hệ nhân thân (nếu nhập vào hộ của người khác)', { required: false }),
    ],
    verified: false,
    source: SOURCE,
  }),
  defineProcedure({
    code: '1.010038',
    name: 'Tách hộ',
    field,
    limit: '5wd',
    onlineLevel: 4,
    feeNote: FEE,
    components: [CHANGE_FORM, copyOf('Giấy tờ chứng minh chỗ ở hợp pháp')],
    verified: false,
    source: SOURCE,
  }),
]
