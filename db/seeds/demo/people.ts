import { random } from './prng.ts'
import type { StoryApplicant } from './story.ts'

const FAMILY_NAMES = [
  'Nguyễn',
  'Phạm',
  'Vũ',
  'Trần',
  'Lê',
  'Đoàn',
  'Bùi',
  'Hoàng',
  'Đặng',
  'Đỗ',
  'Ngô',
  'Dương',
  'Phan',
  'Lương',
  'Đào',
  'Trịnh',
  'Mai',
  'Hà',
]
const FAMILY_WEIGHTS = [34, 12, 9, 9, 6, 4, 4, 3, 3, 3, 2, 2, 2, 2, 2, 1, 1, 1]
const MIDDLE = {
  male: ['Văn', 'Đức', 'Hữu', 'Quang', 'Xuân', 'Minh', 'Trọng', 'Bá', 'Công', 'Đình', 'Ngọc', 'Thế'],
  female: ['Thị', 'Thị', 'Thị', 'Thu', 'Thanh', 'Hồng', 'Bích', 'Kim', 'Thùy', 'Minh', 'Ngọc'],
} as const
const GIVEN = {
  male: [
    'An',
    'Bình',
    'Chiến',
    'Dũng',
    'Đạt',
    'Giang',
    'Hải',
    'Hiếu',
    'Hùng',
    'Huy',
    'Khánh',
    'Kiên',
    'Lâm',
    'Long',
    'Mạnh',
    'Nam',
    'Phong',
    'Phúc',
    'Quân',
    'Quyết',
    'Sơn',
    'Tài',
    'Thắng',
    'Thành',
    'Tiến',
    'Toàn',
    'Trung',
    'Tuấn',
    'Tùng',
    'Việt',
  ],
  female: [
    'Anh',
    'Chi',
    'Dung',
    'Duyên',
    'Giang',
    'Hà',
    'Hạnh',
    'Hiền',
    'Hoa',
    'Hồng',
    'Huệ',
    'Hương',
    'Lan',
    'Liên',
    'Loan',
    'Mai',
    'Nga',
    'Ngân',
    'Nhung',
    'Oanh',
    'Phương',
    'Quỳnh',
    'Thảo',
    'Thu',
    'Thủy',
    'Trang',
    'Tươi',
    'Vân',
    'Xuân',
    'Yến',
  ],
} as const
const HAMLETS = [
  'thôn Đông',
  'thôn Đoài',
  'thôn Thượng',
  'thôn Hạ',
  'thôn Trung',
  'thôn Nội',
  'thôn Ngoại',
  'thôn Bến',
]

/** No province has this code: those in use run from 001 to 096. */
const NO_PROVINCE = '999'
/** Not a prefix of any Vietnamese network. */
const NO_NETWORK = '0000'

/**
 * The invented person number `index` (0…9999) of commune number `commune` (0…99), always the same one.
 * The ID number has the form of a real one, so that masks and checks work, and belongs to nobody.
 */
export function person(seed: number, commune: number, communeName: string, index: number): StoryApplicant {
  const draw = random(seed, 7_000_001, commune, index)
  const sex = draw.chance(0.5) ? 'male' : 'female'
  const birthYear = 1944 + Math.floor((draw.next() + draw.next()) * 30)
  const century = (birthYear < 2000 ? 0 : 2) + (sex === 'male' ? 0 : 1)
  const serial = `${digits(commune, 2)}${digits(index, 4)}`
  const family = FAMILY_NAMES[draw.weighted(FAMILY_WEIGHTS)]!
  return {
    name: `${family} ${draw.pick(MIDDLE[sex])} ${draw.pick(GIVEN[sex])}`,
    idNumber: `${NO_PROVINCE}${century}${digits(birthYear % 100, 2)}${serial}`,
    phone: `${NO_NETWORK}${serial}`,
    address: `${draw.pick(HAMLETS)}, ${communeName}, huyện Tứ Kỳ, tỉnh Hải Dương`,
    birthYear,
    sex,
  }
}

function digits(value: number, width: number): string {
  return String(value).padStart(width, '0')
}
