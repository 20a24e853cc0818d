import type { QueueRow, QueueSort } from '../../db/queries/work-queue.ts'
import { type Catalogue, versionBy } from '../catalogue/catalogue.ts'
import { type Instant, type LocalDay, localDayOf } from '../domain/calendar/day.ts'
import { STATE_LABELS } from '../domain/life-cycle/life-cycle.ts'
import { moment, nearDay } from '../web/formats.ts'
import { each, type Html, html, when } from '../web/html.ts'
import { icon } from '../web/icons.ts'
import { dossierHref } from './dossier-table.ts'
import { type Standing, standingOf } from './due-standing.ts'
import { dueView } from './due-view.ts'
import { submissionHref } from './online-intake-view.ts'
import { receivingClock } from './receiving-clock-view.ts'
import { type QueueAsk, queueHref } from './work-queue-query.ts'

export interface QueueTable {
  readonly catalogue: Catalogue
  readonly ask: QueueAsk
  readonly now: Instant
  readonly caption: string
  /** Whether dossiers can be chosen to do something to several at once. */
  readonly choose: boolean
  /** Chosen already: the form came back. */
  readonly chosen: ReadonlySet<number>
  /** Officers for whom its reader stands in today. */
  readonly absent: readonly number[]
}

/** Dossiers, a line each: due, code, procedure, applicant, received, where it is, who has it. */
export function queueTable(rows: readonly QueueRow[], table: QueueTable): Html {
  const { ask, caption, choose } = table
  const head = (sort: QueueSort, label: string, name: string) => sortHead(ask, sort, label, name)
  return html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0"><table class="data dossiers queue" data-keys>
<caption class="sr">${caption}</caption>
<thead><tr>${when(choose, () => html`<th scope="col" class="col-pick"><span class="sr">Chọn</span><input type="checkbox" data-pick-all hidden aria-label="Chọn cả trang"></th>`)}${head('due', DUE_HEADS[ask.view as keyof typeof DUE_HEADS] ?? 'Hạn trả', 'col-due')}${head('code', 'Mã hồ sơ', 'col-code')}<th scope="col">Thủ tục</th>${head('applicant', 'Người nộp', 'col-name')}${head('received', 'Nhận', 'col-received')}<th scope="col" class="col-unit">Đang ở</th><th scope="col" class="col-officer">Người giữ</th></tr></thead>
<tbody>
${each(rows, (row) => line(row, table))}
</tbody></table></div>`
}

const DUE_HEADS = {
  submitted: 'Tiếp nhận trước',
  result_ready: 'Hạn trả, có kết quả trước',
  in_transit: 'Hạn trả, gửi trước',
} as const satisfies Partial<Record<QueueAsk['view'], string>>

const NEXT = { none: false, ascending: true, descending: false } as const

/** A heading that sorts the whole list, on the server. */
function sortHead(ask: QueueAsk, sort: QueueSort, label: string, name: string): Html {
  if (ask.view === 'newest') return html`<th scope="col" class="${name}">${label}</th>`
  const direction = ask.sort === sort ? (ask.backwards ? 'descending' : 'ascending') : 'none'
  const href = queueHref({ ...ask, sort, backwards: NEXT[direction], after: undefined })
  const sign = { none: null, ascending: 'up', descending: 'down' } as const
  return html`<th scope="col" class="${name}" aria-sort="${direction}"><a class="sort" href="${href}">${label}${when(sign[direction], (arrow) => icon(arrow))}</a></th>`
}

function line(row: QueueRow, { catalogue, ask, now, choose, chosen, absent }: QueueTable): Html {
  const procedure = catalogue.procedureById.get(row.procedureId)
  const name = `d-${row.id}`
  const code = row.code ?? row.slipNumber ?? 'chưa cấp mã'
  const [due, meaning] = dueCell(row, catalogue, now)
  const officer = row.assigneeId === null ? undefined : catalogue.officerById.get(row.assigneeId)
  const received = row.acceptedOn ?? (row.submittedAt === null ? null : localDayOf(row.submittedAt))
  const where = ask.view === 'in_transit' ? wayOf(row, catalogue) : placeOf(row, catalogue, localDayOf(now))
  return html`<tr>
${when(choose, () => html`<td class="col-pick"><input type="checkbox" id="${name}" name="${name}" value="${row.version}"${when(chosen.has(row.id), () => html` checked`)}><label class="sr" for="${name}">Chọn ${code}</label></td>`)}
<td class="col-due bar ${meaning}">${due}</td>
<th scope="row" class="col-code"><a class="code" href="${choose && row.state === 'submitted' ? submissionHref(row) : dossierHref(row)}">${code}</a></th>
<td class="clip col-procedure" title="${procedure?.name}">${procedure?.name}</td>
<td class="clip col-name" title="${row.applicant}">${row.applicant ?? '–'}</td>
<td class="col-received n">${received === null ? '–' : nearDay(received, localDayOf(now))}</td>
<td class="clip col-unit" title="${where}">${where}</td>
<td class="clip col-officer">${officer === undefined ? html`<span class="muted">chưa giao</span>` : absent.includes(officer.id) ? `thay ${officer.name}` : officer.name}</td>
</tr>`
}

function dueCell(
  row: QueueRow,
  catalogue: Catalogue,
  now: Instant,
): readonly [Html, Standing['meaning'] | 'none'] {
  const calendar = catalogue.calendar(row.receivingUnitId)
  const standing = standingOf(row, calendar, localDayOf(now))
  if (standing !== null && row.dueOn !== null) return [dueView(row.dueOn, standing), standing.meaning]
  if (row.state !== 'submitted' || row.receivingDueAt === null)
    return [html`<span class="muted">không có hạn trả</span>`, 'none']
  if (row.subState === 'asked_before_acceptance')
    return [
      html`<span class="due paused">${icon('paused')}<span class="due-distance">chờ người nộp bổ sung</span></span>`,
      'paused',
    ]
  const { isLate, text } = receivingClock(calendar, now, row.receivingDueAt)
  const meaning = isLate ? 'overdue' : 'due_soon'
  return [
    html`<span class="due ${meaning}">${icon(meaning)}<time>${moment(row.receivingDueAt)}</time><span class="due-distance">${text}</span></span>`,
    meaning,
  ]
}

/** From where to where its folder is on the way; within a unit to whom. */
function wayOf({ sentFromUnitId, sentToUnitId, sentToOfficerId }: QueueRow, catalogue: Catalogue): string {
  const short = (id: number | null) => catalogue.unitById.get(id ?? 0)?.versions.at(-1)?.shortName ?? '–'
  const to = catalogue.officerById.get(sentToOfficerId ?? 0)?.name ?? short(sentToUnitId)
  return sentFromUnitId === sentToUnitId ? `→ ${to}` : `${short(sentFromUnitId)} → ${to}`
}

/** Where it is, and what it waits for there. */
function placeOf(row: QueueRow, catalogue: Catalogue, today: LocalDay): string {
  const short = (id: number) => {
    const unit = catalogue.unitById.get(id)
    return (unit && versionBy(unit.versions, row.acceptedOn ?? today)?.shortName) ?? '–'
  }
  const { sentToUnitId, sentToOfficerId } = row
  if (sentToUnitId !== null)
    return `Đang chuyển đến ${catalogue.officerById.get(sentToOfficerId ?? 0)?.name ?? short(sentToUnitId)}`
  const stepping = catalogue.unitByKey.get(row.stepActor ?? '')
  if (row.stepName !== null && stepping === undefined) return `Nơi khác · ${row.stepName.toLowerCase()}`
  const place = short(stepping?.id ?? row.holderUnitId)
  const state = (row.subState !== null && SUB_STATES[row.subState]) || STATE_LABELS[row.state]
  return `${place} · ${state.toLowerCase()}${row.endEnteredLate === 1 ? ' · khép muộn' : ''}`
}

const SUB_STATES = {
  asked_before_acceptance: 'Chờ bổ sung trước tiếp nhận',
  verifying: 'Đang xác minh',
  consulting: 'Đang lấy ý kiến',
  awaiting_signature: 'Đang trình ký',
} as const
