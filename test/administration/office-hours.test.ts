import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { entriesAfter } from '../../db/queries/audit.ts'
import { listOfficeHours } from '../../db/queries/office-hours.ts'
import { catalogueOf } from '../../src/catalogue/catalogue.ts'
import { closingAt, dayRule } from '../../src/domain/calendar/calendar.ts'
import { printInstant } from '../../src/domain/calendar/day.ts'
import { deskOf } from '../support/desk.ts'
import { pageApp, textOf } from '../support/page-app.ts'
import { OFFICER } from '../support/signed-in.ts'
import { type TestInstallation, testInstallation } from '../support/test-installation.ts'

const HREF = '/quan-tri/gio-lam-viec'
const SUMMER = {
  unit: 'xa-ngoc-ky',
  from: '2023-04-15',
  'morning-from': '07:00',
  'morning-to': '11:00',
  'afternoon-from': '13:30',
  'afternoon-to': '17:30',
}

let here: TestInstallation
let app: FastifyInstance

before(async () => {
  here = testInstallation('2023-04-13T09:00')
  app = await pageApp(here)
})
after(() => app.close())

const get = (officer?: string) =>
  app.inject({ url: HREF, ...(officer && { headers: { [OFFICER]: officer } }) })
const send = (fields: Readonly<Record<string, string>>) =>
  app.inject({
    method: 'POST',
    url: HREF,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams(fields).toString(),
  })
const calendarOf = (key: string) => {
  const catalogue = catalogueOf(here.db)
  return catalogue.calendar(catalogue.unitByKey.get(key)!.id)
}
const closing = (key: string, day: string) => printInstant(closingAt(calendarOf(key), day)).slice(11, 16)

test('hours of a unit are previewed, recorded once, and hold from their day on for that unit alone', async () => {
  const dossier = deskOf(here).log()
  const preview = await send(SUMMER)
  assert.equal(preview.statusCode, 200)
  assert.match(textOf(preview.body), /Làm việc 07:00–11:00, 13:30–17:30 Xã Ngọc Kỳ, từ 15\/04\/2023/)
  assert.match(textOf(preview.body), /1 hồ sơ đang giải quyết có hạn từ ngày ấy giữ ngày và giờ đã hẹn/)
  assert.equal(listOfficeHours(here.db).length, 1)
  for (const _ of [1, 2])
    assert.equal((await send({ ...SUMMER, do: 'record', once: 'hours-1' })).statusCode, 303)
  assert.equal(listOfficeHours(here.db).length, 2)
  assert.equal(closing('xa-ngoc-ky', '2023-04-14'), '17:00', 'until then the hours of every unit')
  assert.equal(closing('xa-ngoc-ky', '2023-04-17'), '17:30')
  assert.equal(closing('xa-ha-ky', '2023-04-17'), '17:00')
  assert.equal(
    calendarOf('xa-ngoc-ky').firstDay,
    calendarOf('xa-ha-ky').firstDay,
    'the past is not forgotten',
  )
  const due = here.db.prepare('SELECT due_at FROM dossiers WHERE id = ?').pluck().get(dossier.id)
  assert.equal(due, dossier.dueAt)
  const told = entriesAfter(here.db, 0, 100).filter(({ kind }) => kind === 'reference_changed')
  const unit = catalogueOf(here.db).unitByKey.get('xa-ngoc-ky')!.id
  assert.deepEqual(
    told.map(({ data }) => JSON.parse(data)),
    [{ what: 'office_hours', unit, from: '2023-04-15' }],
  )
  assert.match(textOf((await get()).body), /Xã Ngọc Kỳ từ 15\/04\/2023 07:00–11:00, 13:30–17:30/)
})

test('a Saturday that receives is no working day', async () => {
  const saturday = { 'saturday-morning-from': '08:00', 'saturday-morning-to': '11:00' }
  await send({ ...SUMMER, from: '2023-05-05', ...saturday, do: 'record', once: 'hours-2' })
  const rule = dayRule(calendarOf('xa-ngoc-ky'), '2023-05-06')
  assert.deepEqual([rule.working, rule.reception, rule.receptionShifts], [false, true, [[480, 660]]])
  assert.equal(dayRule(calendarOf('xa-ngoc-ky'), '2023-05-08').receptionShifts.length, 2)
})

test('hours of today, of a day that has some, alike, or that overlap are refused and come back as typed', async () => {
  for (const [fields, sentence] of [
    [{ from: '2023-04-13' }, /chỉ áp dụng từ ngày mai \(14\/04\/2023\)/],
    [{}, /Đã có giờ làm việc áp dụng từ ngày 15\/04\/2023/],
    [{ from: '2023-04-20' }, /giống giờ đang áp dụng/],
    [{ from: '2023-06-01', 'afternoon-from': '10:00' }, /không chồng lên ca khác/],
    [{ from: '2023-06-01', 'morning-to': '' }, /không hợp lệ/],
    [{ unit: 'khong-co' }, /Không có đơn vị “khong-co”/],
    [{ from: '' }, /không có thật/],
  ] as const) {
    for (const step of ['preview', 'record']) {
      const { statusCode, body } = await send({ ...SUMMER, ...fields, do: step })
      assert.equal(statusCode, 422)
      assert.match(textOf(body), sentence)
    }
  }
  assert.equal(listOfficeHours(here.db).length, 3)
})

test('staff read the hours; only an administrator records others', async () => {
  const clerk = await get('xa-ngoc-ky.mot-cua-1')
  assert.equal(clerk.statusCode, 200)
  assert.doesNotMatch(clerk.body, /Ghi giờ mới/)
})
