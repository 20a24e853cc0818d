import { findDossierByCode } from '../../db/queries/dossiers.ts'
import { lastDestination } from '../../db/queries/hand-overs.ts'
import { catalogueOf, type Unit } from '../catalogue/catalogue.ts'
import type { Deps } from '../deps.ts'
import type { Choice } from '../web/controls.ts'
import { fullDay } from '../web/formats.ts'
import { choiceField, type FormState, inputField, onceInput, refusalView } from '../web/forms.ts'
import { each, type Html, html, when } from '../web/html.ts'
import { icon } from '../web/icons.ts'

/** The field to scan into, what was scanned so far, and the button that sends it. */
export function handOverForm(
  deps: Pick<Deps, 'db'>,
  unit: Unit,
  others: readonly Choice[],
  state: FormState,
): Html {
  const codes = (state.typed['codes'] ?? '').split(' ').filter((code) => code !== '')
  const last = lastDestination(deps.db, unit.id)
  const usual = last === null ? undefined : catalogueOf(deps.db).unitById.get(last)?.key
  const options = others.map(({ key, name }) => ({ value: key, label: name }))
  const to = choiceField(state, {
    name: 'to',
    label: 'Giao cho',
    options,
    blank: 'Chọn đơn vị nhận',
    ...(usual !== undefined && { value: usual }),
  })
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
