import { findDocument } from '../../db/queries/documents.ts'
import { bookSums } from '../../db/queries/register-book.ts'
import { unitName } from '../catalogue/unit-choices.ts'
import type { Deps } from '../deps.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import { formatCount } from '../domain/counting/rate-format.ts'
import { yearDays } from '../imports/export-scope.ts'
import { moment } from '../web/formats.ts'
import { EMPTY_FORM, type FormState, formView, refusalView } from '../web/forms.ts'
import { each, type Html, html, when } from '../web/html.ts'
import { asPaper } from '../web/paper-preview.ts'
import { bookSubject, SUPPLEMENT } from './book-document.ts'
import { changesSince } from './changes-since.ts'
import {
  booksOf,
  type ClosedBook,
  closedBook,
  currentIds,
  numberText,
  type Register,
  ROWS_A_BOOK,
} from './stored-book.ts'
import { SUM_LABELS } from './sum-labels.ts'

const PATH = '/quan-tri/so-theo-doi'

/** Whether the workers still have something of it to print. */
export function isBeingPrinted(deps: Deps, register: Register): boolean {
  const book = closedBook(deps, register)
  return book !== null && (unprinted(deps, register, book) > 0 || supplementWaits(deps, register, book))
}

/** One register: running, ready to be closed, or closed with its books. */
export function registerView(deps: Deps, register: Register, state: FormState, mayClose: boolean): Html {
  const { year, unit } = register
  const book = closedBook(deps, register)
  const isRunning = localDayOf(deps.clock.now()) <= yearDays(year).to
  return html`<header class="page-head"><p class="page-kicker"><a href="${PATH}">Sổ theo dõi hồ sơ</a><span>năm ${year}</span></p><h1>${unitName(unit, yearDays(year).to)}</h1></header>
${refusalView(state)}
${book !== null ? closedView(deps, register, book, mayClose) : isRunning ? runningView(deps, register) : readyView(deps, register, mayClose)}`
}

function runningView(deps: Deps, register: Register): Html {
  const count = currentIds(deps, register).length
  return html`<p class="lead">Sổ đang mở: đã cấp ${formatCount(count)} số. Khoá được từ ngày 01/01 năm sau.</p>`
}

function readyView(deps: Deps, register: Register, mayClose: boolean): Html {
  const { year, unit } = register
  const last = currentIds(deps, register).length
  return html`<p class="lead">Hết năm, chưa khoá: ${formatCount(last)} số, từ ${numberText(1)} đến ${numberText(last)}.</p>
${sumTable(bookSums(deps.db, { unitId: unit.id, ...yearDays(year) }))}
${when(mayClose, () => closeForm(register))}`
}

function closeForm({ year, unit }: Register): Html {
  const form = formView({
    action: `${PATH}/${year}/${unit.key}/khoa`,
    state: EMPTY_FORM,
    fields: html`<p>Khoá sổ chỉ làm một lần. Sau đó các số không đổi nữa; hồ sơ nhập sau được ghi ở trang bổ sung.</p>`,
    submit: `Khoá sổ năm ${year}`,
  })
  return html`<section><h2>Khoá sổ</h2>${form}</section>`
}

function sumTable(sums: ClosedBook['sums']): Html {
  const names = Object.keys(SUM_LABELS) as (keyof typeof SUM_LABELS)[]
  return html`<div class="scroll" role="region" aria-label="Số liệu của năm" tabindex="0"><table class="data"><caption class="sr">Số liệu của năm</caption><thead><tr><th scope="col">Khoản</th><th scope="col" class="n">Số hồ sơ</th></tr></thead>
<tbody>${each(names, (name) => html`<tr><th scope="row">${SUM_LABELS[name]}</th><td class="n">${formatCount(sums[name])}</td></tr>`)}</tbody></table></div>`
}

function closedView(deps: Deps, register: Register, book: ClosedBook, mayClose: boolean): Html {
  const books = booksOf(book)
  const left = unprinted(deps, register, book)
  const done = books.length - left
  return html`<p class="lead">Đã khoá ${moment(book.closedAt)}: ${formatCount(book.ids.length)} số, ${books.length} quyển.</p>
${when(left > 0, () => html`<p class="lead" role="status">Đang lập quyển ${done + 1} / ${books.length}. Trang tự tải lại; có thể rời trang, việc vẫn chạy.</p><progress class="import-progress" max="${books.length}" value="${done}">${done} / ${books.length}</progress>`)}
<section><h2>Các quyển</h2><ul>${each(books, (ids, index) => bookLine(deps, register, ids, index + 1))}${when(book.supplement, (supplement) => html`<li>${partLink(deps, register, SUPPLEMENT, 'Trang bổ sung')}: ${formatCount(supplement.ids.length)} số nhập sau khi khoá, lập ${moment(supplement.addedAt)}</li>`)}</ul></section>
<section><h2>Số liệu của năm</h2>${sumTable(book.sums)}</section>
${sinceView(deps, register, book, mayClose)}`
}

function bookLine(deps: Deps, register: Register, ids: readonly number[], n: number): Html {
  const before = (n - 1) * ROWS_A_BOOK
  return html`<li>${partLink(deps, register, n, `Quyển ${n}`)}: ${ids.length === 0 ? 'không có hồ sơ' : `số ${numberText(before + 1)} đến ${numberText(before + ids.length)}`}</li>`
}

function partLink({ db }: Deps, register: Register, part: number | typeof SUPPLEMENT, label: string): Html {
  const document = findDocument(db, 'register-book', bookSubject(register, part))
  if (document === null) return html`${label} (đang lập)`
  const file = part === SUPPLEMENT ? SUPPLEMENT : `quyen-${part}`
  const version = document.version > 1 ? ` (bản ${document.version})` : ''
  return html`<a href="${PATH}/${register.year}/${register.unit.key}/${file}.pdf"${asPaper(`Sổ theo dõi ${register.year}, ${label}`)}>${label}${version}</a>`
}

function sinceView(deps: Deps, register: Register, book: ClosedBook, mayClose: boolean): Html {
  const { late, changes, isNew } = changesSince(deps, register, book)
  if (!isNew) return html`<p>Từ khi khoá sổ không có gì mới.</p>`
  return html`<section><h2>Sau khi khoá sổ</h2>
<p>${formatCount(late.length)} hồ sơ của năm nhập sau khi khoá, chưa có số.</p>
<ul>${each(changes, (sentence) => html`<li>${sentence}</li>`)}</ul>
${when(mayClose, () => formView({ action: `${PATH}/${register.year}/${register.unit.key}/bo-sung`, state: EMPTY_FORM, fields: html``, submit: 'Ghi vào trang bổ sung' }))}</section>`
}

function unprinted({ db }: Deps, register: Register, book: ClosedBook): number {
  return booksOf(book).filter(
    (_, index) => findDocument(db, 'register-book', bookSubject(register, index + 1)) === null,
  ).length
}

function supplementWaits({ db }: Deps, register: Register, { supplement }: ClosedBook): boolean {
  if (supplement === null) return false
  const document = findDocument(db, 'register-book', bookSubject(register, SUPPLEMENT))
  return document === null || document.issuedAt < supplement.addedAt
}
