import type { Catalogue, Procedure, ProcedureVersion } from '../catalogue/catalogue.ts'
import { versionOn } from '../catalogue/catalogue.ts'
import { placementOn } from '../catalogue/procedure-placements.ts'
import { stepHolder } from '../catalogue/step-holder.ts'
import { unitName } from '../catalogue/unit-choices.ts'
import { clockTime } from '../domain/calendar/clock-time.ts'
import type { LocalDay } from '../domain/calendar/day.ts'
import { formatCount } from '../domain/counting/rate-format.ts'
import { describeLimit, parseLimit } from '../domain/deadlines/time-limit.ts'
import { fullDay } from '../web/formats.ts'
import { EMPTY_FORM, type FormState, formView, inputField } from '../web/forms.ts'
import { each, type Html, html, when } from '../web/html.ts'
import { CHOICES, differences, factsOf, type VersionFacts } from './facts.ts'
import { LEVEL_LABELS, PROCEDURES_HREF, unverifiedTag } from './procedure-list-view.ts'
import { COLUMN_OF, PROCEDURE_COLUMNS } from './sheet-columns.ts'

export interface ShownProcedure {
  readonly catalogue: Catalogue
  readonly procedure: Procedure
  readonly today: LocalDay
  /** Open dossiers by version. */
  readonly open: ReadonlyMap<number, number>
  readonly mayChange: boolean
  readonly refused: { readonly version: number; readonly state: FormState } | null
}

/** One procedure: what it is, and its versions, the newest first. */
export function procedureBody(shown: ShownProcedure): Html {
  const { catalogue, procedure, today, mayChange } = shown
  const { level, resolverUnitId } = placementOn(procedure, today)
  const href = `${PROCEDURES_HREF}/${encodeURIComponent(procedure.code)}`
  const resolver =
    resolverUnitId === null ? 'đơn vị tiếp nhận' : unitName(catalogue.unitById.get(resolverUnitId), today)
  const field = catalogue.fieldById.get(procedure.fieldId)
  return html`<header class="page-head"><p class="page-kicker"><a href="/quan-tri">Quản trị</a><a href="${PROCEDURES_HREF}">Thủ tục</a></p><h1>${procedure.name}</h1><p class="lead">${procedure.code} · ${field?.name ?? ''} · cấp ${LEVEL_LABELS[level].toLowerCase()} · giải quyết: ${resolver}${procedure.interAgency ? ' · liên thông' : ''}</p></header>
${when(mayChange, () => html`<div class="toolbar"><a class="button primary" href="${href}/phien-ban">Ghi phiên bản mới</a></div>`)}
${each(procedure.versions.toReversed(), (version, index) => versionView(shown, version, procedure.versions.at(-2 - index)))}`
}

/** `before`: the one in force earlier, for what is different. */
function versionView(
  shown: ShownProcedure,
  version: ProcedureVersion,
  before: ProcedureVersion | undefined,
): Html {
  const { procedure, today, open, mayChange, refused } = shown
  const inForce = versionOn(procedure.versions, today)?.id === version.id
  const facts = factsOf(version)
  const changed = before === undefined ? [] : differences(factsOf(before), facts)
  const n = open.get(version.id) ?? 0
  const tags = html`${when(inForce, () => html` <span class="tag in_time">đang áp dụng</span>`)}${when(version.validFrom > today, () => html` <span class="tag">sắp áp dụng</span>`)}${when(!version.verified, unverifiedTag)}`
  const span =
    version.validTo === null
      ? `Từ ${fullDay(version.validFrom)}`
      : `${fullDay(version.validFrom)} – ${fullDay(version.validTo)}`
  return html`<section class="procedure-version"><h2>${span}${tags}</h2>
<p class="muted">${before === undefined ? 'Phiên bản đầu.' : changed.length === 0 ? 'Như phiên bản trước.' : `Khác phiên bản trước: ${labelsOf(changed)}.`}${n > 0 ? ` ${formatCount(n)} hồ sơ đang giải quyết theo phiên bản này.` : ''}</p>
<details${when(inForce, () => html` open`)}><summary>Nội dung phiên bản</summary>${factsView(shown.catalogue, version, today)}</details>
${when(mayChange && !version.verified, () => verifyForm(procedure, version, refused?.version === version.id ? refused.state : EMPTY_FORM))}</section>`
}

