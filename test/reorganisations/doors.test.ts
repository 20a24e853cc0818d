import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { waitingInOutbox } from '../../db/queries/outbox.ts'
import { catalogueOf } from '../../src/catalogue/catalogue.ts'
import { applyReorganisations } from '../../src/reorganisations/apply-reorganisation.ts'
import { apiUnderTest } from '../api/api-under-test.ts'
import { deskOf } from '../support/desk.ts'
import { pageApp, textOf } from '../support/page-app.ts'
import { planOf, record } from '../support/reorganised.ts'
import { runCli } from '../support/run-cli.ts'
import { tempInstallation } from '../support/temp-installation.ts'
import { testInstallation } from '../support/test-installation.ts'

const PLANS = '/quan-tri/don-vi/sap-xep'

test('the API previews, records once, lists, and gives out what waits for a unit', async () => {
  const { get, post, installation } = await apiUnderTest('2024-11-28T09:00')
  const plan = planOf(installation, 0, { lineage: [], coordinator: 'thi-tran-tu-ky' })
  const { log } = deskOf(installation)
  const dossier = log()
  const preview = await post('reorganisations/preview', plan)
  assert.deepEqual(preview.json, { flows: [{ from: 'xa-ngoc-ky', to: null, n: 1 }], undecided: 1 })

  const key = { 'idempotency-key': 'sap-xep-1' }
  const recorded = await post('reorganisations', plan, key)
  assert.deepEqual([recorded.status, recorded.json.appliedAt, recorded.json.on], [201, null, '2024-12-01'])
  assert.equal((await post('reorganisations', plan, key)).json.id, recorded.json.id)
  assert.equal((await post('reorganisations', plan)).json.code, 'reorganisation_exists')
  assert.deepEqual(waitingInOutbox(installation.db), [], 'its day has not come')
  const clerk = { 'x-motcua-officer': 'xa-ngoc-ky.mot-cua-1' }
  assert.equal(
    (await post('reorganisations', { ...plan, on: '2024-12-02' }, clerk)).json.code,
    'not_permitted',
  )

  installation.at('2024-12-02T00:05')
  applyReorganisations(installation, '2024-12-02')
  const shown = (await get(`reorganisations/${recorded.json.id}`)).json
  assert.deepEqual([shown.plan, shown.movedDossiers, shown.undecided], [plan, 1, 1])
  const { dossiers } = (await get('reorganisations/waiting')).json
  assert.deepEqual(dossiers, [
    { id: dossier.id, code: dossier.code, unit: 'xa-ngoc-ky', procedure: '1.004873' },
  ])
  const given = await post('reorganisations/waiting/assignments', {
    unit: 'xa-ky-son-2024',
    dossiers: [dossier.id],
  })
  assert.deepEqual(given.json, { moved: 1 })
  assert.deepEqual((await get('reorganisations/waiting')).json.dossiers, [])
  assert.equal((await get('reorganisations/99')).status, 404)
})

test('a reorganisation recorded for a day that has come asks the workers to move the dossiers at once', () => {
  const installation = testInstallation('2024-12-02T09:00')
  record(installation, planOf(installation, 0))
  assert.deepEqual(
    waitingInOutbox(installation.db).map(({ job, payload }) => [job, payload]),
    [['apply-reorganisation', '{"day":"2024-12-02"}']],
  )
})

test('reports by today’s map come from the API, too', async () => {
  const { get, installation } = await apiUnderTest('2024-11-28T09:00')
  deskOf(installation).log()
  record(installation, planOf(installation, 0))
  installation.at('2024-12-02T09:00')
  applyReorganisations(installation, '2024-12-02')
  const keys = async (query: string) =>
    (await get(`reports/2024-11?${query}`)).json.rows.map(({ key }: { key: string }) => key)
  assert.deepEqual(await keys(''), ['xa-ngoc-ky'])
  assert.deepEqual(await keys('map=today'), ['xa-ky-son-2024'])
  const behind = await get('reports/2024-11/dossiers?counter=received&unit=xa-ky-son-2024&map=today')
  assert.equal(behind.json.total, 1)
  assert.equal((await get('reports/2024-11?map=yesterday')).status, 400)
})

