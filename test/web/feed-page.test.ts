import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { test } from 'node:test'
import { publicText } from '../../src/feed/feed-keys.ts'
import { closeAll, deliver, feedAll, parcelsOf, province, tell } from '../support/fed-province.ts'
import { pageApp, textOf } from '../support/page-app.ts'
import { DISTRICT_HEAD } from '../support/signed-in.ts'

const PATH = '/quan-tri/tuyen-duoi'

test('the page of the children says which periods came, which are missing, late and refused, and why', async () => {
  const all = province()
  closeAll(all)
  tell(all)
  const [ngocKy, haiXa] = all.children
  deliver(all.parent, ngocKy!, await parcelsOf(ngocKy!))
  const parcels = await parcelsOf(haiXa!)
  deliver(
    all.parent,
    haiXa!,
    parcels.filter(({ id }) => !id.includes('xa-van-to') && !id.includes('2023-W12')),
  )
  const app = await pageApp(all.parent)
  const get = async (url: string) => textOf((await app.inject({ url })).body)
  const before = await get(PATH)
  assert.match(before, /2\/2 hệ thống tuyến dưới còn trễ số liệu/)
  assert.match(before, /trễ 1\/2/)
  assert.match(before, /trễ 2\/2/)
  assert.match(before, /xa-ngoc-ky, 1 đơn vị, từ 27\/02\/2023 bản 1 04\/04 06:00/)
  assert.match(await get('/bao-cao/2023-W10'), /Chưa có số liệu của: Xã Văn Tố\./)
  assert.match(await get('/bao-cao/2023-W12'), /Chưa có số liệu của: .*Quang Phục/)
  assert.match(await get('/bao-cao/2023-04'), /Kỳ trước, Tháng 3\/2023, thiếu số liệu của: Xã Văn Tố/)
  all.parent.db.exec(`UPDATE procedures SET code = '1.999999' WHERE code = '1.004873'`)
  all.parent.db.exec(`UPDATE settings SET value = CAST(value AS INTEGER) + 1 WHERE key = 'catalogue_version'`)
  deliver(all.parent, haiXa!, parcels)
  const refused = await get(PATH)
  assert.match(refused, /bị từ chối/)
  assert.match(refused, /Tuyến trên chưa có thủ tục mã 1\.004873\. Hãy thêm thủ tục/)
  await app.close()
})

test('a child is registered on the page; what was typed comes back when it is refused', async () => {
  const all = province()
  closeAll(all)
  const app = await pageApp(all.parent)
  const post = (payload: Record<string, string>, url = PATH, officer = DISTRICT_HEAD) =>
    app.inject({
      method: 'POST',
      url,
      headers: {
        'x-motcua-officer': officer,
        'content-type': 'application/x-www-form-urlencoded',
        'sec-fetch-site': 'same-origin',
      },
      payload: new URLSearchParams(payload).toString(),
    })
  const key = publicText(generateKeyPairSync('ed25519').publicKey)
  const input = {
    installation: 'xa-ha-thanh',
    label: 'UBND xã Hà Thanh',
    units: 'xa-ha-thanh',
    since: '2023-04-03',
    key,
  }
  const wrong: readonly [object, RegExp][] = [
    [{ key: 'abc' }, /Khoá công khai không đúng/],
    [{ installation: 'Xã Hà Thanh' }, /Tên hệ thống “Xã Hà Thanh” không hợp lệ/],
    [{ installation: 'hai-xa' }, /Đã có hệ thống tuyến dưới tên “hai-xa”/],
    [{ units: 'xa-khong-co' }, /Không có đơn vị “xa-khong-co”/],
    [{ units: 'xa-ha-thanh xa-ngoc-ky' }, /Đơn vị “xa-ngoc-ky” đã do hệ thống “xa-ngoc-ky” gửi/],
    [{ units: ' ' }, /Hãy nêu ít nhất một đơn vị/],
    [{ since: '2023-02-30' }, /Ngày “2023-02-30” không có thật/],
  ]
  for (const [change, sentence] of wrong) {
    const reply = await post({ ...input, ...change })
    assert.equal(reply.statusCode, 422)
    assert.match(textOf(reply.body), sentence)
    assert.ok(reply.body.includes('value="UBND xã Hà Thanh"'), 'nothing typed is lost')
  }
  const clerk = 'xa-ngoc-ky.mot-cua-1'
  assert.match(
    textOf((await post(input, PATH, clerk)).body),
    /Việc “Đăng ký hệ thống tuyến dưới” dành cho: quản trị viên/,
  )
  assert.equal((await post({ ...input, key: `${key.slice(0, 20)}\n${key.slice(20)}` })).statusCode, 303)
  const page = textOf((await app.inject({ url: PATH })).body)
  assert.match(page, /UBND xã Hà Thanh xa-ha-thanh, 1 đơn vị, từ 03\/04\/2023/)
  const jobs = all.parent.db.prepare(
    `SELECT count(*) FROM outbox WHERE job = 'feed-held' AND sent_at IS NULL`,
  )
  assert.equal(jobs.pluck().get(), 3, 'the workers tell each new child what is asked of it')
  assert.equal((await post({}, `${PATH}/xa-ha-thanh/ngung`)).statusCode, 303)
  assert.match(textOf((await app.inject({ url: PATH })).body), /đã ngừng sau 04\/04\/2023/)
  await app.close()
})

test('a fed table reads the same on the page as one of all dossiers', async () => {
  const all = province()
  closeAll(all)
  tell(all)
  await feedAll(all)
  const [fed, whole] = await Promise.all([all.parent, all.whole].map((each) => pageApp(each)))
  for (const url of ['/bao-cao/2023-W10', '/bao-cao/2023-W11?unit=xa-van-to']) {
    const [a, b] = await Promise.all([fed!.inject({ url }), whole!.inject({ url })])
    assert.equal(textOf(a.body), textOf(b.body), url)
  }
  await Promise.all([fed!.close(), whole!.close()])
})
