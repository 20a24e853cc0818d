import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { UnitSeed } from '../../db/seeds/reference-types.ts'
import { regimes } from '../../db/seeds/regimes.ts'
import { fields } from '../../db/seeds/tu-ky/fields.ts'
import { officers } from '../../db/seeds/tu-ky/officers.ts'
import { procedures } from '../../db/seeds/tu-ky/procedures.ts'
import { reorganisations } from '../../db/seeds/tu-ky/reorganisations.ts'
import { communeKeys, departmentKeys, units } from '../../db/seeds/tu-ky/units.ts'
import { addDays } from '../../src/domain/calendar/day.ts'
import { parseLimit } from '../../src/domain/deadlines/time-limit.ts'

const TT01_2018 = /^[0-9A-Z]{3}\.[0-9A-Z]{2}\.[0-9A-Z]{2}\.[A-Z][0-9]{2}$/
const QD20_2020 = /^[A-Z][0-9]{2}(\.[0-9A-Z]{2}){0,6}$/

test('on the day of the conference, 24/03/2023, the district has one town and 22 communes', () => {
  assert.equal(valid(units, '2023-03-24').filter(({ version }) => version.level === 'commune').length, 23)
  assert.equal(communeKeys.length, 23)
  assert.equal(departmentKeys.length, 12)
})

test('no two units valid on the same day share a GSO code or an agency code, before and after each reorganisation', () => {
  for (const day of ['2019-12-01', '2023-03-24', '2024-12-01', '2025-06-30', '2025-07-01']) {
    const rows = valid(unitsAsOf(day), day)
    const gso = rows.flatMap(({ version }) => (version.gsoCode === null ? [] : [version.gsoCode]))
    assert.equal(new Set(gso).size, gso.length, day)
    const agency = rows.map(({ version }) => version.agencyCode)
    assert.equal(new Set(agency).size, agency.length, day)
  }
})

test('agency codes have the form of their format', () => {
  for (const { version } of everyUnit().flatMap(versionsOf)) {
    assert.match(version.agencyCode, version.codeFormat === 'tt01_2018' ? TT01_2018 : QD20_2020)
  }
})

test('a unit key is used once, for good', () => {
  const keys = everyUnit().map(({ key }) => key)
  assert.equal(new Set(keys).size, keys.length)
})

test('every parent and every receiving shop exists and is valid as long as the unit is', () => {
  for (const day of ['2019-12-01', '2023-03-24', '2024-12-01', '2025-07-01']) {
    const rows = valid(unitsAsOf(day), day)
    const kindOf = new Map(rows.map(({ unit }) => [unit.key, unit.kind]))
    for (const { unit, version } of rows) {
      if (version.parent !== null) assert.ok(kindOf.has(version.parent), `${day} ${unit.key}`)
      if (unit.kind === 'grouping') assert.equal(unit.receivingShop, null)
      else assert.match(kindOf.get(unit.receivingShop!) ?? 'none', /^shop/, `${day} ${unit.key}`)
    }
  }
})

test('after 01/12/2024 the district has 20 communes, after 01/07/2025 none and the city six', () => {
  const communes = (day: string) =>
    valid(unitsAsOf(day), day).filter(({ version }) => version.level === 'commune')
  assert.equal(communes('2024-12-01').length, 20)
  assert.equal(communes('2025-06-30').length, 20)
  assert.equal(communes('2025-07-01').length, 6)
  assert.equal(
    valid(unitsAsOf('2025-07-01'), '2025-07-01').filter(({ version }) => version.level === 'district').length,
    0,
  )
})

test('every commune that closes is wholly merged into one, or split into parts whose shares are unknown or sum to 1', () => {
  for (const { closes, opens, lineage, on } of reorganisations) {
    const opened = new Set(opens.map(({ key }) => key))
    for (const row of lineage) {
      assert.ok(closes.includes(row.from), row.from)
      assert.ok(opened.has(row.to), row.to)
      assert.equal(row.on, on)
    }
    for (const key of closes.filter((key) => /^(xa|thi)-/.test(key))) {
      const rows = lineage.filter(({ from }) => from === key)
      if (rows[0]?.kind === 'merge') {
        assert.deepEqual([rows.length, rows[0].share], [1, 1], key)
        continue
      }
      assert.ok(rows.length >= 2 && rows.every(({ kind }) => kind === 'split_part'), key)
      const shares = rows.map(({ share }) => share)
      assert.ok(shares.every((share) => share === null) || sum(shares) === 1, key)
    }
  }
})

