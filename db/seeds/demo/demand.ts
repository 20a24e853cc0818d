import { communeKeys } from '../tu-ky/units.ts'

export interface UnitProfile {
  readonly key: string
  /** Dossiers on an ordinary working day. */
  readonly perDay: number
  /** Part of all dossiers that end late in an ordinary year. */
  readonly late: number
  /** Added to the chance that an online dossier is submitted online. */
  readonly onlineBias: number
  /** Part of the online submissions that are received after the 8 working hours. */
  readonly lateReceipt: number
  readonly procedures: ProcedureWeights
}

type ProcedureWeights = Readonly<Record<string, number>>

/** What people come for at a commune, in parts of about a hundred; certification is about a fifth. */
const AT_COMMUNE: ProcedureWeights = {
  '2.000815': 18.6,
  '2.000884': 2.4,
  '2.001035': 1.1,
  '2.001019': 0.1,
  '2.001016': 0.2,
  '2.000908': 0.6,
  '1.001193': 12,
  '2.000635': 16,
  '1.004873': 10,
  '1.000656': 5,
  '1.000894': 4.8,
  '1.000689': 0.3,
  '1.001022': 0.15,
  '1.004837': 0.15,
  '1.004845': 0.05,
  '1.004859': 2.5,
  '1.004884': 2,
  '1.004746': 0.3,
  '1.005461': 0.2,
  '1.003583': 0.03,
  '1.000419': 0.02,
  '2.000986': 3.5,
  '1.004194': 6,
  '1.004222': 7,
  '1.010038': 2,
  '1.001699': 1.4,
  '1.001653': 0.8,
  '1.001776': 4,
  '1.011607': 1.2,
  '1.010833': 0.8,
  '1.002211': 0.3,
  '2.000950': 0.3,
  '2.001263': 0.06,
}

const AT_DEPARTMENT: Readonly<Record<string, ProcedureWeights>> = {
  'phong-tu-phap': { '2.000528': 1, '2.000806': 3, '2.000748': 1, '1.001669': 0.1 },
  'phong-tai-chinh-ke-hoach': { '1.001612': 6, '2.000720': 2, '1.001266': 2 },
  'phong-kinh-te-ha-tang': { '1.009994': 1 },
  'phong-giao-duc': { '1.001622': 30, '1.004563': 0.3 },
}

/** `[dossiers a day, late, online bias, late receipt]`; invented, no judgement on any real unit. */
const COMMUNES: Readonly<Record<string, readonly [number, number, number, number]>> = {
  'thi-tran-tu-ky': [8.2, 0.012, 0.03, 0.01],
  'xa-dai-son': [5.9, 0.03, 0, 0.03],
  'xa-hung-dao': [4.4, 0.018, 0.02, 0.02],
  'xa-ngoc-ky': [3.2, 0.02, 0, 0.03],
  'xa-binh-lang': [3.4, 0.042, -0.03, 0.05],
  'xa-chi-minh': [6.5, 0.024, 0, 0.03],
  'xa-tai-son': [2.3, 0.01, 0.02, 0.02],
  'xa-quang-phuc': [4.5, 0.075, -0.04, 0.06],
  'xa-dan-chu': [3.0, 0.022, 0, 0.03],
  'xa-tan-ky': [4.2, 0.03, 0.01, 0.03],
  'xa-quang-khai': [3.9, 0.016, 0.02, 0.02],
  'xa-dai-hop': [3.3, 0.028, -0.01, 0.03],
  'xa-quang-nghiep': [3.0, 0.05, -0.03, 0.05],
  'xa-an-thanh': [4.6, 0.02, 0.01, 0.02],
  'xa-minh-duc': [5.4, 0.014, 0.03, 0.01],
  'xa-van-to': [4.4, 0.026, 0, 0.03],
  'xa-quang-trung': [4.0, 0.034, -0.01, 0.04],
  'xa-phuong-ky': [2.8, 0.018, 0, 0.02],
  'xa-cong-lac': [3.1, 0.024, 0, 0.03],
  'xa-tien-dong': [3.2, 0.08, -0.05, 0.08],
  'xa-nguyen-giap': [5.3, 0.012, 0.02, 0.01],
  'xa-ha-ky': [3.1, 0.038, -0.02, 0.04],
  'xa-ha-thanh': [3.6, 0.008, 0.03, 0.01],
}

const DEPARTMENTS: Readonly<Record<string, readonly [number, number, number, number]>> = {
  'phong-tu-phap': [1.3, 0.018, 0, 0.02],
  'phong-tai-chinh-ke-hoach': [5, 0.008, 0.03, 0.01],
  'phong-kinh-te-ha-tang': [1.4, 0.035, -0.03, 0.03],
  'phong-giao-duc': [1.1, 0.014, 0, 0.02],
}

/** Everything that differs between units: communes in their usual order, then the departments. */
export const unitProfiles: readonly UnitProfile[] = [
  ...communeKeys.map((key) => profile(key, COMMUNES[key]!, AT_COMMUNE)),
  ...Object.entries(DEPARTMENTS).map(([key, row]) => profile(key, row, AT_DEPARTMENT[key]!)),
]

/** Months from January; schools and leavers make the summer busy. */
export const SEASON = [0.95, 0.92, 1.08, 1, 1.02, 1.08, 1.1, 1.12, 1.04, 0.98, 0.98, 1] as const

/** Monday to Sunday. */
export const AT_THE_COUNTER = [1.3, 1.1, 0.98, 0.88, 0.78, 0, 0] as const
export const FROM_HOME = [1.2, 1.1, 1, 0.95, 0.9, 0.4, 0.35] as const
export const FROM_HOME_ON_A_DAY_OFF = 0.2
export const BUSIEST_DAY = 1.3

/** Chance that a dossier which may be submitted online is; it grew through 2022. */
export function onlineChance(day: string): number {
  if (day < '2022-01-01') return 0.72
  if (day >= '2023-01-01') return 0.94
  return 0.79 + 0.0165 * (Number(day.slice(5, 7)) - 1)
}

/** Lateness fell after the district began to rank its units, and again in 2023. */
export function lateFactor(day: string): number {
  if (day < '2022-07-01') return 1.35
  return day < '2023-04-01' ? 1 : 0.6
}

function profile(
  key: string,
  [perDay, late, onlineBias, lateReceipt]: readonly [number, number, number, number],
  procedures: ProcedureWeights,
): UnitProfile {
  return { key, perDay, late, onlineBias, lateReceipt, procedures }
}
