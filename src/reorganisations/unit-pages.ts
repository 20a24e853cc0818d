import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { contactAt } from '../../db/queries/unit-contacts.ts'
import { mayEnter } from '../accounts/guard.ts'
import {
  type Catalogue,
  catalogueOf,
  type Unit,
  type UnitVersion,
  versionOn,
} from '../catalogue/catalogue.ts'
import { unitName } from '../catalogue/unit-choices.ts'
import { type LocalDay, localDayOf, parseDay } from '../domain/calendar/day.ts'
import { RuleError } from '../domain/refusals.ts'
import type { PageOptions } from '../page-options.ts'
import { changeContact } from '../unit-contacts/change-contact.ts'
import { contactView } from '../unit-contacts/contact-view.ts'
import { actorOf } from '../web/actor.ts'
import { fullDay, longDay } from '../web/formats.ts'
import { EMPTY_FORM, type FormState, orRefused, typedIn } from '../web/forms.ts'
import { each, type Html, html, when } from '../web/html.ts'
import type { Show } from '../web/layout.ts'
import { lineageSentences } from './lineage-words.ts'

const AREA = '/quan-tri'

interface One {
  readonly Params: { readonly key: string }
}

/**
 * `/quan-tri/don-vi`: the units as they stood on a day, as a tree; `/quan-tri/don-vi/:key`: the history of one, and how
 * it is reached.
 */
export function unitPages(app: FastifyInstance, { deps, writer }: PageOptions, show: Show): void {
  app.get<{ Querystring: { ngay?: string } }>('/quan-tri/don-vi', (request, reply) => {
    const day = request.query.ngay ? parseDay(request.query.ngay) : localDayOf(deps.clock.now())
    return show(reply, { title: 'Đơn vị', area: AREA, body: treeBody(catalogueOf(deps.db), day) })
  })

  const page = (request: FastifyRequest<One>, reply: FastifyReply, state: FormState) => {
    const unit = unitAt(request)
    const now = deps.clock.now()
    const today = localDayOf(now)
    const contact = contactView(contactAt(deps.db, unit.id, now), {
      action: `/quan-tri/don-vi/${encodeURIComponent(unit.key)}/lien-he`,
      form: mayEnter(request.principal, 'catalogue_write') ? state : null,
    })
    return show(reply, {
      title: unitName(unit, today),
      area: AREA,
      status: state.refusal === null ? 200 : 422,
      body: html`${historyBody(catalogueOf(deps.db), unit, today, contact)}${when(mayEnter(request.principal, 'dossiers_read'), () => html`<p class="notice-links"><a href="/ho-so?unit=${unit.key}">Hồ sơ của đơn vị</a></p>`)}`,
    })
  }
  const unitAt = ({ params: { key } }: FastifyRequest<One>) => {
    const unit = catalogueOf(deps.db).unitByKey.get(key)
    if (unit === undefined) throw new RuleError('unknown_unit', { unit: key })
    return unit
  }

  app.get<One>('/quan-tri/don-vi/:key', (request, reply) => page(request, reply, EMPTY_FORM))

  app.post<One>('/quan-tri/don-vi/:key/lien-he', async (request, reply) => {
    const typed = typedIn(request.body)
    const { phone = '', email = '', address = '' } = typed
    const { id, key } = unitAt(request)
    const outcome = await orRefused(typed, () => {
      const actor = actorOf(request)
      return writer.write(() => changeContact(deps, actor, id, { phone, email, address }))
    })
    if ('state' in outcome) return page(request, reply, outcome.state)
    return reply.redirect(`/quan-tri/don-vi/${encodeURIComponent(key)}#lien-he`, 303)
  })
}

const LEVELS = {
  province: 'Cấp tỉnh',
  district: 'Cấp huyện',
  commune: 'Cấp xã',
  department: 'Cơ quan chuyên môn',
  centre: 'Trung tâm',
} as const satisfies Record<UnitVersion['level'], string>

interface TreeRow {
  readonly unit: Unit
  readonly version: UnitVersion
  readonly depth: number
}

