import { type Catalogue, type Unit, versionOn } from '../catalogue/catalogue.ts'
import { addDays } from '../domain/calendar/day.ts'
import { RuleError } from '../domain/refusals.ts'
import type { ReorganisationPlan } from './plan-schema.ts'
import { takeoverOf } from './takeover.ts'

/** Refuses (`plan_does_not_hold`) a plan that does not fit the units as they are, with everything that is wrong. */
export function checkPlan(catalogue: Catalogue, plan: ReorganisationPlan): void {
  const problems = [
    ...endings(catalogue, plan),
    ...openings(catalogue, plan),
    ...codes(catalogue, plan),
    ...successors(catalogue, plan),
    ...people(catalogue, plan),
  ]
  if (problems.length > 0) throw new RuleError('plan_does_not_hold', { problems: problems.join(' ') })
}

/** Keys of the units in force on the plan's day, as the plan leaves them. */
function inForceAfter(catalogue: Catalogue, plan: ReorganisationPlan): ReadonlySet<string> {
  const before = catalogue.units.filter((unit) => versionOn(unit.versions, plan.on) !== undefined)
  const stays = before.map(({ key }) => key).filter((key) => !plan.closes.includes(key))
  return new Set([...stays, ...plan.opens.map(({ key }) => key)])
}

function endings(catalogue: Catalogue, plan: ReorganisationPlan): string[] {
  const changed = [...plan.closes, ...plan.renames.map(({ unit }) => unit)]
  const twice = changed.filter((key, index) => changed.indexOf(key) !== index)
  return [
    ...twice.map((key) => `Đơn vị “${key}” được nêu hai lần; hãy giữ một.`),
    ...changed.flatMap((key) => {
      const unit = catalogue.unitByKey.get(key)
      if (unit === undefined) return [`Không có đơn vị “${key}”; hãy kiểm tra lại khoá.`]
      const last = versionOn(unit.versions, addDays(plan.on, -1))
      const goesOn = last !== undefined && last.validTo === null
      return goesOn ? [] : [`Đơn vị “${key}” không hoạt động đến ngày sắp xếp; hãy kiểm tra lại ngày.`]
    }),
  ]
}

function openings(catalogue: Catalogue, plan: ReorganisationPlan): string[] {
  const after = inForceAfter(catalogue, plan)
  const keys = plan.opens.map(({ key }) => key)
  const used = keys.filter((key, index) => catalogue.unitByKey.has(key) || keys.indexOf(key) !== index)
  const named = [...plan.opens, ...plan.renames].flatMap((unit) => [
    ...('receivingShop' in unit ? [unit.receivingShop] : []),
    unit.parent,
  ])
  const orphans = catalogue.units.filter((unit) => after.has(unit.key) && isOrphan(catalogue, plan, unit))
  return [
    ...used.map((key) => `Khoá “${key}” đã dùng; đơn vị mới cần một khoá chưa từng dùng.`),
    ...unknown(after, named).map((key) => `Đơn vị “${key}” không hoạt động từ ngày sắp xếp.`),
    ...orphans.map(
      ({ key }) => `Đơn vị “${key}” còn hoạt động nhưng cấp trên hoặc nơi tiếp nhận của nó thì không.`,
    ),
  ]
}

/** Its parent or its shop closes and the plan says nothing of it. */
function isOrphan({ unitById }: Catalogue, plan: ReorganisationPlan, unit: Unit): boolean {
  const closes = (id: number | null | undefined) => id != null && plan.closes.includes(unitById.get(id)!.key)
  const renamed = plan.renames.some((each) => each.unit === unit.key)
  return closes(unit.receivingShopId) || (!renamed && closes(versionOn(unit.versions, plan.on)?.parentUnitId))
}

