import type { StoredDossier } from '../../db/queries/dossiers.ts'
import { type Catalogue, type Unit, versionOn } from '../catalogue/catalogue.ts'
import { unitName } from '../catalogue/unit-choices.ts'
import { type LocalDay, parseInstant, printInstant } from '../domain/calendar/day.ts'
import { CHANNEL_INDEX } from '../domain/counting/contributions.ts'
import { CHANNELS } from '../domain/counting/tally.ts'
import type { CorrectionRequest } from '../dossiers/correct-dossier.ts'
import { rowLabel } from '../reports/row-label.ts'
import { choiceField, type FormState, inputField, type Option, type Typed, textField } from '../web/forms.ts'
import { type Html, html } from '../web/html.ts'

/** What intake said, to be put right. */
export function correctFields(
  catalogue: Catalogue,
  dossier: StoredDossier,
  state: FormState,
  today: LocalDay,
): Html {
  const day = dossier.acceptedOn ?? today
  const now = namesOf(catalogue, dossier)
  const procedures = catalogue.procedures
    .filter(({ versions }) => versionOn(versions, day) !== undefined)
    .map(({ code, name }) => ({ value: code, label: `${name} (${code})` }))
    .sort((a, b) => a.label.localeCompare(b.label, 'vi'))
  const channels = CHANNELS.map((value) => ({
    value,
    label: rowLabel(catalogue, 'channel', CHANNEL_INDEX[value], day).label,
  }))
  const shops = unitOptions(catalogue, day, ({ kind }) => kind === 'shop' || kind === 'shop_and_resolver')
  const resolvers = unitOptions(
    catalogue,
    day,
    ({ kind }) => kind === 'resolver' || kind === 'shop_and_resolver',
  )
  return html`${choiceField(state, { name: 'procedure', label: 'Thủ tục', options: procedures, value: now.procedure })}
<div class="form-row">${choiceField(state, { name: 'channel', label: 'Kênh nộp', options: channels, value: now.channel })}${inputField(state, { name: 'acceptedAt', label: 'Tiếp nhận lúc', type: 'datetime-local', value: now.acceptedAt, required: true })}</div>
<div class="form-row">${choiceField(state, { name: 'receivingUnit', label: 'Nơi tiếp nhận', options: shops, value: now.receivingUnit })}${choiceField(state, { name: 'resolvingUnit', label: 'Nơi giải quyết', options: resolvers, value: now.resolvingUnit })}</div>
${textField(state, { name: 'reason', label: 'Lý do', required: true, hint: 'Sai ở đâu, căn cứ nào. Người duyệt và người xem sau đọc câu này.' })}`
}

/** What differs from the dossier as it is. */
export function rightTyped(catalogue: Catalogue, dossier: StoredDossier, typed: Typed): CorrectionRequest {
  const now = namesOf(catalogue, dossier)
  const differs = (name: keyof typeof now) =>
    typed[name] === undefined || typed[name] === '' || typed[name] === now[name] ? undefined : typed[name]
  const acceptedAt = differs('acceptedAt')
  const channel = CHANNELS.find((each) => each === differs('channel'))
  return {
    procedure: differs('procedure'),
    channel,
    receivingUnit: differs('receivingUnit'),
    resolvingUnit: differs('resolvingUnit'),
    acceptedAt: acceptedAt === undefined ? undefined : parseInstant(acceptedAt),
    reason: typed['reason'] || undefined,
  }
}

/** All a form says, as one text: what was looked at must be what is saved. */
export function saidIn(typed: Typed): string {
  const { once: _once, seen: _seen, ...said } = typed
  return JSON.stringify(said)
}

function namesOf(catalogue: Catalogue, dossier: StoredDossier) {
  const key = (id: number) => catalogue.unitById.get(id)?.key ?? ''
  return {
    procedure: catalogue.procedureById.get(dossier.procedureId)?.code ?? '',
    channel: dossier.channel,
    acceptedAt: dossier.acceptedAt === null ? '' : printInstant(dossier.acceptedAt).slice(0, 16),
    receivingUnit: key(dossier.receivingUnitId),
    resolvingUnit: key(dossier.unitId),
  }
}

function unitOptions(
  catalogue: Catalogue,
  day: LocalDay,
  isMeant: (unit: Unit) => boolean,
): readonly Option[] {
  return catalogue.units
    .filter((unit) => isMeant(unit) && versionOn(unit.versions, day) !== undefined)
    .map((unit) => ({ value: unit.key, label: unitName(unit, day) }))
    .sort((a, b) => a.label.localeCompare(b.label, 'vi'))
}
