import type { LocalDay } from '../domain/calendar/day.ts'

/** What each template is given. Everything a reader sees is text already, in the words of the day of receipt. */
export interface PaperData {
  readonly 'receipt-slip': ReceiptSlip
  readonly 'sitting-slip': SittingSlip
  readonly 'supplement-request': SupplementRequest
  readonly 'refusal-slip': RefusalSlip
  readonly 'apology-slip': ApologySlip
  readonly 'stop-notice': StopNotice
  readonly 'control-sheet': ControlSheet
  readonly 'emergency-slips': EmergencySlips
  readonly 'form-ii06': FormII06
  readonly 'register-book': RegisterBook
  readonly 'hand-over-sheet': HandOverSheet
  readonly 'fee-receipt': FeeReceiptSlip
  readonly 'day-register': DayRegister
}

export type PaperTemplate = keyof PaperData

/** What the act of issuing adds to what a document says. */
export interface Issued {
  /** Day of issue: the date on the paper and in the file. */
  readonly printedOn: LocalDay
  /** From the second version on: “Bản 2, thay cho bản ngày 06/03/2023”. */
  readonly edition: { readonly version: number; readonly replaces: string } | null
  /** `https://motcua.tuky.gov.vn/tra-cuu`; left out where the installation has no public address. */
  readonly lookUpAt?: string
}

/** What a document says, before it is issued. */
export type Says<T extends PaperTemplate> = Omit<PaperData[T], keyof Issued>

export interface PaperPerson {
  readonly name: string
  /** Only the last three digits: the file lies outside the seal of ID and phone numbers. */
  readonly idNumber: string | null
  readonly phone: string | null
  /** Its first letter and its domain; left out where there is none. */
  readonly email?: string
  readonly address: string | null
}

export interface Signature {
  readonly role: string
  readonly note: string
  readonly name: string | null
}

/** How the shop is reached: 'số điện thoại 0220 3747 123; …'; left out where nothing is recorded. */
type Contact = string

/** The parts every paper about one dossier has. */
interface DossierPaper extends Issued {
  /** The two lines at the top left: an agency and its shop, or the agency above and the agency itself. */
  readonly office: { readonly above: string | null; readonly own: string }
  /** “Ngọc Kỳ”, before the date. */
  readonly place: string
  readonly title: string
  /** “Mẫu số 01, Thông tư 01/2018/TT-VPCP”; null where the layout was not checked against the circular. */
  readonly form: string | null
  readonly demo: boolean
  /** Written across a paper made to practise; left out on real ones. */
  readonly specimen?: string
  /** Null before acceptance. */
  readonly code: string | null
  readonly slipNumber: string | null
  /** Of what is neither accepted nor numbered; left out elsewhere. */
  readonly interimCode?: string
  readonly applicant: PaperPerson
  readonly proxy: PaperPerson | null
  readonly procedure: { readonly name: string; readonly code: string; readonly field: string }
  readonly signatures: readonly Signature[]
}

export interface ReceiptSlip extends DossierPaper, ReceiptFacts {
  readonly shop: string
  readonly contact?: Contact
}

/** The fields of form 01 about one dossier. */
interface ReceiptFacts {
  readonly procedure: DossierPaper['procedure']
  readonly resolvedBy: string
  readonly channel: string
  readonly papers: readonly { readonly name: string; readonly form: string; readonly copies: number }[]
  readonly quantity: number
  readonly limit: string
  /** False: the limit was not checked against the published procedure and is not printed as law. */
  readonly limitVerified: boolean
  readonly receivedAt: string
  readonly appointmentAt: string
  readonly returnAt: string
  readonly fee: string
}

/** One receipt for several dossiers that a person handed in together. */
export interface SittingSlip extends Omit<DossierPaper, 'procedure'> {
  readonly shop: string
  readonly contact?: Contact
  /** `number`: the dossier's code, with bars and a QR code of its own. */
  readonly slips: readonly (ReceiptFacts & { readonly number: string })[]
  readonly totalFee: string
}

