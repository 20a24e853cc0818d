import { findDossierByCode } from '../../db/queries/dossiers.ts'
import { type Destination, lastDestination } from '../../db/queries/hand-overs.ts'
import { byName, workingUnits } from '../accounts/desk-unit.ts'
import { type Catalogue, catalogueOf, type Unit } from '../catalogue/catalogue.ts'
import { unitName } from '../catalogue/unit-choices.ts'
import type { Actor, Deps } from '../deps.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import { fullDay } from '../web/formats.ts'
import { type FormState, inputField, onceInput, refusalView } from '../web/forms.ts'
import { each, type Html, html, when } from '../web/html.ts'
import { icon } from '../web/icons.ts'
import { type HandOverInput, peopleOf } from './hand-over.ts'

/** Before the key of somebody of one's own unit, where the choice is between people and units. */
const PERSON = '@'

/** What the choice of who receives means. */
export function receiverIn(choice: string): Pick<HandOverInput, 'to' | 'toOfficer'> {
  return choice.startsWith(PERSON) ? { toOfficer: choice.slice(PERSON.length) } : { to: choice }
}

/** The field to scan into, what was scanned so far, and the button that sends it. */
export function handOverForm(
  deps: Pick<Deps, 'db' | 'clock'>,
  unit: Unit,
  { officerId }: Pick<Actor, 'officerId'>,
  state: FormState,
): Html {
  const codes = (state.typed['codes'] ?? '').split(' ').filter((code) => code !== '')
  const to = receiverField(deps, unit, officerId, state)
  return html`<form class="scan" method="post" action="/ban-giao" data-scan data-scan-list>
${onceInput(state)}<input type="hidden" name="from" value="${unit.key}">
<div class="scan-head">${to}${inputField({ typed: {}, refusal: null }, { name: 'code', label: 'Quét mã hồ sơ', maxLength: 60, first: true, hint: 'Mã vạch hoặc mã QR trên giấy tiếp nhận; quét hết hồ sơ này đến hồ sơ khác.' })}<p class="scan-add"><button class="button" type="submit" name="do" value="add">Thêm</button></p></div>
<div data-scanned aria-live="polite">
<input type="hidden" name="codes" value="${codes.join(' ')}">
${refusalView(state)}
${scannedTable(deps, codes)}
</div>
<p class="form-end"><button class="button primary" type="submit" name="do" value="send">Giao và lập phiếu</button></p>
</form>`
}

/** Units, and the people of one's own: who sent before finds whoever they sent to last. */
function receiverField(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  unit: Unit,
  officerId: number | null,
  state: FormState,
): Html {
  const catalogue = catalogueOf(db)
  const today = localDayOf(clock.now())
  const me = officerId === null ? undefined : catalogue.officerById.get(officerId)?.key
  const people = peopleOf(catalogue, unit, today).filter(({ value }) => value !== me)
  const units = byName(
    workingUnits(catalogue, today).filter(({ id }) => id !== unit.id),
    today,
  )
  const last = lastDestination(db, unit.id, officerId) ?? lastDestination(db, unit.id)
  const chosen = state.typed['to'] ?? (last === null ? '' : choiceOf(catalogue, last))
  const option = (value: string, label: string) =>
    html`<option value="${value}"${when(value === chosen, () => html` selected`)}>${label}</option>`
  return html`<div class="field"><label for="f-to">Giao cho</label><select id="f-to" name="to"><option value="">Chọn nơi nhận</option>
${when(people.length > 0, () => html`<optgroup label="Trong ${unitName(unit, today)}">${each(people, ({ value, label }) => option(`${PERSON}${value}`, label))}</optgroup>`)}
<optgroup label="Đơn vị khác">${each(units, ({ key, name }) => option(key, name))}</optgroup></select></div>`
}

function choiceOf({ officerById, unitById }: Catalogue, { toUnitId, toOfficerId }: Destination): string {
  if (toOfficerId !== null) return `${PERSON}${officerById.get(toOfficerId)?.key}`
  return unitById.get(toUnitId)?.key ?? ''
}

function scannedTable({ db }: Pick<Deps, 'db'>, codes: readonly string[]): Html {
  if (codes.length === 0)
    return html`<p class="scan-none">${icon('empty', 20)}<span>Chưa quét hồ sơ nào.</span></p>`
  const catalogue = catalogueOf(db)
  return html`<p class="scan-count"><strong class="n">${codes.length}</strong> hồ sơ sẽ giao</p>
<div class="scroll" role="region" aria-label="Hồ sơ sẽ giao" tabindex="0"><table class="data">
<caption class="sr">Hồ sơ sẽ giao, mới quét trước</caption>
<thead><tr><th scope="col" class="n">Số</th><th scope="col">Mã hồ sơ</th><th scope="col">Thủ tục</th><th scope="col">Hạn trả</th><th scope="col"><span class="sr">Bỏ</span></th></tr></thead>
<tbody>${each(codes.map((code, n) => ({ code, n: n + 1 })).toReversed(), ({ code, n }) => {
    const dossier = findDossierByCode(db, code)
    const procedure = dossier && catalogue.procedureById.get(dossier.procedureId)?.name
    return html`<tr><td class="n">${n}</td><th scope="row" class="nowrap code">${code}</th><td class="clip scan-procedure" title="${procedure}">${procedure}</td><td class="nowrap">${when(dossier?.dueOn, (day) => html`${fullDay(day)}`)}</td><td class="n"><button class="quiet" type="submit" name="remove" value="${code}" aria-label="Bỏ ${code}">Bỏ</button></td></tr>`
  })}</tbody></table></div>`
}
