import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openAlarms } from '../../db/queries/alarms.ts'
import { bumpCatalogue } from '../../src/catalogue/catalogue.ts'
import { SYSTEM_OPERATOR } from '../../src/deps.ts'
import { REFUSALS } from '../../src/domain/refusals.ts'
import { removeChild, renewChildKey } from '../../src/feed/children.ts'
import { publicText, signText } from '../../src/feed/feed-keys.ts'
import type { Parcel } from '../../src/feed/feed-upward.ts'
import { type FeedMessage, messageText } from '../../src/feed/message.ts'
import { receiveMessage } from '../../src/feed/receive-message.ts'
import {
  type Child,
  CLOSED,
  closeAll,
  correct,
  deliver,
  feedAll,
  night,
  type Province,
  parcelsOf,
  province,
  tell,
} from '../support/fed-province.ts'
import { assertSameTables } from '../support/same-tables.ts'

async function closedAndTold(): Promise<Province & { readonly ngocKy: Child; readonly haiXa: Child }> {
  const all = province()
  closeAll(all)
  tell(all)
  return { ...all, ngocKy: all.children[0]!, haiXa: all.children[1]! }
}

const countOf = ({ parent }: Province, table: 'snapshots' | 'feed_received') =>
  parent.db.prepare(`SELECT count(*) FROM ${table}`).pluck().get() as number
const alarmsOf = ({ parent }: Province) =>
  openAlarms(parent.db).map(({ kind, subject }) => `${kind} ${subject}`)

/** The message changed and signed again by its child: what a program with a fault would send. */
function changed({ envelope }: Parcel, child: Child, change: (told: FeedMessage) => object) {
  const { hash: _, ...told } = { ...(JSON.parse(envelope.message) as FeedMessage) }
  const message = messageText({ ...told, ...change(told as FeedMessage) } as FeedMessage)
  return { message, signature: signText(child.key, message) }
}

test('the same message again changes nothing and is acknowledged', async () => {
  const all = await closedAndTold()
  const parcels = await parcelsOf(all.haiXa)
  deliver(all.parent, all.haiXa, parcels)
  const before = [countOf(all, 'snapshots'), countOf(all, 'feed_received')]
  const again = deliver(all.parent, all.haiXa, parcels)
  assert.ok(again.every(({ isNew, answer }) => !isNew && answer.refusal === null))
  assert.deepEqual([countOf(all, 'snapshots'), countOf(all, 'feed_received')], before)
  assert.deepEqual(alarmsOf(all), [])
})

test('revisions that come in the wrong order are stored in the right one', async () => {
  const all = await closedAndTold()
  correct(all, 'xa-ngoc-ky', '2023-04-05T09:00', '2023-03-08')
  night(all, '2023-04-06T01:00')
  const parcels = await parcelsOf(all.ngocKy)
  assert.ok(parcels.length > CLOSED.length)
  deliver(all.parent, all.ngocKy, parcels.toReversed())
  assert.deepEqual(alarmsOf(all), [], 'nothing is wrong with what waits for the one before')
  await feedAll(all)
  assertSameTables(all, 'newest')
})

test('one letter changed on the way, or the name of another sender, and the message is not taken', async () => {
  const all = await closedAndTold()
  const [parcel] = await parcelsOf(all.ngocKy)
  const { message, signature } = parcel!.envelope
  const tampered = message.replace(/"received":(\d)/, (_, n) => `"received":${(Number(n) + 1) % 10}`)
  assert.notEqual(tampered, message)
  assert.equal(receiveMessage(all.parent, { message: tampered, signature }), null)
  const renamed = message.replace('"installation":"xa-ngoc-ky"', '"installation":"hai-xa"')
  assert.equal(receiveMessage(all.parent, { message: renamed, signature }), null)
  const stranger = message.replace('"installation":"xa-ngoc-ky"', '"installation":"ke-la"')
  assert.equal(receiveMessage(all.parent, { message: stranger, signature }), null)
  for (const junk of [null, 7, {}, { message: '{', signature }, { message: '[]', signature: '' }])
    assert.equal(receiveMessage(all.parent, junk), null)
  assert.equal(countOf(all, 'feed_received'), 0)
  assert.deepEqual(alarmsOf(all).sort(), [
    'feed_untrusted hai-xa',
    'feed_untrusted unknown',
    'feed_untrusted xa-ngoc-ky',
  ])
  deliver(all.parent, all.ngocKy, [parcel!])
  assert.ok(!alarmsOf(all).includes('feed_untrusted xa-ngoc-ky'), 'a good one clears it')
})