/** The first value of a hidden field. */
function hidden(body: string, name: string): string {
  const value = new RegExp(`name="${name}" value="([^"]*)"`).exec(body)?.[1] ?? ''
  return value.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&')
}

const form = (fields: Readonly<Record<string, string>>) => ({
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  payload: new URLSearchParams(fields).toString(),
})

test('the form for a merger previews what it would do, keeps what was typed when refused, and records it once', async () => {
  const installation = testInstallation('2024-11-28T09:00')
  deskOf(installation).log()
  const app = await pageApp(installation)
  const typed = {
    on: '2024-12-01',
    document: 'Nghị quyết 1/NQ',
    name: 'Xã Ngọc Sơn',
    shortName: 'Ngọc Sơn',
    agencyCode: '000.88.35.H23',
    gsoCode: '',
    'u-xa-ngoc-ky': '1',
  }
  const url = `${PLANS}/moi/nhap`
  const refused = await app.inject({ method: 'POST', url, ...form(typed) })
  assert.equal(refused.statusCode, 422)
  assert.match(textOf(refused.body), /ít nhất hai đơn vị/)
  assert.match(refused.body, /value="Xã Ngọc Sơn"/)
  assert.match(refused.body, /id="u-xa-ngoc-ky"[^>]* checked/)
  const preview = await app.inject({ method: 'POST', url, ...form({ ...typed, 'u-xa-tai-son': '1' }) })
  assert.match(textOf(preview.body), /Xem trước, chưa ghi.*Xã Ngọc Sơn hợp nhất từ Xã Ngọc Kỳ, Xã Tái Sơn/)
  assert.equal(catalogueOf(installation.db).unitByKey.has('xa-ngoc-son-2024'), false)
  const plan = hidden(preview.body, 'plan')
  const recordIt = () => app.inject({ method: 'POST', url: PLANS, ...form({ plan, once: 'abc' }) })
  const [first, second] = [await recordIt(), await recordIt()]
  assert.deepEqual([first.statusCode, second.statusCode], [303, 303])
  assert.equal(first.headers.location, second.headers.location, 'two clicks, one plan')
  const again = await app.inject({ method: 'POST', url: PLANS, ...form({ plan }) })
  assert.equal(again.statusCode, 422)
  assert.match(textOf(again.body), /đã được ghi/)
  const shown = textOf((await app.inject(String(first.headers.location))).body)
  assert.match(shown, /Chuyển hồ sơ lúc 00:05 ngày 01\/12\/2024/)
  assert.match(shown, /Xã Ngọc Kỳ Xã Ngọc Sơn 1/)
  const officer = catalogueOf(installation.db).officerByKey.get('xa-tai-son.chu-tich')!
  assert.deepEqual(
    officer.memberships.map(({ role, title, validFrom, validTo }) => [role, title, validFrom, validTo]),
    [
      ['head', 'Chủ tịch UBND', '2019-12-01', '2024-11-30'],
      ['officer', 'Phó Chủ tịch UBND', '2024-12-01', null],
    ],
  )
})

test('units are shown as they stood on a day, and a unit with where it came from and what became of it', async () => {
  const installation = testInstallation('2024-11-28T09:00')
  record(installation, planOf(installation, 0))
  record(installation, planOf(installation, 1))
  const app = await pageApp(installation)
  const page = async (url: string) => textOf((await app.inject(url)).body)
  assert.match(await page('/quan-tri/don-vi?ngay=2024-11-30'), /42 đơn vị ngày 30\/11\/2024.*Xã Ngọc Kỳ/)
  assert.match(await page('/quan-tri/don-vi?ngay=2025-07-01'), /13 đơn vị ngày 01\/07\/2025/)
  assert.match(
    await page('/quan-tri/don-vi/xa-ky-son-2024'),
    /Ngày 01\/12\/2024: hợp nhất từ Xã Ngọc Kỳ, Xã Tái Sơn\. .*Ngày 01\/07\/2025: nhập vào Xã Tân Kỳ\./,
  )
  assert.match(await page('/quan-tri/don-vi/xa-hung-dao'), /chia cho Xã Tân Kỳ, Xã Đại Sơn\./)
  assert.equal((await app.inject('/quan-tri/don-vi?ngay=2024-13-01')).statusCode, 422)
  assert.equal((await app.inject('/quan-tri/don-vi/khong-co')).statusCode, 422)
})

