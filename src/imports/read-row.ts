import type { ProcedureVersion } from '../catalogue/catalogue.ts'
import { versionOn } from '../catalogue/catalogue.ts'
import { type Instant, localDayOf } from '../domain/calendar/day.ts'
import type { Channel } from '../domain/counting/tally.ts'
import { normalizeCode } from '../domain/life-cycle/dossier-code.ts'
import { COLUMN_NAMES, type Column } from './columns.ts'
import { type Found, type PlaceBook, procedureVersionFor } from './find-place.ts'
import type { RowNotes } from './problems.ts'
import { readApplicant } from './read-applicant.ts'
import { type Moment, readMoment } from './read-moment.ts'
import { readChannel, readOutcome, readPauseKind } from './read-words.ts'
import type { RegisterRow, RowPause } from './register-row.ts'

/** The cells of one row, by column; empty text where there is nothing. */
export type Cells = Readonly<Record<Column, string>>

export interface RowReader {
  readonly places: PlaceBook
  readonly now: Instant
  /** Earlier pauses of the second sheet, by code or `#row`. */
  readonly earlierPauses: ReadonlyMap<string, readonly RowPause[]>
}

const SLIP = /^KTN-/

/** Understands one row; null where something in it is wrong, which `notes` has been told. */
export function readRow(
  { places, now, earlierPauses }: RowReader,
  row: number,
  cells: Cells,
  notes: RowNotes,
): RegisterRow | null {
  let isWhole = true
  const fail: Fail = (column, has, needs) => {
    isWhole = false
    notes.error(column, has, needs)
    return null
  }
  for (const column of COLUMN_NAMES) {
    const broken = cells[column] === '#LỖI!' ? 'một giá trị; công thức ở ô này bị lỗi' : damage(cells[column])
    if (broken !== null) fail(column, cells[column], broken)
  }
  const moment = (column: Column): Moment | null => {
    if (cells[column] === '') return null
    const read = readMoment(cells[column])
    if (read === null) fail(column, cells[column], 'ngày có thật, dạng 09/03/2023 hoặc 2023-03-09T08:30')
    else if (column !== 'due_at' && (read.day > localDayOf(now) || (read.at ?? 0) > now))
      fail(column, cells[column], 'thời điểm không ở tương lai')
    return read
  }
  const word = <T>(column: Column, read: { (text: string): T | null; choices: string }): T | null => {
    if (cells[column] === '') return null
    const value = read(cells[column])
    if (value === null) fail(column, cells[column], `một trong: ${read.choices}`)
    return value
  }
  const found = <T>(column: Column, result: Found<T>): T | null => {
    if ('value' in result) return result.value
    fail(column, cells[column], result.needs)
    return null
  }

  const [submittedAt, acceptedAt, dueAt] = [moment('submitted_at'), moment('accepted_at'), moment('due_at')]
  const [endedAt, returnedAt, late] = [moment('ended_at'), moment('returned_at'), moment('late_since')]
  const outcome = word('outcome', readOutcome)
  const came = acceptedAt ?? submittedAt ?? endedAt ?? returnedAt
  if (came === null && isWhole) fail('accepted_at', '', 'ngày nhận (hoặc ngày nộp trực tuyến)')
  const day = came?.day ?? ''

  const { code, slipNumber } = codeOf(cells.code, fail)
  if (acceptedAt !== null && code === null && isWhole)
    fail('code', '', 'mã hồ sơ, vì hồ sơ đã được tiếp nhận')
  const procedure =
    cells.procedure === ''
      ? fail('procedure', '', 'mã hoặc tên thủ tục')
      : found('procedure', places.procedure(cells.procedure))
  const unit =
    cells.unit === ''
      ? fail('unit', '', 'đơn vị giải quyết; cả tệp của một đơn vị thì điền mặc định unit=…')
      : came && found('unit', places.unit(cells.unit, day))
  const given =
    cells.receiving_unit === '' || came === null
      ? null
      : found('receiving_unit', places.unit(cells.receiving_unit, day))
  const issuer =
    code === null || came === null ? null : places.unitOfAgency(code.slice(0, code.indexOf('-')), day)
  const receivingUnit = given ?? (unit && receiverOf(unit, issuer))
  if (unit !== null && (unit.kind === 'grouping' || unit.kind === 'shop'))
    fail('unit', cells.unit, 'một đơn vị giải quyết thủ tục')
  if (receivingUnit && receivingUnit.kind !== 'shop' && receivingUnit.kind !== 'shop_and_resolver')
    fail('receiving_unit', cells.receiving_unit, 'một đơn vị có Bộ phận Một cửa')
  if (issuer !== null && receivingUnit && issuer.id !== receivingUnit.id)
    fail(
      'code',
      cells.code,
      `mã do đơn vị tiếp nhận cấp; mã này là của ${versionOn(issuer.versions, day)?.name ?? issuer.key}`,
    )
  const version =
    procedure === null || came === null ? null : (procedureVersionFor(procedure, day, dueAt !== null) ?? null)
  if (procedure !== null && came !== null && version === null)
    fail('procedure', cells.procedure, `thủ tục có hiệu lực vào ngày ${day}, hoặc một hạn trả`)
  const channel = channelOf(cells.channel, version, fail, notes)
  const pause = pauseOf(moment, word)
  const officer = cells.officer === '' ? null : found('officer', places.officer(cells.officer))
  const applicant = readApplicant(cells, fail, notes)
  const earlier = earlierPauses.get(code ?? `#${row}`) ?? earlierPauses.get(`#${row}`) ?? []
  const pauses = [...earlier, ...(pause === null ? [] : [pause])]
  const quantity = cells.quantity === '' ? null : Number(cells.quantity)
  if (quantity !== null && !(Number.isInteger(quantity) && quantity > 0))
    fail('quantity', cells.quantity, 'một số nguyên dương')
  if ((endedAt ?? returnedAt) !== null && outcome === null && isWhole)
    fail('outcome', '', 'kết quả, vì hồ sơ đã kết thúc; cả tệp như nhau thì điền mặc định outcome=granted')
  if (outcome !== null && (endedAt ?? returnedAt) === null && isWhole)
    fail('ended_at', '', 'ngày kết thúc, vì đã có kết quả')
  if (!isWhole || procedure === null || version === null || !unit || !receivingUnit || channel === null)
    return null
  return {
    row,
    code,
    slipNumber,
    unit,
    receivingUnit,
    procedure,
    version,
    channel,
    quantity,
    applicant,
    submittedAt,
    acceptedAt,
    dueAt,
    lateSince: late?.day ?? null,
    pauses,
    endedAt,
    outcome,
    returnedAt,
    officer,
    note: cells.note || null,
  }
}