export interface SupplementRequest extends DossierPaper {
  readonly shop: string
  readonly contact?: Contact
  readonly receivedAt: string | null
  readonly askedAt: string
  /** What is missing, and why: one entry a line of the reason given. */
  readonly reasons: readonly string[]
  /** Why it is missing, and the law that asks for it; left out where nothing was written. */
  readonly basis?: string
  readonly answerBy: string | null
}

export interface RefusalSlip extends DossierPaper {
  readonly shop: string
  readonly contact?: Contact
  readonly refusedAt: string
  readonly reasons: readonly string[]
  /** The law it rests on; left out where none was written. */
  readonly basis?: string
}

export interface ApologySlip extends DossierPaper {
  readonly receivedAt: string
  readonly promisedAt: string
  readonly appointmentAt: string
  readonly reasons: readonly string[]
}

export interface StopNotice extends DossierPaper {
  readonly receivedAt: string | null
  readonly stoppedAt: string
  /** Withdrawn by the applicant, not stopped by the agency. */
  readonly withdrawn: boolean
  /** Who asked for it and when; from 15/9/2025 (TT 03/2025 form 05). */
  readonly requestedBy?: string
  readonly requestedOn?: string
  readonly reasons: readonly string[]
}

/** Who had a dossier, from whom to whom. It goes with the folder and names no citizen. */
export interface ControlSheet extends Omit<DossierPaper, 'applicant' | 'proxy' | 'signatures'> {
  readonly resolvedBy: string
  /** Agencies of the other steps; null where one resolves it alone. */
  readonly with: string | null
  readonly receivedAt: string
  readonly due: string
  readonly rows: readonly ControlSheetRow[]
  /** Rows to be filled in by hand; none once the dossier has ended. */
  readonly blankRows: number
}

export interface ControlSheetRow {
  readonly givenBy: string
  readonly takenBy: string
  readonly at: string
  /** “Trước hạn”, “Đúng hạn”, “Quá hạn” of the part that ended with it; null for none. */
  readonly result: string | null
  readonly note: string
}

/** A4 sheets of numbered slips for a counter whose system is down. */
export interface EmergencySlips {
  readonly unitName: string
  readonly agencyName: string
  readonly printedOn: LocalDay
  readonly slips: readonly { readonly number: string }[]
}

export interface FormII06Row {
  readonly label: string
  /** Columns (3) to (13). */
  readonly figures: readonly string[]
  /** “trong đó rút, dừng”, of (9) and of (10); empty when none. */
  readonly closed: readonly [string, string]
  /** Transfers in and out. */
  readonly moved: readonly [string, string]
}

export interface FormII06 extends Issued {
  readonly unitName: string
  readonly place: string
  readonly period: string
  /** “từ ngày … đến ngày …”; null where the period's name says it. */
  readonly days: string | null
  readonly demo: boolean
  /** What a row is: “Đơn vị” or “Lĩnh vực”. */
  readonly rowsAre: string
  readonly rows: readonly FormII06Row[]
  readonly total: FormII06Row
  readonly withMoved: boolean
  readonly rates: readonly {
    readonly code: string
    readonly name: string
    readonly text: string
    readonly fraction: string
  }[]
  /** Each identity with its numbers: “(3) 120 = (4) 40 + (5) 60 + (6) 20”. */
  readonly identities: readonly string[]
  /** “Chốt 13/03/2023 06:00 · bản 1 · …” */
  readonly provenance: string
  readonly signatures: readonly Signature[]
}

