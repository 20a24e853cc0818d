import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { test } from 'node:test'
import { entriesAfter } from '../../db/queries/audit.ts'
import { dueMessages, findMessage } from '../../db/queries/messages.ts'
import { upsertSetting } from '../../db/queries/settings.ts'
import { catalogueOf } from '../../src/catalogue/catalogue.ts'
import { SYSTEM_OPERATOR } from '../../src/deps.ts'
import { MESSAGE_TEMPLATES } from '../../src/domain/messages/message-rules.ts'
import { changeMessageSettings, MESSAGE_RULES, messageSettings } from '../../src/messages/message-settings.ts'
import { problemsOf, readTemplates } from '../../src/messages/message-templates.ts'
import type { Messaging } from '../../src/messages/messaging.ts'
import { sendMessage } from '../../src/messages/send-message.ts'
import { messagesIn, NAME, standing, submitted, telling } from '../support/citizens.ts'
import { linksOf, pageApp, textOf } from '../support/page-app.ts'
import { refused } from '../support/refused.ts'
import { testInstallation } from '../support/test-installation.ts'

const MAIL = { mail: { url: 'smtp://127.0.0.1:1', from: 'motcua@xa.example' } }
const COUNTER = { 'x-motcua-officer': 'xa-ngoc-ky.mot-cua-1' }
const STRANGER = { 'x-motcua-officer': 'xa-tai-son.mot-cua-1' }

async function scene(given: Partial<Messaging> = MAIL) {
  const installation = telling(testInstallation('2023-03-06T09:00'), given)
  const { desk, dossier } = submitted(installation)
  const accepted = desk.act(dossier, 'accept')
  return { installation, desk, dossier: accepted, app: await pageApp(installation) }
}

test('the page of a dossier shows what the citizen will be told, how long it is held, and stops it', async () => {
  const { installation, dossier, app } = await scene()
  installation.at('2023-03-06T09:01')
  const url = `/ho-so/${dossier.code}`
  const before = await app.inject({ url, headers: COUNTER })
  const text = textOf(before.body)
  assert.match(
    text,
    /Tin cho người dân .* Thư điện tử da•••@example\.com Đang chờ gửi lúc 09:05 , còn 4 phút Dừng/,
  )
  assert.ok(text.includes(`Đã tiếp nhận hồ sơ ${dossier.code}`), 'the text can be read')
  const messages = text.slice(text.indexOf('Tin cho người dân'), text.indexOf('Việc có thể làm'))
  assert.ok(!messages.includes('dao.nguyen@'), 'the address is masked')
  const stopped = await app.inject({
    method: 'POST',
    url: '/tin-nhan/1/dung',
    headers: COUNTER,
    payload: { ve: url },
  })
  assert.deepEqual([stopped.statusCode, stopped.headers.location], [303, url])
  assert.deepEqual(standing(installation), ['received:email:stopped:by_hand'])
  const after = textOf((await app.inject({ url, headers: COUNTER })).body)
  assert.match(after, /1 tin đã gửi hoặc đã dừng .* Đã dừng 06\/03\/2023 09:01 : cán bộ dừng/)
  const told = entriesAfter(installation.db, 0, 100).filter(({ kind }) => kind === 'message_changed')
  assert.deepEqual(
    told.map(({ data }) => JSON.parse(data)),
    [{ message: 1, what: 'stopped' }],
  )
  const officerId = catalogueOf(installation.db).officerByKey.get('xa-ngoc-ky.mot-cua-1')!.id
  assert.deepEqual([told[0]!.actorId, told[0]!.dossierId], [officerId, dossier.id])
})

test('a decision leads back to the list or to the dossier, and nowhere else', async () => {
  const cases = [
    ['/tin-nhan?xem=cho', '/tin-nhan?xem=cho'],
    ['https://nguoi-la.example/', '/tin-nhan'],
    ['//nguoi-la.example/ho-so/x', '/tin-nhan'],
    ['/ho-so/../dang-xuat', '/tin-nhan'],
  ] as const
  for (const [ve, location] of cases) {
    const { app } = await scene()
    const reply = await app.inject({
      method: 'POST',
      url: '/tin-nhan/1/dung',
      headers: COUNTER,
      payload: { ve },
    })
    assert.equal(reply.headers.location, location, ve)
  }
})

