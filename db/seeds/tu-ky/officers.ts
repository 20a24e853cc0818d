import type { MembershipSeed, OfficerSeed } from '../reference-types.ts'
import { communeKeys, DISTRICT, DISTRICT_SHOP, departmentKeys } from './units.ts'

const FROM = '2019-12-01'

const FAMILY_NAMES = ['Nguyễn', 'Phạm', 'Vũ', 'Trần', 'Lê', 'Đoàn', 'Bùi', 'Hoàng', 'Đặng', 'Đỗ', 'Ngô']
// 11 family names and 15 given names have no common factor: 165 men and 165 women before one comes again.
const MEN = [
  'Văn Khải',
  'Đức Thuận',
  'Hữu Tĩnh',
  'Quang Viễn',
  'Xuân Lộc',
  'Minh Trí',
  'Trọng Nghĩa',
  'Bá Thịnh',
  'Công Luận',
  'Đình Phúc',
  'Văn Toản',
  'Khắc Hiếu',
  'Ngọc Sáng',
  'Thế Vinh',
  'Duy Hải',
]
const WOMEN = [
  'Thị Thơm',
  'Thị Hiên',
  'Thu Quế',
  'Thị Ngân',
  'Thanh Mận',
  'Thị Duyên',
  'Hồng Lam',
  'Thị Lụa',
  'Bích Đào',
  'Thị Nhàn',
  'Kim Oanh',
  'Thị Vân',
  'Thùy Linh',
  'Thị Gấm',
  'Minh Huệ',
]

/** Posts of a commune: key part, role, title, fields. */
const COMMUNE_POSTS = [
  ['chu-tich', 'head', 'Chủ tịch UBND', []],
  ['mot-cua-1', 'counter', 'Công chức Tư pháp - Hộ tịch', ['ho-tich', 'chung-thuc', 'nuoi-con-nuoi']],
  ['mot-cua-2', 'counter', 'Công chức Văn phòng - Thống kê', []],
  [
    'van-hoa-xa-hoi',
    'officer',
    'Công chức Văn hóa - Xã hội',
    ['bao-tro-xa-hoi', 'giam-ngheo', 'nguoi-co-cong', 'hoa-giai-co-so'],
  ],
  ['cong-an', 'officer', 'Công an xã', ['cu-tru']],
] as const

/** Officers of a department that has procedures of its own: one per entry; the others have one. */
const DEPARTMENT_FIELDS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  'phong-tu-phap': [['ho-tich'], ['ho-tich', 'chung-thuc']],
  'phong-tai-chinh-ke-hoach': [['ho-kinh-doanh'], ['ho-kinh-doanh']],
  'phong-kinh-te-ha-tang': [['xay-dung'], ['xay-dung']],
  'phong-giao-duc': [['giao-duc'], ['giao-duc']],
  'phong-tai-nguyen-moi-truong': [['dat-dai'], ['dat-dai']],
}

/** In this commune the chair changed in the middle of 2022. */
const CHANGED_HEAD = { unit: 'xa-quang-phuc', last: '2022-06-14', first: '2022-06-15' } as const

/** Officers of the demo. All names are invented; any likeness to a real person is chance. */
export const officers: readonly OfficerSeed[] = [
  ...communeKeys.flatMap(communeOfficers),
  {
    key: `${CHANGED_HEAD.unit}.chu-tich-2`,
    name: nameOf(7, 5),
    memberships: [post(CHANGED_HEAD.unit, 'head', 'Chủ tịch UBND', [], { from: CHANGED_HEAD.first })],
  },
  ...departmentKeys.flatMap(departmentOfficers),
  ...districtOfficers(),
]

function communeOfficers(unit: string, index: number): OfficerSeed[] {
  return COMMUNE_POSTS.map(([part, role, title, fields], seat) => {
    const leaves = role === 'head' && unit === CHANGED_HEAD.unit
    return {
      key: `${unit}.${part}`,
      name: nameOf(index, seat),
      memberships: [post(unit, role, title, fields, leaves ? { to: CHANGED_HEAD.last } : {})],
    }
  })
}

function departmentOfficers(unit: string, index: number): OfficerSeed[] {
  const fieldsOf = DEPARTMENT_FIELDS[unit] ?? [[]]
  const title =
    unit === 'van-phong' ? 'Chánh Văn phòng' : unit === 'thanh-tra-huyen' ? 'Chánh Thanh tra' : 'Trưởng phòng'
  return [
    {
      key: `${unit}.truong`,
      name: nameOf(index + 30, 0),
      memberships: [post(unit, 'head', title, [])],
    },
    ...fieldsOf.map((fields, seat) => ({
      key: `${unit}.chuyen-vien-${seat + 1}`,
      name: nameOf(index + 30, seat + 1),
      memberships: [post(unit, 'officer', 'Chuyên viên', fields)],
    })),
  ]
}

function districtOfficers(): OfficerSeed[] {
  const counters = [1, 2, 3].map((seat) => ({
    key: `${DISTRICT_SHOP}.quay-${seat}`,
    name: nameOf(50, seat),
    memberships: [post(DISTRICT_SHOP, 'counter', 'Cán bộ tiếp nhận và trả kết quả', [])],
  }))
  return [
    ...counters,
    {
      key: `${DISTRICT_SHOP}.truong`,
      name: nameOf(50, 0),
      memberships: [
        post(DISTRICT_SHOP, 'head', 'Phó Chánh Văn phòng phụ trách Bộ phận Tiếp nhận và Trả kết quả', []),
      ],
    },
    {
      key: `${DISTRICT}.chu-tich`,
      name: nameOf(51, 0),
      memberships: [post(DISTRICT, 'head', 'Chủ tịch UBND huyện', [])],
    },
    {
      key: `${DISTRICT}.giam-sat`,
      name: nameOf(51, 1),
      memberships: [
        post(DISTRICT, 'supervisor', 'Phó Chủ tịch UBND huyện phụ trách cải cách hành chính', []),
      ],
    },
  ]
}

function post(
  unit: string,
  role: MembershipSeed['role'],
  title: string,
  fields: readonly string[],
  time: { from?: string; to?: string } = {},
): MembershipSeed {
  return { unit, role, title, from: time.from ?? FROM, to: time.to ?? null, fields }
}

/** Walks both name lists in step; even numbers are men. */
function nameOf(group: number, seat: number): string {
  const number = group * 6 + seat
  const given = number % 2 === 0 ? MEN : WOMEN
  const round = Math.floor(number / 2)
  return `${FAMILY_NAMES[round % FAMILY_NAMES.length]!} ${given[round % given.length]!}`
}