/** A book of the year's register, or its supplementary page. */
export interface RegisterBook extends Issued {
  readonly office: { readonly above: string | null; readonly own: string }
  readonly place: string
  readonly title: string
  readonly form: string | null
  readonly demo: boolean
  readonly year: string
  /** Null: the supplementary page. */
  readonly book: { readonly number: number; readonly of: number } | null
  readonly rows: readonly RegisterBookRow[]
  /** First and last number; null without rows. */
  readonly first: string | null
  readonly last: string | null
  /** In the last book: the year summed up. */
  readonly closing: {
    readonly year: string
    readonly closedOn: string
    readonly last: string
    readonly numbers: string
    readonly voided: string
    readonly sums: readonly { readonly label: string; readonly figure: string }[]
    readonly identity: string
  } | null
  /** On the supplementary page: what became of numbers given before. */
  readonly changes: readonly string[]
  readonly signatures: readonly Signature[]
}

/** What one unit sent to another. It names no citizen: it lies on desks. */
export interface HandOverSheet extends Issued {
  readonly office: { readonly above: string | null; readonly own: string }
  readonly place: string
  readonly demo: boolean
  /** `BG-000.24.35.H23-230306-0001` */
  readonly number: string
  readonly from: string
  readonly to: string
  readonly sentAt: string
  readonly folders: readonly {
    readonly code: string
    readonly procedure: string
    /** Kinds and copies of paper as written at intake; empty where nothing was. */
    readonly papers: string
    readonly due: string
  }[]
  readonly signatures: readonly Signature[]
}

/** Proof of a fee taken. */
export interface FeeReceiptSlip extends Issued {
  readonly office: { readonly above: string | null; readonly own: string }
  readonly place: string
  readonly demo: boolean
  /** A sheet of A5, or the roll of 80 mm of a receipt printer. */
  readonly format: 'a5' | 'roll'
  readonly number: string
  readonly code: string
  readonly payer: string
  readonly procedure: string
  readonly amount: string
  readonly amountInWords: string
  readonly payment: string
  readonly takenAt: string
  /** Why it no longer holds; null while it does. */
  readonly voided: string | null
  readonly signatures: readonly Signature[]
}

/** The register of one day of a desk, with what was counted when it closed. */
export interface DayRegister extends Issued {
  readonly office: { readonly above: string | null; readonly own: string }
  readonly place: string
  readonly title: string
  readonly form: string | null
  readonly demo: boolean
  /** “Ngày 06/03/2023”, or from one day to another. */
  readonly days: string
  /** Taken in. */
  readonly received: readonly RegisterBookRow[]
  /** Of earlier days: ended or handed out. */
  readonly finished: readonly RegisterBookRow[]
  readonly sums: readonly { readonly label: string; readonly figure: string }[]
  readonly identity: string
  readonly cash: readonly {
    readonly label: string
    readonly receipts: string
    readonly counted: string
    readonly difference: string
  }[]
  /** Receipts taken or voided, by number; nobody is named. */
  readonly receipts: readonly {
    readonly number: string
    readonly takenAt: string
    readonly code: string
    readonly payment: string
    readonly amount: string
    readonly note: string
    readonly voided: boolean
    /** Taken and given back: the amount counts for nothing. */
    readonly struck: boolean
  }[]
  readonly receiptSums: readonly { readonly label: string; readonly figure: string }[]
  readonly cashNote: string | null
  /** Codes of dossiers whose fee was paid and has no receipt yet. */
  readonly unreceipted: readonly string[]
  /** What was written later for days closed before: “000.24.35.H23-230306-0001: thêm vào sổ của ngày đã chốt”. */
  readonly moved: readonly string[]
  readonly closedAt: string
  /** When and why the day was opened again after a closing. */
  readonly reopened: readonly string[]
  readonly signatures: readonly Signature[]
}

export interface RegisterBookRow {
  readonly number: string
  readonly code: string
  readonly procedure: string
  readonly quantity: number
  readonly applicant: string
  /** Address and phone number, of that only the last three digits. */
  readonly contact: string
  readonly resolvedBy: string
  readonly receivedOn: string
  readonly appointment: string
  readonly returnedOn: string
  readonly returnMode: string
  readonly note: string
  /** Its number stands, crossed out. */
  readonly voided: boolean
}
