/**
 * Shapes of the reference data shipped with the product. Days are local days `YYYY-MM-DD`, both ends of a
 * validity included, `validTo` null while in force. Keys and slugs are stable and never used again for
 * something else: names and GSO codes are, so neither identifies anything.
 */

export interface UnitVersionSeed {
  readonly name: string
  readonly shortName: string
  readonly level: 'province' | 'district' | 'commune' | 'department' | 'centre'
  /** General Statistics Office code; null where the unit has none or it is not known for that time. */
  readonly gsoCode: string | null
  /** Agency code for dossier codes; every one shipped here is a sample ("mẫu"). */
  readonly agencyCode: string
  readonly codeFormat: 'tt01_2018' | 'qd20_2020'
  /** Key of the unit above. */
  readonly parent: string | null
  readonly validFrom: string
  readonly validTo: string | null
  readonly document: string | null
}

export interface UnitSeed {
  readonly key: string
  readonly versions: readonly UnitVersionSeed[]
  readonly kind: 'shop_and_resolver' | 'resolver' | 'shop' | 'grouping'
  /** Key of the shop that receives for this unit: itself for a commune, the district shop for a department. */
  readonly receivingShop: string | null
  /** A body of the central line (police, tax, social insurance, land registry): shown apart, not in rankings. */
  readonly vertical?: true
}

export interface LineageSeed {
  readonly from: string
  readonly to: string
  readonly kind: 'merge' | 'split_part' | 'rename' | 'transfer_function'
  readonly on: string
  readonly document: string
  /** Part of the old unit, 0 to 1; null where no official share exists. */
  readonly share: number | null
}

export interface ComponentSeed {
  readonly name: string
  readonly original: boolean
  readonly copies: number
  readonly required: boolean
}

export interface StepSeed {
  readonly name: string
  /** Who holds the step: a role within the shop or the resolver, or the key of another unit. */
  readonly unit: 'shop' | 'resolver' | 'leader' | 'clerk' | (string & {})
  /** Null: "không tính thời gian". */
  readonly limit: string | null
}

export interface ClockPoliciesSeed {
  readonly supplement: 'restart' | 'resume'
  readonly payment: 'resume'
  readonly verification: 'resume' | 'no_effect'
  readonly consultation: 'resume' | 'no_effect'
}

export interface ProcedureVersionSeed {
  readonly validFrom: string
  readonly validTo: string | null
  /** Key of the regime this version lies in. */
  readonly regime: string
  /** `3wd` working days, `24wh` working hours, `30d` calendar days, `1m` months, `same-day`. */
  readonly limit: string
  /** Received strictly after this time of day, the receipt day is the next working day. */
  readonly cutoff: string | null
  readonly mode: 'day_end' | 'hour_exact'
  readonly lateness: 'date' | 'minute'
  readonly onlineLevel: 2 | 3 | 4 | null
  /** Null before 15/8/2022, when the law knew levels only, and where not offered online. */
  readonly onlineMode: 'full' | 'partial' | null
  /** VND; 0 = none, or none entered (then `feeNote` says so). */
  readonly fee: number
  readonly feeNote?: string
  readonly instant: boolean
  readonly clockPolicies: ClockPoliciesSeed
  /** Working days by which the law allows the limit to be extended. */
  readonly extensionDays: number | null
  readonly components: readonly ComponentSeed[]
  readonly steps: readonly StepSeed[]
  readonly publicationDecision: string | null
  /** False: limit or papers not checked against the published procedure; never printed as law. */
  readonly verified: boolean
  readonly source: string
}

export interface ProcedureSeed {
  readonly code: string
  readonly name: string
  readonly field: string
  readonly level: 'commune' | 'district'
  readonly interAgency: boolean
  /** Key of the department that resolves a district procedure; null at communes, which resolve themselves. */
  readonly resolver: string | null
  readonly versions: readonly ProcedureVersionSeed[]
}

export interface FieldSeed {
  readonly slug: string
  readonly name: string
  readonly code: string
}

export interface MembershipSeed {
  readonly unit: string
  readonly role: 'counter' | 'officer' | 'head' | 'supervisor'
  readonly title: string
  readonly from: string
  readonly to: string | null
  /** Field slugs the person works on; empty: all. */
  readonly fields: readonly string[]
}

export interface OfficerSeed {
  readonly key: string
  readonly name: string
  readonly memberships: readonly MembershipSeed[]
}

export interface FormsSeed {
  readonly circular: string
  readonly validFrom: string
  readonly validTo: string | null
  /** "Mẫu số" of each form; null where the circular has none. */
  readonly numbers: {
    readonly receiptSlip: number
    readonly supplementRequest: number
    readonly refusalSlip: number
    readonly apologySlip: number
    readonly stopNotice: number | null
    readonly controlSheet: number
    readonly trackingRegister: number
  }
  readonly verified: boolean
}

export interface RegimeSeed {
  readonly key: string
  readonly name: string
  readonly validFrom: string
  readonly validTo: string | null
  /** The texts in force, as cited on paper. */
  readonly legalBasis: readonly string[]
  /** `levels`: mức độ 1-4 of NĐ 43/2011; `modes`: toàn trình / một phần. */
  readonly onlineScale: 'levels' | 'modes'
  readonly channelLabels: {
    readonly counter: string
    readonly postal: string
    readonly level3: string
    readonly level4: string
  }
  readonly shopName: string
  /** Working days after which an unanswered supplement request expires; null: never (a warning only). */
  readonly supplementExpiryWorkingDays: number | null
  readonly supplementExpiryVerified: boolean
  /** Working days from receipt within which the first supplement request must be made. */
  readonly supplementNoticeWorkingDays: number
  /** Working hours within which an online submission is received or answered. */
  readonly receivingClockHours: number
  /** Received after this time of day, the dossier goes to the resolver at the start of the next working day. */
  readonly transferCutoff: string
  readonly maxReappointments: number
  readonly apologyWorkingDaysBefore: number
  /** In order of their dates; together they cover the regime as far as a circular existed. */
  readonly forms: readonly FormsSeed[]
}
