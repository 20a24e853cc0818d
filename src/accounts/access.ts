import type { Actor } from '../deps.ts'
import { RuleError } from '../domain/refusals.ts'
import { ROLE_LABELS, type Role } from './roles.ts'

const STAFF = ['counter', 'officer', 'head'] as const
const READERS = [...STAFF, 'supervisor', 'appraiser', 'auditor'] as const
const PEOPLE = [...READERS, 'administrator'] as const
const ALL = [...PEOPLE, 'client'] as const

/**
 * Who may do what: the one table, for every door; docs/roles.md shows it to people. In which units is asked of the posts
 * they hold (`standFor`). `label` is what an administrator reads.
 */
export const PERMISSIONS = {
  own_account: { label: 'Tài khoản, phiên và uỷ quyền của mình', roles: PEOPLE },
  leave_of_unit: { label: 'Ghi uỷ quyền cho người của đơn vị', roles: ['head'] },
  dossiers_read: { label: 'Xem hồ sơ', roles: [...READERS, 'client'] },
  dossiers_write: { label: 'Tiếp nhận và xử lý hồ sơ', roles: [...STAFF, 'client'] },
  back_entry_read: { label: 'Xem phiếu và lần gián đoạn', roles: [...STAFF, 'supervisor', 'auditor'] },
  back_entry: { label: 'In phiếu gián đoạn, nhập bù', roles: STAFF },
  outages_declare: { label: 'Khai báo gián đoạn', roles: ['head'] },
  documents_issue: { label: 'Lập và in giấy tờ', roles: [...STAFF, 'client'] },
  corrections_ask: { label: 'Khép muộn, đề nghị đính chính', roles: [...STAFF, 'client'] },
  corrections_read: { label: 'Xem đề nghị đính chính', roles: [...STAFF, 'supervisor', 'auditor', 'client'] },
  corrections_decide: { label: 'Duyệt đính chính', roles: ['head', 'supervisor'] },
  correction_setting: { label: 'Đặt cách duyệt đính chính', roles: ['administrator'] },
  reports_read: { label: 'Xem báo cáo và chỉ số', roles: ALL },
  reports_issue: { label: 'Lập và in biểu báo cáo', roles: [...STAFF, 'supervisor'] },
  exports: { label: 'Xuất sổ có dữ liệu cá nhân', roles: ['head', 'supervisor', 'client'] },
  imports_read: { label: 'Xem các lần nhập sổ', roles: ['head', 'supervisor', 'auditor', 'client'] },
  imports: { label: 'Nhập sổ', roles: ['head', 'client'] },
  registers_read: {
    label: 'Xem sổ theo dõi, biên lai, cuối ngày',
    roles: [...STAFF, 'supervisor', 'auditor'],
  },
  registers_close: { label: 'Khoá sổ theo dõi của năm', roles: ['head', 'supervisor'] },
  catalogue_read: { label: 'Xem danh mục: đơn vị, thủ tục, lịch', roles: ALL },
  catalogue_write: {
    label: 'Đổi danh mục thủ tục, giờ làm việc, liên hệ của đơn vị',
    roles: ['administrator'],
  },
  calendar_decide: { label: 'Ghi quyết định về lịch làm việc', roles: ['head', 'administrator'] },
  calendar_of_all: { label: 'Ghi quyết định về lịch của mọi đơn vị', roles: ['administrator'] },
  units_reorganise: { label: 'Ghi sắp xếp đơn vị', roles: ['administrator'] },
  units_assign: { label: 'Phân công hồ sơ của đơn vị cũ', roles: ['head', 'supervisor'] },
  webhooks_read: { label: 'Xem webhook và nhật ký gửi', roles: ['administrator', 'auditor'] },
  webhooks: { label: 'Đặt webhook', roles: ['administrator'] },
  messages_set: { label: 'Đặt cách nhắn tin cho người dân', roles: ['administrator'] },
  exchange: { label: 'Đồng bộ Cổng dịch vụ công', roles: ['supervisor', 'client'] },
  children: { label: 'Đăng ký hệ thống tuyến dưới', roles: ['administrator'] },
  status_read: { label: 'Tình trạng hệ thống', roles: ['head', 'supervisor', 'administrator', 'auditor'] },
  jobs: { label: 'Chạy lại việc nền, tắt cảnh báo', roles: ['administrator'] },
  settings: { label: 'Xem và đổi thiết lập, mẫu giấy', roles: ['administrator'] },
  accounts: { label: 'Tài khoản, vai trò, khoá API', roles: ['administrator'] },
  audit_read: { label: 'Nhật ký kiểm tra', roles: ['auditor', 'administrator'] },
} as const satisfies Record<string, { readonly label: string; readonly roles: readonly Role[] }>

export type Permission = keyof typeof PERMISSIONS

/** Whether the actor may do this somewhere. The machine's own operator may do everything; a token is bound by its scopes. */
export function may({ role, roles, scopes }: Actor, permission: Permission): boolean {
  if (role === 'operator' || role === 'system') return true
  if (scopes !== undefined && !scopes.includes(permission)) return false
  const granted: readonly string[] = PERMISSIONS[permission].roles
  return (roles ?? [role]).some((each) => granted.includes(each))
}

/** Refuses (`not_permitted`) who may not. */
export function must(actor: Actor, permission: Permission): void {
  if (!may(actor, permission)) refuse(permission)
}

/** Throws `not_permitted` with those who may. */
export function refuse(permission: Permission): never {
  const { label, roles } = PERMISSIONS[permission]
  throw new RuleError('not_permitted', {
    what: label,
    who: roles.map((role) => ROLE_LABELS[role].toLowerCase()).join(', '),
  })
}
