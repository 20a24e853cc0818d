import { idDigits, isIdNumber, isPhone, phoneDigits } from '../person-numbers.ts'
import { visibleLine, visibleText } from '../visible-text.ts'
import type { RowNotes } from './problems.ts'
import type { Cells, Fail } from './read-row.ts'
import type { RowApplicant } from './register-row.ts'

/** A spreadsheet took the number for a quantity and kept only its first digits. */
const ROUNDED = /^\d([.,]\d+)?E\+\d+$/i
const ZEROS_LOST = /^\d{10,11}$/

/** Who handed the dossier in; null where the row names nobody. */
export function readApplicant(cells: Cells, fail: Fail, notes: RowNotes): RowApplicant | null {
  const name = visibleLine(cells.applicant)
  const idNumber = idNumberOf(cells.id_number, fail, notes)
  const phone = phoneOf(cells.phone, notes)
  if (name === '') {
    notes.warn('applicant', '', 'để trống người nộp: hồ sơ vẫn được đếm nhưng không tìm được theo tên')
    return null
  }
  if (!/\p{L}/u.test(name)) {
    notes.warn('applicant', name, 'không có chữ cái nào: bỏ qua tên này, hồ sơ vẫn được đếm')
    return null
  }
  return { name, idNumber, phone, address: visibleText(cells.address).normalize('NFC').trim() || null }
}

function idNumberOf(text: string, fail: Fail, notes: RowNotes): string | null {
  const digits = idDigits(text)
  if (digits === '') return null
  if (ROUNDED.test(text)) {
    fail(
      'id_number',
      text,
      'đủ 12 chữ số; Excel đã làm tròn số này, hãy định dạng cột là Văn bản (Text) rồi xuất lại',
    )
    return null
  }
  if (ZEROS_LOST.test(digits)) {
    const restored = digits.padStart(12, '0')
    notes.warn('id_number', text, `thêm lại số 0 ở đầu mà Excel đã bỏ: ${restored.slice(0, 3)}…`)
    return restored
  }
  if (!isIdNumber(digits)) {
    fail('id_number', text, '12 chữ số (CMND cũ: 9 chữ số)')
    return null
  }
  return digits
}

function phoneOf(text: string, notes: RowNotes): string | null {
  const digits = phoneDigits(text)
  if (digits === '') return null
  if (/^[1-9]\d{8}$/.test(digits)) return `0${digits}`
  if (isPhone(digits)) return digits
  notes.warn('phone', text, 'bỏ qua vì không phải một số điện thoại (8 đến 15 chữ số)')
  return null
}
