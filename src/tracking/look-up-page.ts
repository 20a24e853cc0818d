import type { FastifyInstance } from 'fastify'
import { findDossierByCode, type StoredDossier } from '../../db/queries/dossiers.ts'
import { findExplanation } from '../../db/queries/explanations.ts'
import { contactAt } from '../../db/queries/unit-contacts.ts'
import { agencyName } from '../catalogue/agency-name.ts'
import { catalogueOf, type ProcedureVersion } from '../catalogue/catalogue.ts'
import type { Deps } from '../deps.ts'
import { type LocalDay, localDayOf } from '../domain/calendar/day.ts'
import { stripInForce } from '../dossiers/dossier-strip.ts'
import { shopName } from '../dossiers/paper-words.ts'
import { stripView } from '../dossiers/strip-view.ts'
import { fullDay, longDay } from '../web/formats.ts'
import { inputField, refusalView } from '../web/forms.ts'
import { each, type Html, html, NOTHING, when } from '../web/html.ts'
import { icon } from '../web/icons.ts'
import type { Show } from '../web/layout.ts'
import { type Progress, progressOf } from './progress.ts'

const LOOK_UP = '/tra-cuu'
const EXAMPLE = '000.24.35.H23-230306-0001'

/**
 * `/tra-cuu?ma=…`: a citizen looks a dossier up by its whole code, without signing in, and reads how far it is. Code and
 * progress only (TT 01/2018 art 16); codes follow one another, so that nothing here says whose it is or about what.
 */
export function lookUpPage(app: FastifyInstance, deps: Deps, show: Show): void {
  app.get<{ Querystring: { ma?: string } }>(LOOK_UP, ({ query: { ma = '' } }, reply) => {
    const code = ma.replace(/\s/g, '').toUpperCase()
    const dossier = code === '' ? null : findDossierByCode(deps.db, code)
    const unknown = code !== '' && dossier === null
    const body = html`<section class="look-up"><h1>Tra cứu hồ sơ</h1>
${form(ma, unknown)}
${dossier === null ? NOTHING : answer(deps, dossier)}</section>`
    return show(reply, { title: 'Tra cứu hồ sơ', area: '', status: unknown ? 404 : 200, body })
  })
}

function form(ma: string, unknown: boolean): Html {
  const refusal = `Không có hồ sơ mang mã này. Hãy nhập đủ mã in trên giấy tiếp nhận, ví dụ ${EXAMPLE}.`
  const state = unknown ? { typed: { ma }, refusal, field: 'ma' } : { typed: { ma }, refusal: null }
  return html`<form method="get" action="${LOOK_UP}" class="look-up-form">
${refusalView(state)}
${inputField(state, { name: 'ma', label: 'Mã hồ sơ', hint: 'Mã in trên giấy tiếp nhận hồ sơ và hẹn trả kết quả.', placeholder: EXAMPLE, maxLength: 60, required: true, first: true })}
<button class="button primary" type="submit">Tra cứu</button></form>`
}

function answer(deps: Deps, dossier: StoredDossier): Html {
  const catalogue = catalogueOf(deps.db)
  const today = localDayOf(deps.clock.now())
  const day = dossier.acceptedOn ?? today
  const nameOf = (unitId: number) => agencyName(catalogue, unitId, day).name
  const places = {
    shop: `${shopName(day)}, ${nameOf(dossier.receivingUnitId)}`,
    phone: contactAt(deps.db, dossier.receivingUnitId, deps.clock.now())?.phone ?? null,
    resolver: nameOf(dossier.unitId),
  }
  const progress = progressOf(dossier, places, today)
  return html`<div class="look-up-answer" role="status"><p class="code">${dossier.code}</p>
<p class="look-up-sentence">${progress.sentence}</p>
${when(progress.steps, (steps) => stepLine(steps))}
${progress.isOpen ? strip(deps, dossier, today) : NOTHING}</div>`
}

function stepLine(steps: NonNullable<Progress['steps']>): Html {
  const current = steps.findIndex(({ isCurrent }) => isCurrent)
  return html`<ol class="look-up-steps">${each(steps, ({ label, on, isCurrent }, n) => html`<li class="${n < current || (isCurrent && n === steps.length - 1) ? 'done' : isCurrent ? 'now' : 'to-come'}"${when(isCurrent, () => html` aria-current="step"`)}><span class="look-up-dot">${n < current ? icon('check') : n + 1}</span><span>${label}</span>${when(on, (day) => html`<small>${fullDay(day)}</small>`)}</li>`)}</ol>`
}

function strip(deps: Deps, dossier: StoredDossier, today: LocalDay): Html {
  const version = catalogueOf(deps.db).procedureVersionById.get(
    dossier.procedureVersionId,
  ) as ProcedureVersion
  const inForce = dossier.explanationId === null ? null : findExplanation(deps.db, dossier.explanationId)
  if (inForce === null || dossier.dueOn === null) return NOTHING
  return stripView({
    ...stripInForce(dossier, version, inForce.strip, today),
    heading: `Cách tính hạn: ${longDay(dossier.dueOn)}`,
  })
}