/** Codes come back for other territories, but no two units have the same one on the same day. */
function codes(catalogue: Catalogue, plan: ReorganisationPlan): string[] {
  const gone = new Set([...plan.closes, ...plan.renames.map(({ unit }) => unit)])
  const others = catalogue.units
    .filter(({ key }) => !gone.has(key))
    .flatMap(({ versions }) => versionOn(versions, plan.on) ?? [])
  return (['agencyCode', 'gsoCode'] as const).flatMap((name) => {
    const all = [...others, ...plan.opens, ...plan.renames].flatMap((version) => version[name] ?? [])
    const twice = new Set(all.filter((code, index) => all.indexOf(code) !== index))
    return [...twice].map((code) => `Mã “${code}” thuộc hai đơn vị cùng hoạt động; hãy dùng mã khác.`)
  })
}

function successors(catalogue: Catalogue, plan: ReorganisationPlan): string[] {
  const after = inForceAfter(catalogue, plan)
  const to = [...plan.lineage, ...plan.takeovers].map((link) => link.to)
  const from = plan.takeovers.map((takeover) => takeover.from).filter((key) => !catalogue.unitByKey.has(key))
  const strange = plan.lineage.filter(
    ({ from, kind }) => kind !== 'transfer_function' && !plan.closes.includes(from),
  )
  const undecided = plan.closes.filter((key) => resolves(catalogue, key) && !hasSuccessor(plan, key))
  const procedures = plan.takeovers.flatMap(({ procedure }) => procedure ?? [])
  const fields = plan.takeovers.flatMap(({ field }) => field ?? [])
  return [
    ...unknown(after, [...to, plan.coordinator]).map(
      (key) => `Đơn vị “${key}” không hoạt động từ ngày sắp xếp.`,
    ),
    ...from.map((key) => `Không có đơn vị “${key}”; hãy kiểm tra lại khoá.`),
    ...strange.map(
      ({ from }) => `Đơn vị “${from}” nhập, chia hoặc đổi thành đơn vị khác nhưng không kết thúc hoạt động.`,
    ),
    ...procedures
      .filter((code) => !catalogue.procedureByCode.has(code))
      .map((code) => `Không có thủ tục “${code}”.`),
    ...fields
      .filter((slug) => !catalogue.fields.some((f) => f.slug === slug))
      .map((slug) => `Không có lĩnh vực “${slug}”.`),
    ...(undecided.length > 0 && plan.coordinator === null
      ? [
          `Chưa rõ đơn vị nào nhận hồ sơ của ${undecided.join(', ')}; hãy ghi đơn vị tiếp quản, hoặc “coordinator” để giữ hồ sơ chờ phân công.`,
        ]
      : []),
  ]
}

function hasSuccessor(plan: ReorganisationPlan, key: string): boolean {
  return takeoverOf(plan, key, { procedure: '', field: '' }) !== null
}

function resolves({ unitByKey }: Catalogue, key: string): boolean {
  const kind = unitByKey.get(key)?.kind
  return kind === 'resolver' || kind === 'shop_and_resolver'
}

function people(catalogue: Catalogue, plan: ReorganisationPlan): string[] {
  const after = inForceAfter(catalogue, plan)
  const places = [
    ...plan.officers.map(({ unit }) => unit),
    ...plan.procedures.map(({ resolver }) => resolver),
  ]
  return [
    ...unknown(after, places).map((key) => `Đơn vị “${key}” không hoạt động từ ngày sắp xếp.`),
    ...plan.officers
      .filter(({ officer }) => !catalogue.officerByKey.has(officer))
      .map(({ officer }) => `Không có cán bộ “${officer}”.`),
    ...plan.procedures
      .filter(({ procedure }) => !catalogue.procedureByCode.has(procedure))
      .map(({ procedure }) => `Không có thủ tục “${procedure}”.`),
  ]
}

function unknown(known: ReadonlySet<string>, keys: readonly (string | null)[]): string[] {
  return [...new Set(keys)].filter((key): key is string => key !== null && !known.has(key))
}
