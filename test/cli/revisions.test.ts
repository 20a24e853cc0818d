import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { parsePeriod } from '../../src/domain/calendar/periods.ts'
import { closePeriod } from '../../src/reports/close-period.ts'
import { revisePeriods } from '../../src/reports/revise-periods.ts'
import { deskOf, HEAD } from '../support/desk.ts'
import { runCli } from '../support/run-cli.ts'
import { type TempInstallation, tempInstallation } from '../support/temp-installation.ts'

let installation: TempInstallation
let code: string

/** Weeks 10 and 11 are closed; a forgotten dossier of week 10 came in between, another of week 11 after both. */
before(() => {
  installation = tempInstallation('2023-03-07T09:00')
  const desk = deskOf(installation, HEAD)
  desk.log()
  installation.at('2023-03-13T06:00')
  closePeriod(installation, parsePeriod('2023-W10'))
  installation.at('2023-03-13T09:00')
  code = desk.log({ at: '2023-03-08T09:00', reason: 'Ghi sót' }).code!
  installation.at('2023-03-20T06:00')
  closePeriod(installation, parsePeriod('2023-W11'))
  desk.log({ at: '2023-03-15T09:00', reason: 'Ghi sót' })
  installation.at('2023-03-21T01:00')
  revisePeriods(installation)
})
after(() => installation.close())

const cli = (...args: string[]) => runCli(args, { env: installation.env })
const json = async (...args: string[]) => JSON.parse((await cli(...args, '--json')).out)

test('report reads a later revision and prints the bridge to the period before', async () => {
  const second = await json('report', '2023-W11', '--reading', '2')
  assert.deepEqual([second.closed.revision, second.closed.taken_at], [2, '2023-03-21T01:00:00+07:00'])
  assert.equal(second.total.counters.received, 1)
  const { previous, open, adjustment, carried_over: carriedOver, unexplained, rows, events } = second.bridge
  assert.deepEqual([previous, open, adjustment, carriedOver, unexplained], ['2023-W10', 1, 1, 2, 0])
  assert.deepEqual([rows[0].key, events[0].code], ['xa-ngoc-ky', code])
  assert.equal((await json('report', '2023-W10')).bridge, null)

  const { out } = await cli('report', '2023-W11', '--reading', '2')
  assert.match(out, /^Chốt 20\/03\/2023 06:00, bản 2 lập 21\/03\/2023 01:00 · /m)
  assert.match(
    out,
    /^Điều chỉnh kỳ trước: đang giải quyết khi chốt kỳ trước 1 \+ 1 = kỳ trước chuyển qua 2 \(Tuần 10\/2023 /m,
  )
  assert.match(
    out,
    new RegExp(`^${code}  Tiếp nhận  08/03/2023 09:00, ghi nhận 13/03/2023 09:00  Hệ thống: Ghi sót$`, 'm'),
  )
})

test('revisions lists what each one took up', async () => {
  const { revisions } = await json('revisions', '2023-W10', '--unit', 'xa-ngoc-ky')
  assert.deepEqual(
    revisions.map((row: { revision: number; kind: string; events: { code: string }[] }) => [
      row.revision,
      row.kind,
      row.events.map((event) => event.code),
    ]),
    [
      [1, 'full', []],
      [2, 'full', [code]],
    ],
  )
  const { out } = await cli('revisions', '2023-W10')
  assert.match(out, /^Bản 1 chốt 13\/03\/2023 06:00, \d+ đơn vị\.$/m)
  assert.match(out, /^ +2 {2}21\/03\/2023 01:00 {2}đầy đủ {2}Xã Ngọc Kỳ +1 {2}[0-9a-f]{12}$/m)
})

test('compare prints what differs between two revisions, and with what is now', async () => {
  const found = await json('compare', '2023-W10', '1', '2')
  assert.deepEqual(found.total.counters.received, { before: 1, after: 2, difference: 1 })
  assert.equal(found.events[0].reason, 'Ghi sót')
  const { out } = await cli('compare', '2023-W10', '1', '2')
  assert.match(out, /^Bản 1 so với bản 2$/m)
  assert.match(out, /^Tổng số +tiếp nhận trong kỳ +1 +2 +\+1$/m)
  assert.match((await cli('compare', '2023-W10', '2', 'current')).out, /Không có số liệu nào khác nhau/)
})

test('what is not there is refused with a sentence, and a wrong command line with its usage', async () => {
  const unknown = await cli('compare', '2023-W10', '1', '9')
  assert.deepEqual([unknown.code, unknown.out], [1, ''])
  assert.match(unknown.err, /không có bản 9; bản mới nhất là bản 2/)
  assert.match((await cli('revisions', '2023-W12')).err, /chưa chốt nên chưa có bản chốt/)
  for (const args of [['compare', '2023-W10', '1'], ['compare', '2023-W10', 'x', '2'], ['revisions']])
    assert.equal((await cli(...args)).code, 2, args.join(' '))
})