test('the list shows the messages of one’s own units, by how they stand, and says first what failed', async () => {
  const { installation, desk, dossier, app } = await scene()
  desk.act(dossier, 'finish')
  const page = async (url: string, headers = COUNTER) => textOf((await app.inject({ url, headers })).body)
  assert.match(await page('/tin-nhan'), /1 tin đang chờ gửi .* Có kết quả .* Đã tiếp nhận/)
  assert.doesNotMatch(await page('/tin-nhan?xem=cho'), /tin không còn đúng/)
  installation.db
    .prepare(`UPDATE messages SET status = 'failed', error = 'refused 550', settled_at = 1 WHERE id = 2`)
    .run()
  assert.match(
    await page('/tin-nhan?xem=loi'),
    /1 tin không gửi được .* : địa chỉ không có thật hoặc hộp thư bị từ chối \(550\)\. Hãy sửa thư điện tử ở hồ sơ rồi gửi lại Gửi lại tin số 2 Bỏ qua/,
  )
  assert.match(await page('/tin-nhan', STRANGER), /Không có tin nào đang chờ .* Không có tin nào ở đây/)
  const again = await app.inject({
    method: 'POST',
    url: '/tin-nhan/2/gui-lai',
    headers: COUNTER,
    payload: {},
  })
  assert.equal(again.statusCode, 303)
  assert.deepEqual(standing(installation), ['received:email:stopped:untrue', 'result_ready:email:held'])
  const wrong = await app.inject({
    method: 'POST',
    url: '/tin-nhan/2/gui-lai',
    headers: COUNTER,
    payload: { ve: '/tin-nhan?xem=cho' },
  })
  assert.equal(wrong.statusCode, 409)
  assert.match(textOf(wrong.body), /1 tin đang chờ gửi Chỉ gửi lại được tin không gửi được.* Dừng tin số 2/)
  const stranger = await app.inject({
    method: 'POST',
    url: '/tin-nhan/2/dung',
    headers: STRANGER,
    payload: {},
  })
  assert.equal(stranger.statusCode, 403)
  assert.equal(
    (await app.inject({ method: 'POST', url: '/tin-nhan/x/dung', headers: COUNTER, payload: {} })).statusCode,
    404,
  )
})

test('a message to a wrong address goes to the one that was put right, as another message', async () => {
  const { installation, dossier, app } = await scene()
  const { db, vault } = installation
  db.exec(`UPDATE messages SET status = 'failed', error = 'refused 550', settled_at = 1 WHERE id = 1`)
  db.prepare('UPDATE persons SET email = ? WHERE id = ?').run('dao.moi@example.com', dossier.applicantId)
  const page = await app.inject({ url: `/ho-so/${dossier.code}`, headers: COUNTER })
  assert.match(textOf(page.body), /Gửi lại thì gửi đến địa chỉ mới da•••@example\.com/)
  const about = textOf(page.body).slice(0, textOf(page.body).indexOf('Việc có thể làm'))
  assert.ok(!about.includes('dao.moi@'), 'the address is masked')
  const ve = `/ho-so/${dossier.code}`
  const send = (path: string) =>
    app.inject({ method: 'POST', url: `/tin-nhan/${path}`, headers: COUNTER, payload: { ve } })
  assert.equal((await send('1/gui-lai')).headers.location, ve)
  assert.deepEqual(standing(installation), ['received:email:stopped:readdressed', 'received:email:held'])
  assert.equal(vault.open(findMessage(db, 2)!.toSealed!), 'dao.moi@example.com')
  assert.equal(vault.open(findMessage(db, 2)!.textSealed!), vault.open(findMessage(db, 1)!.textSealed!))
  const gone = await send('1/dung')
  assert.equal(gone.statusCode, 409)
  assert.match(textOf(gone.body), /Tin đã đi, đang đi hoặc đã dừng, không dừng được nữa\..* Về hồ sơ/)
})

test('a long list goes on on the next page', async () => {
  const { installation, app } = await scene()
  const copy = installation.db.prepare(
    `INSERT INTO messages (dossier_id, template, channel, dossier_version, created_at, send_at, status, attempts)
       SELECT dossier_id, template, channel, dossier_version, created_at, send_at, 'sent', 1 FROM messages WHERE id = 1`,
  )
  for (let n = 0; n < 50; n += 1) copy.run()
  const first = await app.inject('/tin-nhan')
  const next = linksOf(first.body).find((href) => href.includes('truoc='))
  assert.equal(next, '/tin-nhan?truoc=2')
  assert.match(textOf((await app.inject(next!)).body), /Đã tiếp nhận .* Đang chờ/)
  assert.equal((await app.inject('/tin-nhan?truoc=1%27')).statusCode, 200)
})