test('a child signs for its own units alone', async () => {
  const all = await closedAndTold()
  const [parcel] = await parcelsOf(all.ngocKy)
  const stolen = changed(parcel!, all.haiXa, () => ({ installation: 'hai-xa' }))
  const received = receiveMessage(all.parent, stolen)
  assert.match(received!.answer.refusal!, /không được giao cho hệ thống “hai-xa”/)
  assert.equal(countOf(all, 'feed_received'), 0)
})

test('what does not add up, is not over or is of another shape is refused with what to do', async () => {
  const all = await closedAndTold()
  const parcels = await parcelsOf(all.ngocKy)
  const parcel = parcels.find(({ id }) => id.includes('2023-W10'))!
  const more = (told: FeedMessage) => ({
    figures: {
      ...told.figures,
      tally: { ...told.figures.tally, received: told.figures.tally['received']! + 1 },
    },
  })
  const refusals: readonly [RegExp, (told: FeedMessage) => object][] = [
    [/không khớp nên không nhận.*tiếp nhận trong kỳ/, more],
    [/cộng theo thủ tục/, (told) => ({ breakdown: told.breakdown.slice(1) })],
    [/chưa kết thúc/, () => ({ period: '2023-W40' })],
    [/ngoài thời gian/, () => ({ period: '2023-W02' })],
    [/Kỳ báo cáo “tuần 10” không hợp lệ/, () => ({ period: 'tuần 10' })],
    [/không đúng mẫu/, () => ({ applicant: 'Nguyễn Văn Mẫu' })],
    [/không đúng mẫu/, () => ({ revision: 0 })],
    [/Thiếu bản trước/, () => ({ revision: 2, previousHash: 'ab'.repeat(32) })],
  ]
  for (const [sentence, change] of refusals) {
    const received = receiveMessage(all.parent, changed(parcel, all.ngocKy, change))
    assert.match(received!.answer.refusal!, sentence)
  }
  const { message } = parcel.envelope
  const hashless = message.replace(/"hash":"../, '"hash":"00')
  const signed = { message: hashless, signature: signText(all.ngocKy.key, hashless) }
  assert.match(receiveMessage(all.parent, signed)!.answer.refusal!, /mã băm không khớp/)
  assert.equal(countOf(all, 'feed_received'), 0)
  deliver(all.parent, all.ngocKy, [parcel])
  assert.ok(!alarmsOf(all).includes('feed_refused xa-ngoc-ky 2023-W10 xa-ngoc-ky'))
})

test('the same revision with other figures is refused, raises an alarm, and what was first stays', async () => {
  const all = await closedAndTold()
  const parcels = await parcelsOf(all.ngocKy)
  deliver(all.parent, all.ngocKy, parcels)
  const parcel = parcels.find(({ id }) => id.includes('2023-W10'))!
  const stored = () => all.parent.db.prepare('SELECT group_concat(hash) FROM snapshots').pluck().get()
  const before = stored()
  const other = changed(parcel, all.ngocKy, (told) => ({
    figures: { ...told.figures, longOverdue: told.figures.longOverdue + 1 },
  }))
  assert.match(receiveMessage(all.parent, other)!.answer.refusal!, /khác với bản cùng số đã nhận/)
  assert.deepEqual(alarmsOf(all), ['feed_refused xa-ngoc-ky 2023-W10 xa-ngoc-ky'])
  assert.equal(stored(), before)
  const later = changed(parcel, all.ngocKy, ({ closedAt }) => ({ closedAt: closedAt + 60_000 }))
  assert.equal(receiveMessage(all.parent, later)!.answer.refusal, null, 'closed anew with the same figures')
})

test('a procedure that the parent does not know is refused, and taken a day later when it does', async () => {
  const all = await closedAndTold()
  const rename = (from: string, to: string) => {
    all.parent.db.prepare('UPDATE procedures SET code = ? WHERE code = ?').run(to, from)
    bumpCatalogue(all.parent.db)
  }
  rename('1.004873', '1.999999')
  deliver(all.parent, all.ngocKy, await parcelsOf(all.ngocKy))
  const { installation } = all.ngocKy
  const refusals = installation.db.prepare('SELECT DISTINCT refusal FROM feed_sent').pluck().all()
  assert.deepEqual(refusals, [REFUSALS.feed_unknown_procedure.sentence.replace('{procedure}', '1.004873')])
  rename('1.999999', '1.004873')
  installation.at('2023-04-05T05:59')
  assert.equal((await parcelsOf(all.ngocKy)).length, 0, 'not before a day has passed')
  for (const each of [installation, all.parent]) each.at('2023-04-05T06:00')
  const again = await parcelsOf(all.ngocKy)
  assert.equal(again.length, CLOSED.length)
  deliver(all.parent, all.ngocKy, again)
  assert.deepEqual(alarmsOf(all), [])
  await feedAll(all)
  assertSameTables(all, 1)
})

test('answers lost in a Redis that forgot everything are asked for again by sending again after a day', async () => {
  const all = await closedAndTold()
  const lost = await parcelsOf(all.ngocKy)
  assert.equal((await parcelsOf(all.ngocKy)).length, 0)
  all.everywhere((installation) => installation.at('2023-04-05T06:00'))
  const again = await parcelsOf(all.ngocKy)
  assert.deepEqual(again.map(({ id }) => id).sort(), lost.map(({ id }) => id).sort())
  deliver(all.parent, all.ngocKy, again)
  await feedAll(all)
  assertSameTables(all, 1)
})

test('a parent restored from an older backup asks again, and the children send what it has lost', async () => {
  const all = await closedAndTold()
  await feedAll(all)
  correct(all, 'xa-ngoc-ky', '2023-04-05T09:00', '2023-03-08')
  night(all, '2023-04-06T01:00')
  await feedAll(all)
  const { db } = all.parent
  db.exec(`DELETE FROM snapshots WHERE period_key IN ('2023-W10', '2023-W11')
    AND unit_id IN (SELECT unit_id FROM feed_units)`)
  db.exec(`DELETE FROM snapshots WHERE revision > 1 AND unit_id IN (SELECT unit_id FROM feed_units)`)
  db.exec(`DELETE FROM feed_received WHERE period_key IN ('2023-W10', '2023-W11') OR revision > 1`)
  assert.throws(() => assertSameTables(all, 'newest'))
  assert.equal(await feedAll(all), 0, 'the children believe that all is there')
  tell(all)
  assert.ok((await feedAll(all)) > 6)
  assertSameTables(all, 'newest')
  tell(all)
  assert.equal(await feedAll(all), 0)
})

test('a gap that only the next revision shows is filled from before it', async () => {
  const all = await closedAndTold()
  await feedAll(all)
  all.parent.db.exec(`DELETE FROM snapshots WHERE unit_id IN (SELECT unit_id FROM feed_units)`)
  all.parent.db.exec('DELETE FROM feed_received')
  correct(all, 'xa-ngoc-ky', '2023-04-05T09:00', '2023-03-08')
  night(all, '2023-04-06T01:00')
  await feedAll(all)
  const of = (name: string) =>
    all.parent.db
      .prepare(`SELECT group_concat(revision) FROM feed_received r JOIN units u ON u.id = r.unit_id
        WHERE u.key = ? AND period_key = '2023-W10'`)
      .pluck()
      .get(name)
  assert.equal(of('xa-ngoc-ky'), '1,2')
})

test('a new key is taken from the moment it is registered, the old one no more; a removed child is refused', async () => {
  const all = await closedAndTold()
  const [first, ...others] = await parcelsOf(all.ngocKy)
  deliver(all.parent, all.ngocKy, [first!])
  const key = all.haiXa.key
  renewChildKey(all.parent, SYSTEM_OPERATOR, { installation: 'xa-ngoc-ky', publicKey: publicText(key) })
  assert.equal(receiveMessage(all.parent, others[0]!.envelope), null)
  const signed = { ...others[0]!.envelope, signature: signText(key, others[0]!.envelope.message) }
  assert.equal(receiveMessage(all.parent, signed)!.answer.refusal, null)
  removeChild(all.parent, SYSTEM_OPERATOR, 'xa-ngoc-ky')
  all.parent.at('2023-05-02T09:00')
  const late = changed(others[1]!, { ...all.ngocKy, key }, () => ({ period: '2023-04' }))
  assert.deepEqual(alarmsOf(all), [])
  assert.match(receiveMessage(all.parent, late)!.answer.refusal!, /ngoài thời gian/)
})
