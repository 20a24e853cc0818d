import { peopleHref } from '../dossier-people/people-form.ts'
import { each, type Html, html, when } from '../web/html.ts'
import type { DossierView } from './dossier-views.ts'
import type { PersonView } from './masked-person.ts'

/** Applicant and proxy; their numbers in full for who handles the dossier. */
export function peopleView({
  dossier,
  people: { applicant, proxy, inFull },
}: Pick<DossierView, 'dossier' | 'people'>): Html {
  const shown = [
    { role: 'Người nộp', person: applicant },
    { role: 'Người được ủy quyền', person: proxy },
  ].filter(({ person }) => person !== null)
  const hasNumbers = [applicant, proxy].some((person) => person?.idNumber != null || person?.phone != null)
  const mayAmend = inFull && dossier.state !== 'voided' && !applicant?.isErased
  return html`<section id="nguoi-nop"><h2>Người nộp</h2>${each(shown, ({ role, person }) => one(role, person as PersonView))}
${when(hasNumbers && !inFull, () => html`<p class="muted">Số định danh và điện thoại chỉ hiện đủ với người xử lý hồ sơ.</p>`)}
${when(mayAmend, () => html`<p><a href="${peopleHref(dossier)}">Sửa người nộp, giấy tờ</a></p>`)}</section>`
}

function one(role: string, person: PersonView): Html {
  return html`<dl class="facts">
<dt>${role}</dt><dd>${person.name}${when(person.birthYear, (year) => html`, sinh năm <span class="n">${year}</span>`)}</dd>
${when(person.idNumber, (text) => html`<dt>Số định danh</dt><dd class="n">${text}</dd>`)}
${when(person.phone, (text) => html`<dt>Điện thoại</dt><dd class="n">${text}</dd>`)}
${when(person.address, (text) => html`<dt>Địa chỉ</dt><dd>${text}</dd>`)}
${when(person.email, (text) => html`<dt>Thư điện tử</dt><dd>${text}</dd>`)}
</dl>`
}