test('a re-used code means another territory: 11086 was Hưng Đạo and is Đại Sơn', () => {
  const holders = everyUnit()
    .flatMap(versionsOf)
    .filter(({ version }) => version.gsoCode === '11086')
  assert.deepEqual(
    holders.map(({ unit }) => unit.key),
    ['xa-hung-dao', 'xa-dai-son-2025'],
  )
})

test('versions of units, procedures and regimes follow each other without gap or overlap', () => {
  const histories = [regimes, ...units.map((u) => u.versions), ...procedures.map((p) => p.versions)]
  for (const rows of histories) {
    rows.forEach((row, index) => {
      const next = rows[index + 1]
      assert.equal(row.validTo, next === undefined ? null : addDays(next.validFrom, -1))
      assert.ok(row.validTo === null || row.validFrom <= row.validTo)
    })
  }
})

test('each version of a procedure lies within its regime, and modes are named from 15/08/2022 only', () => {
  for (const { code, versions } of procedures) {
    for (const version of versions) {
      const regime = regimes.find(({ key }) => key === version.regime)
      assert.ok(regime && regime.validFrom <= version.validFrom, code)
      assert.ok((version.validTo ?? '9999') <= (regime.validTo ?? '9999'), code)
      if (version.validFrom < '2022-08-15') assert.equal(version.onlineMode, null)
    }
  }
})

test('limits of procedures and steps, cut-offs and codes can be read', () => {
  assert.equal(new Set(procedures.map(({ code }) => code)).size, procedures.length)
  for (const { code, versions } of procedures) {
    assert.match(code, /^[1-3]\.\d{6}$/)
    for (const { limit, cutoff, steps, components } of versions) {
      parseLimit(limit)
      for (const step of steps) if (step.limit !== null) parseLimit(step.limit)
      if (cutoff !== null) assert.match(cutoff, /^\d\d:\d\d$/)
      assert.ok(components.length >= 2 && components.length <= 5, code)
    }
  }
})

test('every procedure has a field, and at the district a department that resolves it', () => {
  const slugs = new Set(fields.map(({ slug }) => slug))
  for (const { code, field, level, resolver } of procedures) {
    assert.ok(slugs.has(field), code)
    if (level === 'commune') assert.equal(resolver, null)
    else assert.ok(resolver !== null && departmentKeys.includes(resolver), code)
  }
  for (const slug of slugs)
    assert.ok(
      procedures.some(({ field }) => field === slug),
      slug,
    )
})

test('steps name a role or a unit that exists; the model process of 168 working hours sums to 21 days of 8', () => {
  const keys = new Set([...units.map(({ key }) => key), 'shop', 'resolver', 'leader', 'clerk'])
  const steps = procedures.flatMap(({ versions }) => versions.flatMap((version) => version.steps))
  for (const step of steps) assert.ok(keys.has(step.unit), step.unit)
  const model = procedures.find(({ code }) => code === '1.012994')!.versions[0]!
  const hours = model.steps.map(({ limit }) => (limit === null ? 0 : parseLimit(limit).amount))
  assert.equal(sum(hours), parseLimit(model.limit).amount * 8)
})

test('marriage with a foreign element: 15 days before 01/07/2025, 5 working days from then', () => {
  const versions = procedures.find(({ code }) => code === '2.000806')!.versions
  const limitOn = (day: string) =>
    versions.find((v) => v.validFrom <= day && day <= (v.validTo ?? '9999'))?.limit
  assert.equal(limitOn('2025-06-30'), '15d')
  assert.equal(limitOn('2025-07-01'), '5wd')
})