test('the queue gives out many dossiers at once; a refusal keeps what was chosen', async () => {
  const installation = testInstallation('2024-11-28T09:00')
  const { log } = deskOf(installation)
  const ids = [log().id, log().id, log().id]
  record(installation, planOf(installation, 0, { lineage: [], coordinator: 'thi-tran-tu-ky' }))
  installation.at('2024-12-02T09:00')
  applyReorganisations(installation, '2024-12-02')
  const app = await pageApp(installation)
  const url = `${PLANS}/cho-phan-cong`
  assert.match(textOf((await app.inject(url)).body), /3 hồ sơ chờ phân công đơn vị.*Xã Ngọc Kỳ: 3 hồ sơ/)
  assert.match(textOf((await app.inject('/quan-tri')).body), /Đơn vị 3 việc chờ/)
  const from = String(catalogueOf(installation.db).unitByKey.get('xa-ngoc-ky')!.id)
  const refused = await app.inject({ method: 'POST', url, ...form({ from, unit: '', [`d-${ids[1]}`]: '1' }) })
  assert.equal(refused.statusCode, 422)
  assert.match(refused.body, new RegExp(`id="d-${ids[1]}"[^>]* checked`))
  assert.doesNotMatch(refused.body, new RegExp(`id="d-${ids[0]}"[^>]* checked`))
  const chosen = Object.fromEntries(ids.slice(0, 2).map((id) => [`d-${id}`, '1']))
  const done = await app.inject({ method: 'POST', url, ...form({ from, unit: 'xa-ky-son-2024', ...chosen }) })
  assert.equal(done.statusCode, 303)
  assert.match(textOf((await app.inject(url)).body), /1 hồ sơ chờ phân công đơn vị/)
})

test('the report page offers both maps where units have changed, and only there', async () => {
  const installation = testInstallation('2024-11-28T09:00')
  deskOf(installation).log()
  const app = await pageApp(installation)
  const page = async (url: string) => textOf((await app.inject(url)).body)
  assert.doesNotMatch(await page('/bao-cao/2024-11'), /Theo đơn vị hiện nay/)
  record(installation, planOf(installation, 0))
  installation.at('2024-12-02T09:00')
  applyReorganisations(installation, '2024-12-02')
  assert.match(await page('/bao-cao/2024-11'), /Đơn vị lúc đó Theo đơn vị hiện nay.*Xã Ngọc Kỳ/)
  assert.match(await page('/bao-cao/2024-11?map=today'), /Xã Kỳ Sơn/)
  assert.match(await page('/bao-cao/2024-12'), /Chuyển giao.*Xã Ngọc Kỳ \(đã kết thúc từ 01\/12\/2024\)/)
  assert.match(await page('/bao-cao/2024-12/ho-so?counter=transferredIn'), /1 hồ sơ/)
})

test('the command line previews a plan and records it only with --apply, moving what is due at once', async () => {
  const installation = tempInstallation('2024-12-02T09:00')
  const { config, env, db } = installation
  deskOf(installation).log({ at: '2024-11-28T09:00' })
  const file = join(config.dataDir, 'phuong-an.json')
  writeFileSync(file, JSON.stringify(planOf(installation, 0)))
  const run = (...args: string[]) => runCli(['reorganise', ...args], { env })
  const preview = await run(file)
  assert.deepEqual([preview.code, preview.err.trim()], [0, 'Chưa ghi gì. Thêm --apply để ghi phương án.'])
  assert.match(preview.out, /Xã Ngọc Kỳ → Xã Kỳ Sơn: 1 hồ sơ/)
  assert.equal(catalogueOf(db).unitByKey.has('xa-ky-son-2024'), false)
  const applied = await run(file, '--apply')
  assert.match(applied.err, /Đã ghi phương án 1 và chuyển 1 hồ sơ\./)
  const report = await runCli(['report', '2024-11', '--map', 'today'], { env })
  assert.match(report.out, /theo đơn vị hiện nay[\s\S]*Xã Kỳ Sơn/)
  assert.deepEqual([(await run(file)).code, (await run('khong-co.json')).code, (await run()).code], [1, 1, 2])
  installation.close()
})
