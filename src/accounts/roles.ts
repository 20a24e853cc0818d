/** What somebody is: in a unit and everything below it (a membership), or for the whole installation. */
export const UNIT_ROLES = ['counter', 'officer', 'head', 'supervisor', 'appraiser', 'client'] as const
export const INSTALLATION_ROLES = ['administrator', 'auditor'] as const
export const ROLES = [...UNIT_ROLES, ...INSTALLATION_ROLES] as const

export type UnitRole = (typeof UNIT_ROLES)[number]
export type InstallationRole = (typeof INSTALLATION_ROLES)[number]
export type Role = (typeof ROLES)[number]

export const ROLE_LABELS = {
  counter: 'Cán bộ một cửa',
  officer: 'Công chức giải quyết',
  head: 'Người đứng đầu đơn vị',
  supervisor: 'Người theo dõi, giám sát',
  appraiser: 'Người thẩm định chỉ số',
  client: 'Phần mềm kết nối',
  administrator: 'Quản trị viên',
  auditor: 'Người kiểm tra',
} as const satisfies Record<Role, string>
