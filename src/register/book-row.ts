import type { BookRow } from '../../db/queries/register-book.ts'
import type { Catalogue } from '../catalogue/catalogue.ts'
import { unitName } from '../catalogue/unit-choices.ts'
import type { Deps } from '../deps.ts'
import { type Instant, type LocalDay, localDayOf } from '../domain/calendar/day.ts'
import type { ReturnMode } from '../domain/life-cycle/dossier.ts'
import { maskedPerson } from '../dossiers/masked-person.ts'
import type { RegisterBookRow } from '../paper/paper-data.ts'
import { fullDay } from '../web/formats.ts'
import { numberText } from './stored-book.ts'

interface RowPlace {
  readonly number: number
  /** Moment of the closing: what came later is not in this book. */
  readonly asOf: Instant
  readonly yearEnd: LocalDay
}

/** One line of the printed register. Of a voided dossier only the number, the code and why are left. */
export function bookRow(
  deps: Pick<Deps, 'db' | 'vault'>,
  catalogue: Catalogue,
  row: BookRow,
  { number, asOf, yearEnd }: RowPlace,
): RegisterBookRow {
  const isVoided = row.voidedAt !== null && row.voidedAt <= asOf
  const person = maskedPerson(deps, row.applicantId)
  const returned = row.returnedAt !== null && row.returnedAt <= asOf
  const day = (at: Instant | null) => (at === null ? '' : fullDay(localDayOf(at)))
  return {
    number: numberText(number),
    code: row.code,
    procedure: catalogue.procedureById.get(row.procedureId)?.name ?? '',
    quantity: row.quantity,
    applicant: person?.name ?? 'không rõ người nộp',
    contact: [person?.address, person?.phone].filter((text) => text != null && text !== '').join('; '),
    resolvedBy: unitName(catalogue.unitById.get(row.unitId), row.acceptedOn),
    receivedOn: fullDay(row.acceptedOn),
    appointment: day(row.appointmentAt),
    returnedOn: returned ? day(row.returnedAt) : '',
    returnMode: returned && row.returnedMode !== null ? RETURN_WORDS[row.returnedMode] : '',
    note: isVoided ? `huỷ (${voidKind(row.voidReason)})` : noteOf(row, asOf, yearEnd),
    voided: isVoided,
  }
}

function noteOf(row: BookRow, asOf: Instant, yearEnd: LocalDay): string {
  const isEnded = row.endedAt !== null && row.endedAt <= asOf
  const notes = [
    isEnded && row.endKind === 'withdrawn' && `rút ${fullDay(row.endedOn!)}`,
    isEnded && row.endKind === 'stopped' && `dừng ${fullDay(row.endedOn!)}`,
    isEnded && row.outcome === 'refused' && 'từ chối giải quyết',
    isEnded && row.endKind === 'result' && row.returnedAt === null && `có kết quả ${fullDay(row.endedOn!)}`,
    (row.endedOn === null || row.endedOn > yearEnd) && 'chuyển năm sau',
  ]
  return notes.filter((note) => note !== false).join('; ')
}

const RETURN_WORDS = {
  counter: 'trực tiếp',
  postal: 'bưu chính',
  online: 'trực tuyến',
} as const satisfies Record<ReturnMode, string>

/** The kind of a reason for voiding; its own words may name people and stay out of the book. */
export function voidKind(reason: string | null): string {
  const text = (reason ?? '').toLowerCase()
  if (text.includes('trùng')) return 'nhập trùng'
  return /nhầm|sai/.test(text) ? 'nhập nhầm' : 'lý do khác'
}