function verifyForm({ code }: Procedure, { id, source }: ProcedureVersion, state: FormState): Html {
  return html`<details class="row-act"${when(state.refusal, () => html` open`)}><summary>Đánh dấu đã xác minh</summary>${formView(
    {
      action: `${PROCEDURES_HREF}/${encodeURIComponent(code)}/xac-minh/${id}`,
      state,
      fields: inputField(state, {
        name: 'source',
        label: 'Đã đối chiếu với',
        value: source,
        maxLength: 500,
        required: true,
        hint: 'Văn bản công bố: số, ngày, điều. Thay cho nguồn đang ghi.',
      }),
      submit: 'Đã đối chiếu, xác minh',
    },
  )}</details>`
}

/** 'thời hạn, phí, lệ phí' */
export function labelsOf(facts: readonly (keyof VersionFacts)[]): string {
  return facts.map((fact) => PROCEDURE_COLUMNS[COLUMN_OF[fact]].label.toLowerCase()).join('; ')
}

function factsView(catalogue: Catalogue, version: ProcedureVersion, today: LocalDay): Html {
  const facts = factsOf(version)
  const online =
    facts.onlineLevel === null
      ? 'không'
      : `mức độ ${facts.onlineLevel}${facts.onlineMode === null ? '' : `, ${CHOICES.onlineMode[facts.onlineMode]}`}`
  const cutoff =
    facts.cutoffMinute === null
      ? ''
      : `; nhận sau ${clockTime(facts.cutoffMinute)} tính từ ngày làm việc kế tiếp`
  const mode = facts.mode === 'hour_exact' ? ', tính đúng giờ' : ''
  const fee = `${formatCount(facts.fee)} đồng${facts.feeNote === null ? '' : `; ${facts.feeNote}`}`
  const policies = (
    ['supplementPolicy', 'paymentPolicy', 'verificationPolicy', 'consultationPolicy'] as const
  ).map(
    (fact) =>
      `${PROCEDURE_COLUMNS[COLUMN_OF[fact]].label.toLowerCase()}: ${(CHOICES[fact] as Record<string, string>)[facts[fact]]}`,
  )
  const rows: readonly (readonly [string, string])[] = [
    ['Thời hạn', `${describeLimit(parseLimit(facts.limit))}${mode}${cutoff}`],
    ['Xét trễ', CHOICES.lateness[facts.lateness]],
    ['Trực tuyến', online],
    ['Phí, lệ phí', fee],
    ['Đồng hồ', policies.join('; ')],
    ['Gia hạn', facts.extensionDays === null ? 'không' : `${facts.extensionDays} ngày làm việc`],
    ['Quyết định công bố', facts.publicationDecision ?? 'chưa ghi'],
    ['Nguồn', facts.source],
  ]
  return html`<dl class="webhook-facts procedure-facts">${each(rows, ([label, text]) => html`<div><dt>${label}</dt><dd>${text}</dd></div>`)}</dl>
${when(facts.components.length > 0, () => html`<h3>Thành phần hồ sơ</h3><ol class="procedure-lines">${each(facts.components, (paper) => html`<li>${paper.name} <span class="muted">${paper.copies} ${paper.original ? 'bản chính' : 'bản sao'}${paper.required ? '' : ', không bắt buộc'}</span></li>`)}</ol>`)}
${when(facts.steps.length > 0, () => html`<h3>Quy trình</h3><ol class="procedure-lines">${each(facts.steps, (step) => html`<li>${step.name} <span class="muted">${stepHolder(catalogue, step.actor, today)}${step.limitText === null ? ', không tính thời gian' : `, ${describeLimit(parseLimit(step.limitText))}`}</span></li>`)}</ol>`)}`
}
