import type { UnitSeed, UnitVersionSeed } from '../reference-types.ts'

const FROM = '2019-12-01'
const NQ_788 = 'Nghị quyết 788/NQ-UBTVQH14'

/** `[key, name, short name, GSO code, second block of the sample agency code, founding document]` */
type CommuneRow = readonly [string, string, string, string, string, string | null]

/** The town and 22 communes from 1/12/2019 to 30/11/2024. Chí Minh's GSO code is not certain. */
const COMMUNES: readonly CommuneRow[] = [
  ['thi-tran-tu-ky', 'Thị trấn Tứ Kỳ', 'TT Tứ Kỳ', '11074', '21', null],
  ['xa-dai-son', 'Xã Đại Sơn', 'Đại Sơn', '11083', '22', NQ_788],
  ['xa-hung-dao', 'Xã Hưng Đạo', 'Hưng Đạo', '11086', '23', null],
  ['xa-ngoc-ky', 'Xã Ngọc Kỳ', 'Ngọc Kỳ', '11089', '24', null],
  ['xa-binh-lang', 'Xã Bình Lãng', 'Bình Lãng', '11092', '25', null],
  ['xa-chi-minh', 'Xã Chí Minh', 'Chí Minh', '11095', '26', NQ_788],
  ['xa-tai-son', 'Xã Tái Sơn', 'Tái Sơn', '11098', '27', null],
  ['xa-quang-phuc', 'Xã Quang Phục', 'Quang Phục', '11101', '28', null],
  ['xa-dan-chu', 'Xã Dân Chủ', 'Dân Chủ', '11110', '29', null],
  ['xa-tan-ky', 'Xã Tân Kỳ', 'Tân Kỳ', '11113', '30', null],
  ['xa-quang-khai', 'Xã Quang Khải', 'Quang Khải', '11116', '31', null],
  ['xa-dai-hop', 'Xã Đại Hợp', 'Đại Hợp', '11119', '32', null],
  ['xa-quang-nghiep', 'Xã Quảng Nghiệp', 'Quảng Nghiệp', '11122', '33', null],
  ['xa-an-thanh', 'Xã An Thanh', 'An Thanh', '11125', '34', null],
  ['xa-minh-duc', 'Xã Minh Đức', 'Minh Đức', '11128', '35', null],
  ['xa-van-to', 'Xã Văn Tố', 'Văn Tố', '11131', '36', null],
  ['xa-quang-trung', 'Xã Quang Trung', 'Quang Trung', '11134', '37', null],
  ['xa-phuong-ky', 'Xã Phượng Kỳ', 'Phượng Kỳ', '11137', '38', null],
  ['xa-cong-lac', 'Xã Cộng Lạc', 'Cộng Lạc', '11140', '39', null],
  ['xa-tien-dong', 'Xã Tiên Động', 'Tiên Động', '11143', '40', null],
  ['xa-nguyen-giap', 'Xã Nguyên Giáp', 'Nguyên Giáp', '11146', '41', null],
  ['xa-ha-ky', 'Xã Hà Kỳ', 'Hà Kỳ', '11149', '42', null],
  ['xa-ha-thanh', 'Xã Hà Thanh', 'Hà Thanh', '11152', '43', null],
]

/** `[key, name, short name, second block of the sample agency code]` */
type DepartmentRow = readonly [string, string, string, string]

const DEPARTMENTS: readonly DepartmentRow[] = [
  ['van-phong', 'Văn phòng HĐND và UBND huyện Tứ Kỳ', 'Văn phòng', '01'],
  ['phong-tu-phap', 'Phòng Tư pháp huyện Tứ Kỳ', 'Tư pháp', '02'],
  ['phong-tai-chinh-ke-hoach', 'Phòng Tài chính - Kế hoạch huyện Tứ Kỳ', 'Tài chính - Kế hoạch', '03'],
  [
    'phong-tai-nguyen-moi-truong',
    'Phòng Tài nguyên và Môi trường huyện Tứ Kỳ',
    'Tài nguyên - Môi trường',
    '04',
  ],
  ['phong-kinh-te-ha-tang', 'Phòng Kinh tế và Hạ tầng huyện Tứ Kỳ', 'Kinh tế - Hạ tầng', '05'],
  ['phong-nong-nghiep', 'Phòng Nông nghiệp và Phát triển nông thôn huyện Tứ Kỳ', 'Nông nghiệp', '06'],
  [
    'phong-lao-dong',
    'Phòng Lao động - Thương binh và Xã hội huyện Tứ Kỳ',
    'Lao động - Thương binh - Xã hội',
    '07',
  ],
  ['phong-giao-duc', 'Phòng Giáo dục và Đào tạo huyện Tứ Kỳ', 'Giáo dục - Đào tạo', '08'],
  ['phong-van-hoa-thong-tin', 'Phòng Văn hóa và Thông tin huyện Tứ Kỳ', 'Văn hóa - Thông tin', '09'],
  ['phong-noi-vu', 'Phòng Nội vụ huyện Tứ Kỳ', 'Nội vụ', '10'],
  ['phong-y-te', 'Phòng Y tế huyện Tứ Kỳ', 'Y tế', '11'],
  ['thanh-tra-huyen', 'Thanh tra huyện Tứ Kỳ', 'Thanh tra', '12'],
]