function treeBody(catalogue: Catalogue, day: LocalDay): Html {
  const rows = treeOn(catalogue, day)
  const days = [...new Set(catalogue.lineage.map(({ onDay }) => onDay))]
  return html`<header class="page-head"><p class="page-kicker"><a href="/quan-tri">Quản trị</a></p><h1>${rows.length} đơn vị ngày ${fullDay(day)}</h1></header>
<div class="toolbar"><form class="filter" action="/quan-tri/don-vi" method="get"><label for="ngay">Xem theo ngày</label><input id="ngay" name="ngay" type="date" value="${day}" required><button class="button" type="submit">Xem</button></form>
<a class="button" href="/quan-tri/don-vi/sap-xep">Sắp xếp đơn vị</a></div>
${when(days.length > 0, () => html`<p class="muted">Đơn vị thay đổi vào ${each(days, (on, index) => html`${index === 0 ? '' : ', '}<a href="/quan-tri/don-vi?ngay=${on}">${fullDay(on)}</a>`)}.</p>`)}
<div class="scroll block" role="region" aria-label="Đơn vị" tabindex="0"><table class="data units">
<caption class="sr">Đơn vị hoạt động ngày ${longDay(day)}, theo cấp trên</caption>
<thead><tr><th scope="col">Đơn vị</th><th scope="col" class="unit-level">Cấp</th><th scope="col">Mã đơn vị</th><th scope="col" class="unit-agency">Mã cơ quan</th><th scope="col" class="unit-since">Từ ngày</th></tr></thead>
<tbody>${each(rows, treeLine)}</tbody>
</table></div>`
}

/** Parents before their children, each level in alphabetical order; a unit whose parent is not in force stands on top. */
function treeOn(catalogue: Catalogue, day: LocalDay): readonly TreeRow[] {
  const all = catalogue.units.flatMap((unit) => {
    const version = versionOn(unit.versions, day)
    return version === undefined ? [] : [{ unit, version }]
  })
  const ids = new Set(all.map(({ unit }) => unit.id))
  const parentOf = ({ version: { parentUnitId } }: (typeof all)[number]) =>
    parentUnitId !== null && ids.has(parentUnitId) ? parentUnitId : null
  const children = Map.groupBy(
    all.toSorted((a, b) => a.version.name.localeCompare(b.version.name, 'vi')),
    parentOf,
  )
  const below = (parent: number | null, depth: number): readonly TreeRow[] =>
    (children.get(parent) ?? []).flatMap((row) => [{ ...row, depth }, ...below(row.unit.id, depth + 1)])
  return below(null, 0)
}

function treeLine({ unit, version, depth }: TreeRow): Html {
  return html`<tr><th scope="row" class="depth-${Math.min(depth, 3)}"><a href="/quan-tri/don-vi/${unit.key}">${version.name}</a></th><td class="unit-level">${LEVELS[version.level]}</td><td>${version.gsoCode ?? '–'}</td><td class="unit-agency">${version.agencyCode}</td><td class="unit-since">${fullDay(version.validFrom)}</td></tr>`
}

function historyBody(catalogue: Catalogue, unit: Unit, today: LocalDay, contact: Html): Html {
  const sentences = lineageSentences(catalogue, unit.id)
  const isOver = versionOn(unit.versions, today) === undefined
  return html`<header class="page-head"><p class="page-kicker"><a href="/quan-tri/don-vi">Đơn vị</a></p><h1>${unitName(unit, today)}</h1>${when(isOver, () => html`<p class="page-kicker"><span class="tag">Không hoạt động ngày ${fullDay(today)}</span></p>`)}</header>
<section><h2>Hình thành và sắp xếp</h2>${
    sentences.length === 0
      ? html`<p class="muted">Chưa có lần sắp xếp nào được ghi.</p>`
      : html`<ul class="lines">${each(sentences, ({ text, document }) => html`<li><span>${text}</span><span class="muted">${document}</span></li>`)}</ul>`
  }</section>
<section><h2>Các phiên bản</h2><div class="scroll" role="region" aria-label="Các phiên bản" tabindex="0"><table class="data units">
<caption class="sr">Tên, mã và cấp trên qua các thời kỳ</caption>
<thead><tr><th scope="col">Tên</th><th scope="col">Từ ngày</th><th scope="col">Đến hết ngày</th><th scope="col">Mã đơn vị</th><th scope="col">Mã cơ quan</th><th scope="col">Cấp trên</th><th scope="col">Văn bản</th></tr></thead>
<tbody>${each(unit.versions, (version) => versionLine(catalogue, version))}</tbody></table></div></section>
${contact}`
}

function versionLine(catalogue: Catalogue, version: UnitVersion): Html {
  const { name, validFrom, validTo, gsoCode, agencyCode, parentUnitId, document } = version
  const parent = parentUnitId === null ? '–' : unitName(catalogue.unitById.get(parentUnitId), validFrom)
  return html`<tr><th scope="row">${name}</th><td class="nowrap">${fullDay(validFrom)}</td><td class="nowrap">${validTo === null ? 'nay' : fullDay(validTo)}</td><td class="nowrap">${gsoCode ?? '–'}</td><td class="nowrap">${agencyCode}</td><td>${parent}</td><td>${document ?? '–'}</td></tr>`
}
