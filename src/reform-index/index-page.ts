import type { FastifyInstance, FastifyRequest } from 'fastify'
import { issuedSets } from '../../db/queries/criteria-sets.ts'
import { type IndexRun, latestIndexRun, scoresOf, sheetsOf } from '../../db/queries/index-results.ts'
import { mayEnter } from '../accounts/guard.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import type { Deps } from '../deps.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import { type CriteriaSet, criteriaOf } from '../domain/reform-index/criteria-set.ts'
import { RuleError } from '../domain/refusals.ts'
import { findUnit } from '../reports/scope.ts'
import { emptyNotice } from '../web/error-page.ts'
import { html, when } from '../web/html.ts'
import type { Show } from '../web/layout.ts'
import { heatTable, type IndexView, sheetTable } from './index-views.ts'

/** `/chi-so/:year`: the reform index of all units; `/chi-so/:year/:unit`: one unit's sheet. */
export function indexPage(app: FastifyInstance, deps: Deps, show: Show): void {
  const area = '/chi-so'
  app.get(area, (_request, reply) => reply.redirect(`/chi-so/${newestYear(deps)}`, 303))

  app.get<{ Params: { year: string } }>('/chi-so/:year', (request, reply) => {
    const year = readYear(request.params.year)
    const run = latestIndexRun(deps.db, year)
    const set = run && setOf(deps, run)
    if (run === null || set == null)
      return show(reply, { title: `Chỉ số CCHC ${year}`, area, body: noRun(request, year) })
    const body = heatTable(viewOf(deps, run, set))
    return show(reply, { title: `Chỉ số CCHC ${year}`, area, paper: 'landscape', body })
  })

  app.get<{ Params: { year: string; unit: string } }>('/chi-so/:year/:unit', (request, reply) => {
    const year = readYear(request.params.year)
    const run = latestIndexRun(deps.db, year)
    const set = run && setOf(deps, run)
    if (run === null || set == null)
      return show(reply, { title: `Chỉ số CCHC ${year}`, area, body: noRun(request, year) })
    const view = viewOf(deps, run, set)
    const unit = findUnit(view.catalogue, request.params.unit, set.period.to)
    const sheet = view.sheets.find(({ unitId }) => unitId === unit.id)
    if (sheet === undefined) throw new RuleError('unknown_unit', { unit: request.params.unit })
    return show(reply, { title: `Chỉ số CCHC ${year}`, area, body: sheetTable(view, sheet) })
  })
}

function viewOf({ db }: Deps, run: IndexRun, set: CriteriaSet): IndexView {
  const scores = scoresOf(db, run.id)
  const scored = new Set(scores.map(({ criterion }) => criterion))
  return {
    catalogue: catalogueOf(db),
    run,
    set,
    criteria: criteriaOf(set).filter(({ code }) => scored.has(code)),
    sheets: sheetsOf(db, run.id),
    scores: Map.groupBy(scores, ({ unitId }) => unitId),
  }
}

function setOf({ db }: Deps, { criteriaSetId }: IndexRun): CriteriaSet | null {
  return issuedSets(db).find(({ id }) => id === criteriaSetId)?.set ?? null
}

function newestYear({ db, clock }: Deps): number {
  const years = issuedSets(db).map(({ set }) => set.year)
  const withRun = years.filter((year) => latestIndexRun(db, year) !== null)
  return (
    Math.max(...(withRun.length > 0 ? withRun : [...years, 0])) || Number(localDayOf(clock.now()).slice(0, 4))
  )
}

function readYear(text: string): number {
  if (!/^(19|20)\d\d$/.test(text)) throw new RuleError('invalid_period', { value: text })
  return Number(text)
}

function noRun({ principal }: FastifyRequest, year: number) {
  const links = when(
    mayEnter(principal, 'status_read'),
    () => html`<p class="notice-links"><a href="/tinh-trang">Xem tình trạng tính toán</a></p>`,
  )
  return html`<header class="page-head"><h1>Chỉ số cải cách hành chính năm ${year}</h1></header>
${emptyNotice('Chưa tính chỉ số năm này', 'Chỉ số được tính mỗi đêm cho các bộ tiêu chí đã ban hành. Nếu năm này đã có bộ tiêu chí, kết quả sẽ có vào sáng mai.', links)}`
}