/** Bodies of the central line that take part in inter-agency procedures. */
const VERTICAL_BODIES: readonly DepartmentRow[] = [
  ['chi-nhanh-dat-dai', 'Chi nhánh Văn phòng đăng ký đất đai huyện Tứ Kỳ', 'Đăng ký đất đai', '13'],
  ['cong-an-huyen', 'Công an huyện Tứ Kỳ', 'Công an', '14'],
  ['bao-hiem-xa-hoi', 'Bảo hiểm xã hội huyện Tứ Kỳ', 'Bảo hiểm xã hội', '15'],
  ['chi-cuc-thue', 'Chi cục Thuế phụ trách địa bàn huyện Tứ Kỳ', 'Thuế', '16'],
]

export const DISTRICT = 'huyen-tu-ky'
export const DISTRICT_SHOP = 'bo-phan-mot-cua-huyen'

export const communeKeys: readonly string[] = COMMUNES.map(([key]) => key)
export const departmentKeys: readonly string[] = DEPARTMENTS.map(([key]) => key)

/**
 * Tứ Kỳ district, Hải Dương province, as it stood from 1/12/2019 (and on 24/3/2023): province and district
 * for grouping, the district one-stop shop, twelve departments, four vertical bodies, the town and
 * 22 communes. Later reorganisations are in `reorganisations.ts` and are applied separately.
 */
export const units: readonly UnitSeed[] = [
  {
    key: 'tinh-hai-duong',
    kind: 'grouping',
    receivingShop: null,
    versions: [
      version('Tỉnh Hải Dương', 'Hải Dương', 'province', '000.00.00.H23', { gsoCode: '30', parent: null }),
    ],
  },
  {
    key: DISTRICT,
    kind: 'grouping',
    receivingShop: null,
    versions: [
      version('Huyện Tứ Kỳ', 'Tứ Kỳ', 'district', '000.00.35.H23', {
        gsoCode: '298',
        parent: 'tinh-hai-duong',
      }),
    ],
  },
  {
    key: DISTRICT_SHOP,
    kind: 'shop',
    receivingShop: DISTRICT_SHOP,
    versions: [
      version(
        'Bộ phận Tiếp nhận và Trả kết quả huyện Tứ Kỳ',
        'Một cửa huyện',
        'department',
        '000.20.35.H23',
        { parent: 'van-phong' },
      ),
    ],
  },
  ...DEPARTMENTS.map(department),
  ...VERTICAL_BODIES.map((row): UnitSeed => ({ ...department(row), vertical: true })),
  ...COMMUNES.map(commune),
]

function department([key, name, shortName, block]: DepartmentRow): UnitSeed {
  return {
    key,
    kind: 'resolver',
    receivingShop: DISTRICT_SHOP,
    versions: [version(name, shortName, 'department', `000.${block}.35.H23`, { parent: DISTRICT })],
  }
}

function commune([key, name, shortName, gsoCode, block, document]: CommuneRow): UnitSeed {
  return {
    key,
    kind: 'shop_and_resolver',
    receivingShop: key,
    versions: [
      version(name, shortName, 'commune', `000.${block}.35.H23`, { gsoCode, parent: DISTRICT, document }),
    ],
  }
}

function version(
  name: string,
  shortName: string,
  level: UnitVersionSeed['level'],
  agencyCode: string,
  rest: { gsoCode?: string; parent: string | null; document?: string | null },
): UnitVersionSeed {
  return {
    name,
    shortName,
    level,
    gsoCode: rest.gsoCode ?? null,
    agencyCode,
    codeFormat: 'tt01_2018',
    parent: rest.parent,
    validFrom: FROM,
    validTo: null,
    document: rest.document ?? null,
  }
}