test('in civil status a verification stops the clock from 09/01/2025 only', () => {
  const versions = procedures.find(({ code }) => code === '1.004859')!.versions
  const policyOn = (day: string) =>
    versions.find((v) => v.validFrom <= day && day <= (v.validTo ?? '9999'))?.clockPolicies.verification
  assert.equal(policyOn('2025-01-08'), 'no_effect')
  assert.equal(policyOn('2025-03-04'), 'resume')
})

test('no version from 01/07/2025 on counts as verified', () => {
  const later = procedures.flatMap(({ versions }) => versions.filter((v) => v.validFrom >= '2025-07-01'))
  assert.ok(later.length > 0 && later.every(({ verified }) => !verified))
})

test('online channels are called by level until 14/08/2022 and by mode from 15/08/2022', () => {
  const labelOn = (day: string) =>
    regimes.find((r) => r.validFrom <= day && day <= (r.validTo ?? '9999'))?.channelLabels.level4
  assert.equal(labelOn('2022-08-14'), 'Trực tuyến mức độ 4')
  assert.equal(labelOn('2022-08-15'), 'Trực tuyến toàn trình')
})

test('the forms of a regime are dated one after the other and reach from its start or the first circular to its end', () => {
  for (const regime of regimes) {
    regime.forms.forEach((row, index) => {
      const next = regime.forms[index + 1]
      if (next !== undefined) assert.equal(row.validTo, addDays(next.validFrom, -1))
    })
    assert.ok((regime.forms.at(-1)!.validTo ?? '9999') >= (regime.validTo ?? '9999'))
  }
})

test('on every day each commune and each department has exactly one head, in one commune another one from 15/06/2022', () => {
  for (const day of ['2021-12-01', '2022-06-14', '2022-06-15', '2023-03-24']) {
    for (const unit of [...communeKeys, ...departmentKeys]) {
      assert.equal(headsOf(unit, day).length, 1, `${unit} ${day}`)
    }
  }
  assert.notDeepEqual(headsOf('xa-quang-phuc', '2022-06-14'), headsOf('xa-quang-phuc', '2022-06-15'))
})

test('officers have unique keys and names, units that exist and fields that exist', () => {
  const keys = new Set(units.map(({ key }) => key))
  const slugs = new Set(fields.map(({ slug }) => slug))
  assert.equal(new Set(officers.map(({ key }) => key)).size, officers.length)
  assert.equal(new Set(officers.map(({ name }) => name)).size, officers.length)
  for (const { unit, fields: worksOn } of officers.flatMap(({ memberships }) => memberships)) {
    assert.ok(keys.has(unit), unit)
    for (const slug of worksOn) assert.ok(slugs.has(slug), slug)
  }
})

function headsOf(unit: string, day: string): string[] {
  return officers
    .filter(({ memberships }) =>
      memberships.some(
        (m) => m.unit === unit && m.role === 'head' && m.from <= day && day <= (m.to ?? '9999'),
      ),
    )
    .map(({ key }) => key)
}

function everyUnit(): readonly UnitSeed[] {
  return [...units, ...reorganisations.flatMap(({ opens }) => opens)]
}

/** The units as they are once every reorganisation up to `day` has been applied. */
function unitsAsOf(day: string): readonly UnitSeed[] {
  return reorganisations
    .filter(({ on }) => on <= day)
    .reduce<readonly UnitSeed[]>(
      (before, { closes, opens, on }) => [
        ...before.map((unit) => (closes.includes(unit.key) ? closed(unit, addDays(on, -1)) : unit)),
        ...opens,
      ],
      units,
    )
}

function closed(unit: UnitSeed, last: string): UnitSeed {
  return { ...unit, versions: unit.versions.map((v) => (v.validTo === null ? { ...v, validTo: last } : v)) }
}

function valid(list: readonly UnitSeed[], day: string) {
  return list
    .flatMap(versionsOf)
    .filter(({ version }) => version.validFrom <= day && day <= (version.validTo ?? '9999'))
}

function versionsOf(unit: UnitSeed) {
  return unit.versions.map((version) => ({ unit, version }))
}

function sum(numbers: readonly (number | null)[]): number {
  return numbers.reduce<number>((total, number) => total + (number ?? 0), 0)
}
