import type { FastifyInstance } from 'fastify'
import { type Alarm, openAlarms } from '../db/queries/alarms.ts'
import { type JobRun, lastGoodRuns } from '../db/queries/job-ledger.ts'
import { alarmItem } from './alarm-list.ts'
import { ageWords, backupStanding, hadNowhere, type LastBackup } from './backup/backup-standing.ts'
import { catalogueOf } from './catalogue/catalogue.ts'
import type { Deps } from './deps.ts'
import { formatCount } from './domain/counting/rate-format.ts'
import { subjectOf } from './job-runs/jobs-views.ts'
import { JOB_LABELS, type JobName } from './jobs.ts'
import type { PageOptions } from './page-options.ts'
import { formulaVersionOf } from './reports/formula-version.ts'
import { moment } from './web/formats.ts'
import { each, type Html, html } from './web/html.ts'
import { icon } from './web/icons.ts'
import type { Show } from './web/layout.ts'
import { CONCERNS_SHOWN, type SiteConcern, siteConcerns } from './web/site-concerns.ts'

const JOBS = Object.keys(JOB_LABELS) as readonly JobName[]

/** `/tinh-trang`: does the house work? Alarms first, then when each job last did its work. */
export function statusPage(app: FastifyInstance, { deps, site }: PageOptions, show: Show): void {
  app.get('/tinh-trang', (_request, reply) => {
    const alarms = openAlarms(deps.db)
    const runs = new Map(lastGoodRuns(deps.db).map((run) => [run.job, run]))
    const catalogue = catalogueOf(deps.db)
    const concerns = siteConcerns(site, (deps.wall ?? deps.clock).now())
    const heading = headingOf(alarms.length + concerns.length, runs.size)
    const body = html`<header class="page-head"><h1>${heading}</h1></header>
${alarmList(alarms, concerns)}
<section><h2>Sao lưu</h2>${backupTable(deps, hadNowhere(runs.get('copy-backup')))}</section>
<section><h2>Việc định kỳ</h2>${jobTable(runs)}<p class="notice-links"><a href="/quan-tri/viec-nen">Việc nền: lần tới, lỗi, chạy lại</a></p></section>
<p class="provenance"><span>Giờ hệ thống ${moment(deps.clock.now())}</span><span>lịch ${catalogue.calendar(null).version}</span><span>công thức ${formulaVersionOf(catalogue)}</span><span><a href="/design">Bộ mẫu giao diện</a></span></p>`
    return show(reply, { title: 'Tình trạng', area: '/quan-tri', body })
  })
}

function headingOf(alarms: number, runs: number): string {
  if (alarms > 0) return `${alarms} cảnh báo cần xem`
  return runs === 0 ? 'Chưa có việc định kỳ nào chạy' : 'Mọi việc đang chạy bình thường'
}

function alarmList(alarms: readonly Alarm[], concerns: readonly SiteConcern[]): Html {
  if (alarms.length + concerns.length === 0) return html`<p class="lead">Không có cảnh báo nào đang mở.</p>`
  return html`<ul class="alarms">${each(concerns, (concern) => html`<li>${icon('lock', 20)}<div><p class="event-act">Đường truyền</p><p>${CONCERNS_SHOWN[concern]}</p></div></li>`)}${each(alarms, (alarm) => alarmItem(alarm))}</ul>`
}

/** How old the newest good backup is, here and at the second place. */
function backupTable({ db, clock }: Deps, nowhere: boolean): Html {
  const { last, lastCopy } = backupStanding(db)
  const row = (place: string, backup: LastBackup | null, none = 'chưa có bản nào') =>
    html`<tr><th scope="row">${place}</th>${
      backup === null
        ? html`<td class="muted" colspan="2">${none}</td>`
        : html`<td><time>${moment(backup.at)}</time></td><td>${ageWords(backup.at, clock.now())}</td>`
    }</tr>`
  return html`<div class="scroll" role="region" aria-label="Sao lưu" tabindex="0"><table class="data jobs"><caption class="sr">Bản sao lưu tốt gần nhất</caption>
<thead><tr><th scope="col">Nơi giữ</th><th scope="col">Bản tốt gần nhất</th><th scope="col">Cách đây</th></tr></thead>
<tbody>${row('Tại máy', last)}${row(`Nơi thứ hai${lastCopy === null ? '' : `: ${lastCopy.to}`}`, lastCopy, nowhere ? 'không đặt nơi thứ hai' : undefined)}</tbody></table></div>`
}

function jobTable(runs: ReadonlyMap<JobName, JobRun>): Html {
  return html`<div class="scroll" role="region" aria-label="Việc định kỳ" tabindex="0"><table class="data jobs"><caption class="sr">Lần chạy tốt gần nhất của từng việc</caption>
<thead><tr><th scope="col">Việc</th><th scope="col">Lần chạy tốt gần nhất</th><th scope="col">Cho</th><th scope="col" class="n">Số dòng</th></tr></thead>
<tbody>${each(JOBS, (job) => {
    const run = runs.get(job)
    return html`<tr><th scope="row">${JOB_LABELS[job]}</th><td>${hadNowhere(run) ? html`<span class="muted">không đặt nơi thứ hai</span>` : run?.finishedAt == null ? html`<span class="muted">chưa chạy lần nào</span>` : html`<time>${moment(run.finishedAt)}</time>`}</td><td class="n-left">${run === undefined ? '–' : subjectOf(run)}</td><td class="n">${run?.rows == null ? '–' : formatCount(run.rows)}</td></tr>`
  })}</tbody></table></div>`
}
