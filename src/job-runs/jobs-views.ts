import type { Alarm } from '../../db/queries/alarms.ts'
import type { JobRun } from '../../db/queries/job-ledger.ts'
import type { DeliveryTotals } from '../../db/queries/webhook-deliveries.ts'
import { alarmItem } from '../alarm-list.ts'
import { hadNowhere } from '../backup/backup-standing.ts'
import type { Instant } from '../domain/calendar/day.ts'
import { formatCount } from '../domain/counting/rate-format.ts'
import { retryAt } from '../job-times.ts'
import { JOB_LABELS, type JobName } from '../jobs.ts'
import { tabs } from '../web/controls.ts'
import { cursorOf } from '../web/cursor.ts'
import { emptyNotice } from '../web/error-page.ts'
import { fullDay, moment, shortMoment } from '../web/formats.ts'
import { refusalView } from '../web/forms.ts'
import { each, type Html, html, NOTHING, when } from '../web/html.ts'
import { isDismissible } from './dismiss-alarm.ts'

export const JOBS_HREF = '/quan-tri/viec-nen'

export const RUN_TABS = ['all', 'failed', 'running', 'done'] as const
export type RunTab = (typeof RUN_TABS)[number]

const TAB_LABELS = {
  all: 'Tất cả',
  failed: 'Lỗi',
  running: 'Đang chạy',
  done: 'Xong',
} as const satisfies Record<RunTab, string>

const OUTCOME_TAGS = {
  failed: html`<span class="tag overdue">Lỗi</span>`,
  running: html`<span class="tag">Đang chạy</span>`,
  done: html`<span class="tag in_time">Xong</span>`,
} as const satisfies Record<JobRun['outcome'], Html>

/** Nothing was copied and nothing went wrong. */
const NOWHERE = html`<span class="muted">không đặt nơi thứ hai</span>`

const JOBS = Object.keys(JOB_LABELS) as readonly JobName[]

export interface ShownJobs {
  readonly now: Instant
  readonly refusal: string | null
  readonly alarms: readonly Alarm[]
  readonly due: ReadonlyMap<JobName, Instant>
  /** Newest good and newest failed run of each job. */
  readonly good: ReadonlyMap<JobName, JobRun>
  readonly failed: ReadonlyMap<JobName, JobRun>
  readonly webhooks: DeliveryTotals
  readonly hasQueue: boolean
  readonly tab: RunTab
  readonly runs: readonly JobRun[]
  readonly hasMore: boolean
  /** Keys of runs that a person has asked to be tried again. */
  readonly asked: ReadonlySet<string>
  readonly mayAct: boolean
  readonly mayReadWebhooks: boolean
}

export function jobsBody(shown: ShownJobs): Html {
  const { refusal, alarms, mayAct, mayReadWebhooks, tab, webhooks, hasQueue } = shown
  const choices = RUN_TABS.map((each) => ({
    href: each === 'all' ? JOBS_HREF : `${JOBS_HREF}?xem=${each}`,
    label: TAB_LABELS[each],
    current: each === tab,
  }))
  return html`<header class="page-head"><p class="page-kicker"><a href="/quan-tri">Quản trị</a></p><h1>Việc nền</h1></header>
${refusalView({ typed: {}, refusal })}
${when(alarms.length > 0, () => html`<section><h2>${alarms.length} cảnh báo đang mở</h2><ul class="alarms">${each(alarms, (alarm) => alarmItem(alarm, mayAct ? dismissButton(alarm) : NOTHING))}</ul></section>`)}
<section><h2>Từng việc</h2>${jobTable(shown)}</section>
<section><h2>Tin webhook</h2><p>${formatCount(webhooks.waiting)} tin chờ gửi${webhooks.oldestAt === null ? '' : `, cũ nhất từ ${moment(webhooks.oldestAt)}`}; ${formatCount(webhooks.givenUp)} tin đã thôi gửi.</p><p class="notice-links">${when(mayReadWebhooks, () => html`<a href="/quan-tri/webhook">Webhook</a>`)}${when(hasQueue, () => html`<a href="${JOBS_HREF}/hang-doi">Hàng đợi trong Redis</a>`)}</p></section>
<section id="lan-chay"><h2>Các lần chạy</h2><div class="toolbar">${tabs('Kết quả', choices)}</div>${runTable(shown)}</section>`
}

function dismissButton({ id, kind }: Alarm): Html {
  if (!isDismissible(kind)) return NOTHING
  return html`<form method="post" action="${JOBS_HREF}/canh-bao/${id}/tat"><button class="quiet" type="submit">Đã xử lý, tắt cảnh báo</button></form>`
}

