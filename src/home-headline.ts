import { postsOn } from './accounts/posts.ts'
import { catalogueOf, type Unit } from './catalogue/catalogue.ts'
import { unitName } from './catalogue/unit-choices.ts'
import type { Actor, Deps } from './deps.ts'
import { localDayOf } from './domain/calendar/day.ts'
import { type Period, previousPeriod } from './domain/calendar/periods.ts'
import { formatCount, formatRate } from './domain/counting/rate-format.ts'
import { finding } from './reports/finding.ts'
import { type Report, report } from './reports/report.ts'
import { reportHref } from './reports/report-links.ts'
import { resolvingUnits } from './reports/resolving-units.ts'
import { scopeUnits } from './reports/scope.ts'
import { formatTarget, rateTargets } from './reports/targets.ts'
import { latestWeek } from './reports/week-page.ts'
import { type Html, html } from './web/html.ts'
import { icon } from './web/icons.ts'

/**
 * What last week came to: for who works in a unit that of the unit, and on a second line that of all; for who leads or
 * watches over several units that of all. `isSaid`: it is said to be of all where the rest of the page is not.
 */
export function homeHeadline(deps: Deps, actor: Actor, isSaid: boolean): Html {
  const period = latestWeek(deps)
  const all = weekOf(deps, period, undefined)
  const unit = ownUnit(deps, actor, period)
  if (unit === null)
    return html`<header class="page-head"><p class="page-kicker">${period.label}, ${isSaid ? 'mọi đơn vị, ' : ''}${stateOf(all.week)}</p>${headline(reportHref({ period }), all.sentence)}</header>`
  const own = weekOf(deps, period, unit.key)
  return html`<header class="page-head"><p class="page-kicker">${period.label}, ${unitName(unit, period.to)}, ${stateOf(own.week)}</p>${headline(reportHref({ period, unit: unit.key }), own.sentence + onlineWords(deps, own.week))}
<p class="lead"><a href="${reportHref({ period })}">Mọi đơn vị</a>: ${all.sentence.charAt(0).toLowerCase()}${all.sentence.slice(1)}.</p></header>`
}

function headline(href: string, sentence: string): Html {
  return html`<h1><a class="headline" href="${href}">${sentence}${icon('arrow', 20)}</a></h1>`
}

function weekOf(deps: Deps, period: Period, unit: string | undefined) {
  const asked = { by: 'unit', attribution: 'resolving', unit } as const
  const week = report(deps, { ...asked, period })
  return { week, sentence: finding(week, report(deps, { ...asked, period: previousPeriod(period) })) }
}

function stateOf({ closed, missing }: Report): string {
  const lacking = missing.length === 0 ? '' : `, chưa có số liệu của ${formatCount(missing.length)} đơn vị`
  return `${closed === null ? 'đang chạy, số liệu tạm tính' : 'đã chốt'}${lacking}`
}

/** The online rate against its target, after the finding; nothing where nothing was received. */
function onlineWords({ db }: Deps, { total }: Report): string {
  const online = total.rates['N1'] ?? null
  if (online === null) return ''
  const target = formatTarget(rateTargets(db).N1)
  return `, trực tuyến ${formatRate(online, { decimals: 1 })} (mục tiêu ${target})`
}

/** The unit somebody works in, where it resolves and nothing is below it; null: none, or they look after more. */
function ownUnit({ db, clock }: Deps, { officerId }: Actor, period: Period): Unit | null {
  if (officerId === null) return null
  const catalogue = catalogueOf(db)
  const resolving = new Set(resolvingUnits(catalogue, period))
  const posts = postsOn(catalogue, officerId, localDayOf(clock.now()))
  const own = posts.filter(({ onBehalfOfId, role }) => onBehalfOfId === null && WORKS.has(role))
  const units = own.flatMap(({ unitId }) => catalogue.unitById.get(unitId) ?? [])
  const isAlone = ({ key }: Unit) => scopeUnits(catalogue, key, period.to)?.length === 1
  return units.find((unit) => resolving.has(unit.id) && isAlone(unit)) ?? null
}

const WORKS: ReadonlySet<string> = new Set(['counter', 'officer', 'head'])
