import type { LineageSeed, UnitSeed, UnitVersionSeed } from '../reference-types.ts'
import { communeKeys, DISTRICT, DISTRICT_SHOP, departmentKeys } from './units.ts'

export interface ReorganisationSeed {
  readonly on: string
  readonly document: string
  /** Units whose last version ends the day before `on`. */
  readonly closes: readonly string[]
  readonly opens: readonly UnitSeed[]
  readonly lineage: readonly LineageSeed[]
}

const NQ_1250 = 'Nghị quyết 1250/NQ-UBTVQH15'
const NQ_1669 = 'Nghị quyết 1669/NQ-UBTVQH15'
const NQ_202 = 'Nghị quyết 202/2025/QH15'

/**
 * What happened to the units after 24/3/2023, oldest first. Not part of the default seed.
 * Codes and names come back for other territories (11086 was Hưng Đạo and is Đại Sơn), which is why units
 * have keys. GSO codes of the three communes of 1/12/2024 are not known; the make-up of Kỳ Sơn and Dân An
 * is deduced. Agency codes are samples.
 */
export const reorganisations: readonly ReorganisationSeed[] = [
  {
    on: '2024-12-01',
    document: NQ_1250,
    closes: ['xa-cong-lac', 'xa-phuong-ky', 'xa-ngoc-ky', 'xa-tai-son', 'xa-dan-chu', 'xa-quang-nghiep'],
    opens: [
      commune2024('xa-lac-phuong-2024', 'Xã Lạc Phượng', 'Lạc Phượng', '44'),
      commune2024('xa-ky-son-2024', 'Xã Kỳ Sơn', 'Kỳ Sơn', '45'),
      commune2024('xa-dan-an-2024', 'Xã Dân An', 'Dân An', '46'),
    ],
    lineage: [
      ...merged('xa-lac-phuong-2024', ['xa-cong-lac', 'xa-phuong-ky'], '2024-12-01', NQ_1250),
      ...merged('xa-ky-son-2024', ['xa-ngoc-ky', 'xa-tai-son'], '2024-12-01', NQ_1250),
      ...merged('xa-dan-an-2024', ['xa-dan-chu', 'xa-quang-nghiep'], '2024-12-01', NQ_1250),
    ],
  },
  {
    on: '2025-07-01',
    document: NQ_1669,
    closes: [
      'tinh-hai-duong',
      DISTRICT,
      DISTRICT_SHOP,
      ...departmentKeys,
      'chi-nhanh-dat-dai',
      'cong-an-huyen',
      'bao-hiem-xa-hoi',
      'chi-cuc-thue',
      ...communesOf2024(),
    ],
    opens: [
      {
        key: 'thanh-pho-hai-phong',
        kind: 'grouping',
        receivingShop: null,
        versions: [version2025('Thành phố Hải Phòng', 'Hải Phòng', 'province', '31', 'H24', null, NQ_202)],
      },
      ...commune2025('xa-tu-ky-2025', 'Tứ Kỳ', '11074', '71'),
      ...commune2025('xa-tan-ky-2025', 'Tân Kỳ', '11113', '72'),
      ...commune2025('xa-dai-son-2025', 'Đại Sơn', '11086', '73'),
      ...commune2025('xa-chi-minh-2025', 'Chí Minh', '11131', '74'),
      ...commune2025('xa-lac-phuong-2025', 'Lạc Phượng', '11140', '75'),
      ...commune2025('xa-nguyen-giap-2025', 'Nguyên Giáp', '11146', '76'),
    ],
    lineage: [
      link('tinh-hai-duong', 'thanh-pho-hai-phong', 'merge', '2025-07-01', NQ_202),
      ...merged2025('xa-tu-ky-2025', ['thi-tran-tu-ky', 'xa-minh-duc', 'xa-quang-khai', 'xa-quang-phuc']),
      ...merged2025('xa-tan-ky-2025', ['xa-dai-hop', 'xa-tan-ky', 'xa-dan-an-2024', 'xa-ky-son-2024']),
      // Đại Sơn also takes in the rest of Thanh Hải (Thanh Hà district), which is not in this data.
      ...merged2025('xa-dai-son-2025', ['xa-binh-lang', 'xa-dai-son']),
      ...merged2025('xa-chi-minh-2025', ['xa-an-thanh', 'xa-van-to', 'xa-chi-minh']),
      ...merged2025('xa-lac-phuong-2025', ['xa-quang-trung', 'xa-lac-phuong-2024']),
      ...merged2025('xa-nguyen-giap-2025', ['xa-ha-ky', 'xa-nguyen-giap', 'xa-ha-thanh']),
      link('xa-hung-dao', 'xa-tan-ky-2025', 'split_part', '2025-07-01', NQ_1669),
      link('xa-hung-dao', 'xa-dai-son-2025', 'split_part', '2025-07-01', NQ_1669),
      link('xa-tien-dong', 'xa-lac-phuong-2025', 'split_part', '2025-07-01', NQ_1669),
      link('xa-tien-dong', 'xa-nguyen-giap-2025', 'split_part', '2025-07-01', NQ_1669),
      // The district's procedures went to communes or to departments of the city, procedure by procedure:
      // who takes over an open dossier is decided case by case.
      ...['tu-ky', 'tan-ky', 'dai-son', 'chi-minh', 'lac-phuong', 'nguyen-giap'].flatMap((slug) => [
        link(DISTRICT, `xa-${slug}-2025`, 'transfer_function', '2025-07-01', NQ_202),
        link(DISTRICT_SHOP, `trung-tam-${slug}-2025`, 'transfer_function', '2025-07-01', NQ_202),
      ]),
    ],
  },
]

