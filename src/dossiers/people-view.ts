import { each, type Html, html, when } from '../web/html.ts'
import type { DossierView } from './dossier-views.ts'
import type { PersonView } from './masked-person.ts'

/** Applicant and proxy; identification and phone numbers masked. */
export function peopleView({ applicant, proxy }: DossierView): Html {
  const people = [
    { role: 'Người nộp', person: applicant },
    { role: 'Người được ủy quyền', person: proxy },
  ].filter(({ person }) => person !== null)
  return html`<section><h2>Người nộp</h2>${each(people, ({ role, person }) => one(role, person as PersonView))}</section>`
}

function one(role: string, person: PersonView): Html {
  return html`<dl class="facts">
<dt>${role}</dt><dd>${person.name}${when(person.birthYear, (year) => html`, sinh năm <span class="n">${year}</span>`)}</dd>
${when(person.idNumber, (text) => html`<dt>Số định danh</dt><dd class="n">${text}</dd>`)}
${when(person.phone, (text) => html`<dt>Điện thoại</dt><dd class="n">${text}</dd>`)}
${when(person.address, (text) => html`<dt>Địa chỉ</dt><dd>${text}</dd>`)}
</dl>`
}