/** Tells what is wrong; the value that was to be read is then none. */
export type Fail = (column: Column | null, has: string, needs: string) => null

function codeOf(
  text: string,
  fail: Fail,
): { readonly code: string | null; readonly slipNumber: string | null } {
  if (text === '') return { code: null, slipNumber: null }
  const upper = text.toUpperCase()
  const isSlip = SLIP.test(upper)
  try {
    const code = normalizeCode(upper.replace(SLIP, ''))
    return isSlip ? { code: null, slipNumber: `KTN-${code}` } : { code, slipNumber: null }
  } catch {
    fail('code', text, 'mã hồ sơ đủ, ví dụ 000.28.15.H23-230324-0007 hoặc H15.50.05.13-261008-0975')
    return { code: null, slipNumber: null }
  }
}

/** Who received, where the row does not say: the unit itself, or the shop that receives for it. */
function receiverOf(
  unit: RegisterRow['unit'],
  issuer: RegisterRow['unit'] | null,
): RegisterRow['unit'] | null {
  if (unit.kind === 'shop_and_resolver') return unit
  return issuer ?? unit
}

function channelOf(
  text: string,
  version: ProcedureVersion | null,
  fail: Fail,
  notes: RowNotes,
): Channel | null {
  if (text === '') {
    notes.warn('channel', '', 'coi là trực tiếp vì không ghi hình thức')
    return 'counter'
  }
  const channel = readChannel(text)
  if (channel === null) fail('channel', text, `một trong: ${readChannel.choices}`)
  return channel === 'online' ? (version?.onlineLevel === 4 ? 'level4' : 'level3') : channel
}

function pauseOf(
  moment: (column: Column) => Moment | null,
  word: <T>(column: Column, read: { (text: string): T | null; choices: string }) => T | null,
): RowPause | null {
  const [from, to] = [moment('paused_from'), moment('paused_to')]
  const kind = word('pause_reason', readPauseKind)
  return from === null ? null : { from, to, kind: kind ?? 'supplement' }
}

/** Letters that were lost before the file came here. */
function damage(text: string): string | null {
  if (text.includes('\ufffd') || /\p{L}\?\p{L}/u.test(text))
    return 'chữ còn nguyên dấu; hãy xuất lại tệp, chọn “CSV UTF-8” hoặc .xlsx'
  return null
}