function jobTable({ due, good, failed, now }: ShownJobs): Html {
  return html`<div class="scroll" role="region" aria-label="Từng việc" tabindex="0"><table class="data job-table"><caption class="sr">Từng việc: lần tới, lần tốt gần nhất, lỗi gần nhất</caption>
<thead><tr><th scope="col">Việc</th><th scope="col">Lần tới</th><th scope="col">Lần tốt gần nhất</th><th scope="col">Cho</th><th scope="col" class="n">Mất</th><th scope="col" class="n">Số dòng</th><th scope="col">Lỗi chưa khắc phục</th></tr></thead>
<tbody>${each(JOBS, (job) => {
    const [run, bad, at] = [good.get(job), failed.get(job), due.get(job)]
    const isOver = bad !== undefined && run !== undefined && run.startedAt > bad.startedAt
    return html`<tr><th scope="row">${JOB_LABELS[job]}</th><td>${at === undefined ? html`<span class="muted">khi có yêu cầu</span>` : html`<time>${shortMoment(at)}</time>`}</td><td>${hadNowhere(run) ? NOWHERE : run?.finishedAt == null ? html`<span class="muted">chưa chạy lần nào</span>` : html`<time>${moment(run.finishedAt)}</time>`}</td><td>${run === undefined ? '–' : subjectOf(run)}</td><td class="n">${run === undefined ? '–' : lasted(run)}</td><td class="n">${run?.rows == null ? '–' : formatCount(run.rows)}</td><td class="job-words">${bad === undefined || isOver ? '–' : failureView(bad, now)}</td></tr>`
  })}</tbody></table></div>`
}

/** Why it failed, how often it was tried, and when it is tried next. */
function failureView(run: JobRun, now: Instant): Html {
  const next = retryAt(run)
  const words = next <= now ? 'ngay ở nhịp tới' : `lúc ${shortMoment(next)}`
  return html`${run.detail ?? 'không rõ'}<small>${subjectOf(run)}, ${run.attempts} lần thử; thử lại ${words}</small>`
}

function runTable({ runs, hasMore, tab, asked, mayAct }: ShownJobs): Html {
  if (runs.length === 0) return emptyNotice('Không có lần chạy nào ở đây', 'Bỏ điều kiện lọc để xem tất cả.')
  const last = runs.at(-1)!
  const params = new URLSearchParams({
    ...(tab !== 'all' && { xem: tab }),
    truoc: cursorOf([last.startedAt, last.id]),
  })
  return html`<div class="scroll" role="region" aria-label="Các lần chạy" tabindex="0"><table class="data job-table"><caption class="sr">Các lần chạy, mới trước</caption>
<thead><tr><th scope="col">Việc</th><th scope="col">Cho</th><th scope="col">Bắt đầu</th><th scope="col" class="n">Mất</th><th scope="col">Kết quả</th><th scope="col" class="n">Số dòng</th><th scope="col" class="n">Lần thử</th><th scope="col">Chi tiết</th></tr></thead>
<tbody>${each(runs, (run) => html`<tr><th scope="row">${JOB_LABELS[run.job] ?? run.job}</th><td>${subjectOf(run)}</td><td><time>${moment(run.startedAt)}</time></td><td class="n">${lasted(run)}</td><td>${hadNowhere(run) ? NOWHERE : OUTCOME_TAGS[run.outcome]}</td><td class="n">${run.rows === null ? '–' : formatCount(run.rows)}</td><td class="n">${run.attempts}</td><td class="job-words">${run.detail ?? '–'}${when(mayAct && run.outcome === 'failed', () => retryButton(run, asked))}</td></tr>`)}</tbody></table></div>
<nav class="pager" aria-label="Trang">${when(hasMore, () => html`<a class="button" href="${JOBS_HREF}?${params.toString()}#lan-chay" rel="next">Xem tiếp</a>`)}</nav>`
}

function retryButton({ id, job, subject, version }: JobRun, asked: ReadonlySet<string>): Html {
  if (asked.has(`${job}|${subject}|${version}`))
    return html`<small role="status">Đã yêu cầu chạy lại, bắt đầu trong vài giây.</small>`
  return html`<form method="post" action="${JOBS_HREF}/${id}/chay-lai"><button class="quiet" type="submit">Chạy lại ngay<span class="sr"> ${JOB_LABELS[job]} ${subject}</span></button></form>`
}

/** How long a run took: '0,4 giây', '2 phút 5 giây'. */
function lasted({ startedAt, finishedAt }: JobRun): string {
  if (finishedAt === null) return '–'
  const ms = Math.max(0, finishedAt - startedAt)
  if (ms < 100) return 'dưới 0,1 giây'
  if (ms < 60_000) return `${(ms / 1000).toFixed(1).replace('.', ',')} giây`
  return `${Math.floor(ms / 60_000)} phút ${Math.round((ms % 60_000) / 1000)} giây`
}

/** A day as it is written; anything else as it is. */
export function subjectOf({ subject }: Pick<JobRun, 'subject'>): string {
  return /^\d{4}-\d\d-\d\d$/.test(subject) ? fullDay(subject) : subject
}