test('an administrator sets what is sent over what and how long it is held; a wrong form keeps what was typed', async () => {
  const { installation, app } = await scene()
  const url = '/tin-nhan/cach-gui'
  const ways = {
    received: 'off',
    supplement: 'sms',
    result_ready: 'email_zalo',
    new_date: 'email',
    returned: 'off',
  }
  const set = await app.inject({ method: 'POST', url, payload: { ...ways, hold: '15' } })
  assert.equal(set.statusCode, 303)
  assert.deepEqual(messageSettings(installation.db), { holdMinutes: 15, ways })
  const told = entriesAfter(installation.db, 0, 100).filter(({ kind }) => kind === 'setting_changed')
  assert.equal(told.length, 2)
  for (const wrong of [{ hold: 'năm' }, { hold: '1441' }, { received: 'bồ câu' }]) {
    const reply = await app.inject({ method: 'POST', url, payload: { ...ways, hold: '5', ...wrong } })
    assert.equal(reply.statusCode, 422)
    assert.match(reply.body, /role="alert"/)
  }
  assert.equal(messageSettings(installation.db).holdMinutes, 15)
  assert.equal((await app.inject({ url, headers: COUNTER })).statusCode, 403)
})

test('an own template with something wrong is named with what is wrong', async () => {
  const { installation, app } = await scene()
  const dir = installation.messages.templatesDir
  mkdirSync(dir, { recursive: true })
  writeFileSync(`${dir}/received.short.txt`, 'Đã nhận {{ma}}, {{so_cccd}}')
  const text = textOf((await app.inject('/tin-nhan/cach-gui')).body)
  assert.match(text, /received\.short\.txt : không có chỗ điền \{\{so_cccd\}\}; thiếu \{\{hen_tra\}\}/)
})

test('nothing is wrong with the shipped templates, and each fault has its words', () => {
  for (const { file, problems, own } of readTemplates('/khong-co'))
    assert.deepEqual([problems, own], [[], false], file)
  const cases = [
    ['', 'short', /tệp trống; thiếu \{\{ma\}\}/],
    ['{{ma}} }}', 'short', /thừa/],
    ['{{ma}}\nkhông có dòng trống', 'letter', /dòng đầu là tiêu đề/],
    [`{{ma}}${'x'.repeat(400)}`, 'short', /dài quá 320/],
  ] as const
  for (const [text, form, expected] of cases)
    assert.match(problemsOf(text, 'result_ready', form).join('; '), expected)
  for (const { file, text } of readTemplates('/khong-co')) {
    const [template = '', form] = file.split('.')
    const problems = problemsOf(text, template as 'received', form === 'short' ? 'short' : 'letter')
    assert.deepEqual(problems, [], file)
  }
})

test('the trial mailbox shows what would have been sent, to administrators alone', async () => {
  const { installation, dossier, app } = await scene({ mode: 'mailbox' })
  installation.at('2023-03-06T09:05')
  for (const id of dueMessages(installation.db, installation.clock.now(), 10))
    await sendMessage(installation, id, new AbortController().signal)
  const url = '/tin-nhan/hop-thu-thu'
  const text = textOf((await app.inject(url)).body)
  assert.match(
    text,
    new RegExp(
      `Thư điện tử tới da•••@example\\.com .* Đã tiếp nhận hồ sơ ${dossier.code} Kính gửi ông/bà ${NAME}`,
    ),
  )
  assert.equal((await app.inject({ url, headers: COUNTER })).statusCode, 403)
  assert.equal(messagesIn(installation)[0]!.status, 'stopped')
  const off = await scene()
  assert.match(textOf((await off.app.inject(url)).body), /Hộp thư thử đang tắt/)
})

test('words that every object knows are none that may be chosen: a list, a way, a place in a template', async () => {
  const installation = testInstallation()
  const chosen = { hold: '5', ...Object.fromEntries(MESSAGE_TEMPLATES.map((each) => [each, 'constructor'])) }
  refused('unknown_message_way', () => changeMessageSettings(installation, SYSTEM_OPERATOR, chosen))
  upsertSetting(installation.db, MESSAGE_RULES, { received: 'toString' })
  assert.equal(messageSettings(installation.db).ways.received, 'email_sms')
  assert.deepEqual(problemsOf('{{ma}} {{hen_tra}} {{constructor}}', 'received', 'short'), [
    'không có chỗ điền {{constructor}}',
  ])
  const app = await pageApp(telling(installation))
  assert.equal((await app.inject({ url: '/tin-nhan?xem=constructor', headers: COUNTER })).statusCode, 200)
  await app.close()
})
