import { findPersonById } from '../../db/queries/persons.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import type { Deps } from '../deps.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import { doubtsOf, numberSays } from '../domain/citizen-card.ts'
import { maskedPerson } from '../dossiers/masked-person.ts'
import { fold } from '../fold.ts'
import { idDigits } from '../person-numbers.ts'
import { nearDay } from '../web/formats.ts'
import type { Typed } from '../web/forms.ts'
import { type Html, html, NOTHING, when } from '../web/html.ts'
import { icon } from '../web/icons.ts'
import type { Earlier } from './earlier-dossiers.ts'

/** What is said of the person typed: whether number, year and sex agree, and who is known by number or phone. */
export function personView(deps: Deps, typed: Typed, earlier: Earlier | null): Html {
  return html`${numberView(typed)}${knownView(deps, typed, earlier)}`
}

const SEX = { male: 'nam', female: 'nữ' } as const

function numberView(typed: Typed): Html {
  const idNumber = idDigits(typed['idNumber'] ?? '')
  const says = numberSays(idNumber)
  if (says === null) return NOTHING
  const words = `${SEX[says.sex]}, sinh ${says.birthYear}`
  // While it is being typed a year says nothing yet.
  const birthYear = /^\d{4}$/.test(typed['birthYear'] ?? '') ? Number(typed['birthYear']) : null
  const sex = (['male', 'female'] as const).find((each) => each === typed['sex']) ?? null
  if (doubtsOf(idNumber, { birthYear, sex }).length > 0) {
    const confirmed = typed['numberConfirmed'] === '1'
    return html`<div class="person-note doubt">${icon('overdue')}<p>Có thể sai: số này là của người ${words}.</p><div class="field tick"><input id="f-numberConfirmed" type="checkbox" name="numberConfirmed" value="1"${when(confirmed, () => html` checked`)}><label for="f-numberConfirmed">Thẻ ghi đúng như vậy</label></div></div>`
  }
  if (birthYear === null && sex === null)
    return html`<p class="person-note">${icon('info')}Theo số định danh: ${words}</p>`
  return html`<p class="person-note fits">${icon('check')}Số định danh khớp: ${words}</p>`
}

/** Offered where something typed would change: name and year, and of an exact ID number the address too. */
function knownView(deps: Deps, typed: Typed, earlier: Earlier | null): Html {
  const fields = knownFields(deps, earlier)
  if (fields === null || earlier === null) return NOTHING
  const isNew = Object.entries(fields).some(([name, value]) => fold(typed[name] ?? '') !== fold(value))
  if (!isNew) return NOTHING
  const last = earlier.dossiers[0]!
  const masked = maskedPerson(deps, last.applicantId)
  const procedure = catalogueOf(deps.db).procedureById.get(last.procedureId)?.name
  const address =
    earlier.by === 'idNumber' ? masked?.address : masked?.address?.split(',').slice(-2).join(',').trim()
  const about = [masked?.name, masked?.birthYear, address].filter((each) => each != null && each !== '')
  const when_ =
    last.acceptedOn === null ? '' : ` ngày ${nearDay(last.acceptedOn, localDayOf(deps.clock.now()))}`
  return html`<div class="person-note">${icon('person')}<p>Đã biết: <strong>${about.join(' · ')}</strong>; gần nhất nộp ${procedure}${when_}</p><button class="button" type="submit" name="do" value="fill" formnovalidate data-fill="${JSON.stringify(fields)}">Điền <kbd>F9</kbd></button></div>`
}

/** What the clerk would type of a known person; phone and number stay sealed. */
export function knownFields(deps: Deps, earlier: Earlier | null): Readonly<Record<string, string>> | null {
  if (earlier === null || earlier.by === 'name') return null
  const person = findPersonById(deps.db, earlier.dossiers[0]?.applicantId ?? 0)
  if (person === null) return null
  const { name, birthYear, sex, address } = person
  return {
    name,
    ...(birthYear !== null && { birthYear: String(birthYear) }),
    ...(sex !== null && { sex }),
    ...(address !== null && earlier.by === 'idNumber' && { address }),
  }
}
