import type { StoredDossier } from '../../db/queries/dossiers.ts'
import type { LateSum } from '../../db/queries/late-changes.ts'
import type { Catalogue } from '../catalogue/catalogue.ts'
import { unitName } from '../catalogue/unit-choices.ts'
import { CHANNEL_INDEX } from '../domain/counting/contributions.ts'
import { formatCount } from '../domain/counting/rate-format.ts'
import type { EndClass } from '../domain/life-cycle/dossier.ts'
import { STATE_LABELS } from '../domain/life-cycle/life-cycle.ts'
import { COUNTER_LABELS } from '../reports/counter-labels.ts'
import { rowLabel } from '../reports/row-label.ts'
import { longDay, moment } from '../web/formats.ts'
import { each, type Html, html } from '../web/html.ts'
import type { PeriodEffect } from './effect.ts'

/** What a dossier was and would be, line by line; only what differs. */
export function changesView(catalogue: Catalogue, before: StoredDossier, after: StoredDossier): Html {
  const [old, next] = [factsOf(catalogue, before), factsOf(catalogue, after)]
  const lines = old.flatMap(([label, was], index) => {
    const is = next[index]?.[1] ?? ''
    return was === is ? [] : [{ label, was, is }]
  })
  if (lines.length === 0) return html`<p class="muted">Hồ sơ không đổi gì khác.</p>`
  return html`<table class="data effect"><caption class="sr">Hồ sơ trước và sau</caption>
<thead><tr><th scope="col">Nội dung</th><th scope="col">Đang ghi</th><th scope="col">Sẽ là</th></tr></thead>
<tbody>${each(lines, ({ label, was, is }) => html`<tr><th scope="row">${label}</th><td>${was}</td><td><strong>${is}</strong></td></tr>`)}</tbody></table>`
}

const END_CLASSES = { early: 'trước hạn', on_time: 'đúng hạn', late: 'quá hạn' } as const satisfies Record<
  EndClass,
  string
>

function factsOf(catalogue: Catalogue, dossier: StoredDossier): readonly (readonly [string, string])[] {
  const { acceptedAt, acceptedOn, dueOn, endClass, endedAt, unitId, receivingUnitId } = dossier
  const day = acceptedOn ?? ''
  const unit = (id: number) => unitName(catalogue.unitById.get(id), day)
  return [
    ['Trạng thái', STATE_LABELS[dossier.state]],
    ['Thủ tục', catalogue.procedureById.get(dossier.procedureId)?.name ?? ''],
    ['Kênh nộp', rowLabel(catalogue, 'channel', CHANNEL_INDEX[dossier.channel], day).label],
    ['Tiếp nhận lúc', acceptedAt === null ? '–' : moment(acceptedAt)],
    ['Nơi tiếp nhận', unit(receivingUnitId)],
    ['Nơi giải quyết', unit(unitId)],
    ['Hạn trả', dueOn === null ? '–' : longDay(dueOn)],
    ['Phí, lệ phí', `${formatCount(dossier.fee)} đồng`],
    ['Kết thúc', endedAt === null ? 'chưa' : moment(endedAt)],
    ['Được tính là', endClass === null ? 'đang giải quyết' : END_CLASSES[endClass]],
  ]
}

/** Which closed periods change, and by how much. */
export function periodsView(catalogue: Catalogue, periods: readonly PeriodEffect[]): Html {
  if (periods.length === 0) return html`<p class="muted">Không đổi số liệu của kỳ đã chốt nào.</p>`
  return html`<dl class="facts effect-periods">${each(
    periods,
    ({ label, changes }) =>
      html`<dt>${label}</dt><dd>${each(
        linesOf(catalogue, changes),
        (line) => html`<span class="act">${line}</span>`,
      )}</dd>`,
  )}</dl>`
}

/** One line a unit: 'Xã Ngọc Kỳ: tiếp nhận trong kỳ +1, …'. */
function linesOf(catalogue: Catalogue, changes: readonly LateSum[]): readonly string[] {
  const units = Map.groupBy(changes, ({ unitId }) => unitId)
  return [...units].map(([unitId, own]) => {
    const day = own[0]?.day ?? ''
    const sums = new Map<string, number>()
    for (const { flow, channel, n } of own) {
      const where =
        flow === 'received' ? ` (${rowLabel(catalogue, 'channel', channel, day).label.toLowerCase()})` : ''
      const label = `${COUNTER_LABELS[flow]}${where}`
      sums.set(label, (sums.get(label) ?? 0) + n)
    }
    const parts = [...sums]
      .filter(([, n]) => n !== 0)
      .map(([label, n]) => `${label} ${n > 0 ? '+' : '−'}${Math.abs(n)}`)
    return `${unitName(catalogue.unitById.get(unitId), day)}: ${parts.join('; ') || 'chuyển giữa các kênh, thủ tục hoặc cán bộ'}`
  })
}
