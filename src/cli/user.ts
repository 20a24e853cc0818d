import {
  disableAccount,
  enableAccount,
  resetSecondFactor,
  unlinkIdentities,
} from '../accounts/manage-accounts.ts'
import { SYSTEM_OPERATOR } from '../deps.ts'
import type { Installation } from '../installation.ts'
import { command, noMoreThan, oneOf } from './command.ts'
import { withInstallation } from './installation-here.ts'
import { createUser, given, requireFactor, resetUser, userPost, userRole, write } from './user-acts.ts'
import { userJson, userTable } from './user-tables.ts'

const ACTIONS = [
  'list',
  'create',
  'disable',
  'enable',
  'reset',
  'reset-second-factor',
  'unlink',
  'role',
  'post',
  'second-factor-required',
] as const

export const user = command({
  usage: `motcua user list [--json]
motcua user create [TÊN] --name HỌ_TÊN | --officer KHOÁ [--role VAI_TRÒ --unit ĐƠN_VỊ --title CHỨC_DANH [--from NGÀY] [--fields LĨNH_VỰC,…]] [--administrator] [--auditor]
motcua user create [TÊN] --client --name TÊN_PHẦN_MỀM --unit ĐƠN_VỊ,ĐƠN_VỊ
motcua user disable|enable|reset|reset-second-factor|unlink TÊN
motcua user role TÊN administrator|auditor on|off
motcua user post TÊN
motcua user post TÊN --role VAI_TRÒ --unit ĐƠN_VỊ --title CHỨC_DANH [--from NGÀY] [--fields LĨNH_VỰC,…]
motcua user post TÊN --end SỐ [--on NGÀY] [--anyway]
motcua user second-factor-required on|off

Tài khoản, vai trò, vị trí (docs/accounts.md).

  list                    ai có tài khoản, giữ vai trò gì hôm nay, đăng nhập gần nhất
  create                  tạo tài khoản; in mật khẩu tạm, chỉ một lần, dùng được bảy ngày
  disable, enable         khoá, mở khoá
  reset                   đặt lại mật khẩu; in mật khẩu tạm, chỉ một lần; mọi phiên kết thúc
  reset-second-factor     gỡ xác thực hai lớp của người mất máy; mọi phiên kết thúc
  unlink                  gỡ liên kết với dịch vụ đăng nhập ngoài; mọi phiên kết thúc
  role                    giao hoặc thôi vai trò toàn hệ thống
  post                    xem, ghi, kết thúc vị trí tại đơn vị
  second-factor-required  bắt buộc quản trị viên dùng xác thực hai lớp
  TÊN                     tên đăng nhập; bỏ trống khi tạo: đặt theo họ tên
  --officer               khoá của cán bộ đã có trong danh mục
  --role                  counter, officer, head, supervisor, appraiser
  --from                  ngày đầu; mặc định hôm nay
  --end, --on             số của vị trí và ngày cuối; mặc định hôm nay
  --anyway                kết thúc dù đơn vị không còn người đứng đầu`,
  options: {
    json: { type: 'boolean', default: false },
    name: { type: 'string' },
    officer: { type: 'string' },
    client: { type: 'boolean', default: false },
    administrator: { type: 'boolean', default: false },
    auditor: { type: 'boolean', default: false },
    role: { type: 'string' },
    unit: { type: 'string' },
    title: { type: 'string' },
    from: { type: 'string' },
    fields: { type: 'string', default: '' },
    end: { type: 'string' },
    on: { type: 'string' },
    anyway: { type: 'boolean', default: false },
  },
  async run({ values, positionals: [word = '', name, ...rest] }, terminal) {
    const action = oneOf('Việc', word, ACTIONS)
    noMoreThan(action === 'role' ? 2 : 0, rest)
    await withInstallation(async (here) => {
      if (action === 'list') return terminal.out(values.json ? userJson(here) : userTable(here))
      if (action === 'create') return createUser(here, name, values, terminal)
      if (action === 'second-factor-required') return requireFactor(here, name, terminal)
      const username = given(name, 'Thiếu tên đăng nhập.')
      if (action === 'reset') return resetUser(here, username, terminal)
      if (action === 'post') return userPost(here, username, values, terminal)
      if (action === 'role') return userRole(here, username, rest, terminal)
      write(here, () => DEEDS[action].work(here, username))
      terminal.say(`${DEEDS[action].said} “${username}”.`)
    })
  },
})

const DEEDS = {
  disable: {
    work: (here, username) => disableAccount(here, SYSTEM_OPERATOR, username),
    said: 'Đã khoá tài khoản',
  },
  enable: {
    work: (here, username) => enableAccount(here, SYSTEM_OPERATOR, username),
    said: 'Đã mở khoá tài khoản',
  },
  'reset-second-factor': {
    work: (here, username) => resetSecondFactor(here, SYSTEM_OPERATOR, username),
    said: 'Đã gỡ xác thực hai lớp của',
  },
  unlink: {
    work: (here, username) => unlinkIdentities(here, SYSTEM_OPERATOR, username),
    said: 'Không còn liên kết nào của',
  },
} as const satisfies Record<
  string,
  { readonly work: (here: Installation, username: string) => void; readonly said: string }
>