function communesOf2024(): string[] {
  const gone = ['xa-cong-lac', 'xa-phuong-ky', 'xa-ngoc-ky', 'xa-tai-son', 'xa-dan-chu', 'xa-quang-nghiep']
  return [
    ...communeKeys.filter((key) => !gone.includes(key)),
    'xa-lac-phuong-2024',
    'xa-ky-son-2024',
    'xa-dan-an-2024',
  ]
}

function commune2024(key: string, name: string, shortName: string, block: string): UnitSeed {
  return {
    key,
    kind: 'shop_and_resolver',
    receivingShop: key,
    versions: [
      {
        name,
        shortName,
        level: 'commune',
        gsoCode: null,
        agencyCode: `000.${block}.35.H23`,
        codeFormat: 'tt01_2018',
        parent: DISTRICT,
        validFrom: '2024-12-01',
        validTo: null,
        document: NQ_1250,
      },
    ],
  }
}

/** A commune of the two-tier model: its People's Committee resolves, its service centre receives. */
function commune2025(key: string, name: string, gsoCode: string, block: string): UnitSeed[] {
  const centre = key.replace(/^xa-/, 'trung-tam-')
  const code = `H24.${block}`
  return [
    {
      key,
      kind: 'resolver',
      receivingShop: centre,
      versions: [version2025(`Xã ${name}`, name, 'commune', gsoCode, code, 'thanh-pho-hai-phong', NQ_1669)],
    },
    {
      key: centre,
      kind: 'shop',
      receivingShop: centre,
      versions: [
        version2025(
          `Trung tâm Phục vụ hành chính công xã ${name}`,
          `Trung tâm ${name}`,
          'centre',
          null,
          `${code}.01`,
          key,
          NQ_1669,
        ),
      ],
    },
  ]
}

function version2025(
  name: string,
  shortName: string,
  level: UnitVersionSeed['level'],
  gsoCode: string | null,
  agencyCode: string,
  parent: string | null,
  document: string,
): UnitVersionSeed {
  return {
    name,
    shortName,
    level,
    gsoCode,
    agencyCode,
    codeFormat: 'qd20_2020',
    parent,
    validFrom: '2025-07-01',
    validTo: null,
    document,
  }
}

function merged2025(to: string, from: readonly string[]): LineageSeed[] {
  return merged(to, from, '2025-07-01', NQ_1669)
}

function merged(to: string, from: readonly string[], on: string, document: string): LineageSeed[] {
  return from.map((old) => link(old, to, 'merge', on, document))
}

function link(
  from: string,
  to: string,
  kind: LineageSeed['kind'],
  on: string,
  document: string,
): LineageSeed {
  return { from, to, kind, on, document, share: kind === 'merge' ? 1 : null }
}
