import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { newestEventId } from '../../db/queries/timeline.ts'
import { NATIONAL_CODES, nationalCodeOf } from '../../src/domain/life-cycle/life-cycle.ts'
import type { dossiersSince, progressSince } from '../../src/exchange/portal-pages.ts'
import { deskOf } from '../support/desk.ts'
import { everyState } from '../support/every-state.ts'
import { serviceApp } from '../support/service-app.ts'
import { testInstallation } from '../support/test-installation.ts'

type Dossiers = ReturnType<typeof dossiersSince>
type Progress = ReturnType<typeof progressSince>

const installation = testInstallation('2023-03-06T09:00')
const states = everyState(installation)
let app: FastifyInstance

before(async () => {
  app = await serviceApp(installation)
})
after(async () => {
  await app.close()
  installation.db.close()
})

const SUPERVISOR = 'huyen-tu-ky.giam-sat'

const ask = (url: string, officer = SUPERVISOR) =>
  app.inject({ url, headers: { 'x-motcua-officer': officer } })

async function read<T>(what: 'dossiers' | 'progress', query = ''): Promise<T> {
  const reply = await ask(`/api/v1/exchange/${what}?${query}`)
  assert.equal(reply.statusCode, 200, reply.body)
  return reply.json() as T
}

test('a dossier in each state goes out with the national code of it, 1 to 10, and a voided one as removed', async () => {
  const { DongBoHoSoMC: sent, HoSoDaXoa: removed } = await read<Dossiers>('dossiers')
  for (const [state, { code, slipNumber, id }] of Object.entries(states)) {
    const found = sent.find(({ MaHoSo }) => MaHoSo === (code ?? slipNumber ?? `CTN-${id}`))
    const expected = NATIONAL_CODES[state as keyof typeof NATIONAL_CODES]
    assert.equal(found?.TrangThaiHoSo, expected === null ? undefined : String(expected), state)
  }
  assert.deepEqual(new Set(sent.map(({ TrangThaiHoSo }) => Number(TrangThaiHoSo))).size, 10)
  assert.deepEqual(removed, [
    { MaHoSo: states['voided']!.code, MaTam: `CTN-${states['voided']!.id}`, NgayXoa: '20230307100000' },
  ])
})

test('moments are written yyyyMMddHHmmss in Vietnamese time, and channels without the levels of earlier law', async () => {
  const { DongBoHoSoMC: sent } = await read<Dossiers>('dossiers')
  const returned = sent.find(({ MaHoSo }) => MaHoSo === states['returned']!.code)!
  assert.deepEqual(
    {
      KenhThucHien: returned.KenhThucHien,
      NgayTiepNhan: returned.NgayTiepNhan,
      NgayKetThucXuLy: returned.NgayKetThucXuLy,
      NgayTra: returned.NgayTra,
      HinhThuc: returned.HinhThuc,
      DonViXuLy: returned.DonViXuLy,
    },
    {
      KenhThucHien: '1',
      NgayTiepNhan: '20230306090000',
      NgayKetThucXuLy: '20230307120000',
      NgayTra: '20230307130000',
      HinhThuc: '0',
      DonViXuLy: 'Xã Ngọc Kỳ',
    },
  )
  assert.deepEqual(returned.DanhSachHoSoBoSung, [
    {
      NgayYeuCau: '20230307100000',
      NgayBoSung: '20230307110000',
      NgayHenTraTruoc: '20230309170000',
      NgayHenTraMoi: returned.NgayHenTra,
    },
  ])
  assert.equal(returned.DanhSachGiayToKetQua[0]?.NgayCap, '20230307120000')
  const submitted = sent.find(({ TrangThaiHoSo }) => TrangThaiHoSo === '1')!
  assert.deepEqual([submitted.KenhThucHien, submitted.NgayTiepNhan], ['2', ''])
  assert.ok(!JSON.stringify(sent).includes('level'))
})

test('after an apology the new appointment goes out and the due date stays inside', async () => {
  const other = testInstallation('2023-03-06T09:00')
  const desk = deskOf(other)
  const dossier = desk.log()
  other.at('2023-03-07T09:00')
  const apologised = desk.act(dossier, 'apologise', { appointmentAt: '2023-03-15T17:00' })
  const { dossiersSince: since } = await import('../../src/exchange/portal-pages.ts')
  const [sent] = since(other, { since: 0, limit: 10, seen: null }).DongBoHoSoMC
  assert.equal(sent?.NgayHenTra, '20230315170000')
  assert.notEqual(apologised.dueAt, apologised.appointmentAt)
  assert.ok(!JSON.stringify(sent).includes('20230309170000'))
  other.db.close()
})

test('read page by page each dossier comes once, and from where it stopped only what changed since', async () => {
  const all = (await read<Dossiers>('dossiers')).DongBoHoSoMC.length
  const seen: string[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const page: Dossiers = await read<Dossiers>('dossiers', `limit=3${cursor && `&cursor=${cursor}`}`)
    seen.push(...page.DongBoHoSoMC.map(({ MaHoSo }) => MaHoSo))
    cursor = page.nextCursor
  }
  assert.deepEqual([seen.length, new Set(seen).size], [all, all])
  const { through } = await read<Dossiers>('dossiers')
  assert.equal(through, newestEventId(installation.db))
  assert.equal((await read<Dossiers>('dossiers', `since=${through}`)).DongBoHoSoMC.length, 0)
  installation.at('2023-03-08T15:00')
  deskOf(installation).act(states['accepted']!, 'transfer')
  const changed = await read<Dossiers>('dossiers', `since=${through}`)
  assert.deepEqual(
    changed.DongBoHoSoMC.map(({ MaHoSo, TrangThaiHoSo }) => [MaHoSo, TrangThaiHoSo]),
    [[states['accepted']!.code, '4']],
  )
  const byMoment = await read<Dossiers>('dossiers', 'since=2023-03-08T15:00')
  assert.deepEqual(byMoment, changed)
  assert.equal((await read<Dossiers>('dossiers', 'since=2030-01-01T00:00')).DongBoHoSoMC.length, 0)
})

test('progress has one row for each change of the code, in order, and none of a voided dossier', async () => {
  const { CapNhatTienDoHoSoMC: rows } = await read<Progress>('progress', 'limit=200')
  const codesOf = (state: string) => {
    const { id } = states[state]!
    return rows.filter(({ MaTam }) => MaTam === `CTN-${id}`).map(({ TrangThaiHoSo }) => TrangThaiHoSo)
  }
  assert.deepEqual(codesOf('returned'), ['2', '5', '4', '9', '10'])
  assert.deepEqual(codesOf('not_accepted'), ['1', '3'])
  assert.deepEqual(codesOf('awaiting_payment'), ['2', '4', '6'])
  assert.deepEqual(codesOf('withdrawn'), ['2', '4', '7'])
  assert.deepEqual(codesOf('voided'), [])
  assert.equal(nationalCodeOf(states['stopped']!), 8)
  assert.match(rows[0]!.ThoiDiemXuLy, /^\d{14}$/)
})

test('a clerk gets nothing, and a moment nobody can read is refused', async () => {
  const clerk = await ask('/api/v1/exchange/dossiers', 'xa-ngoc-ky.mot-cua-1')
  assert.equal(clerk.json().code, 'not_permitted')
  assert.equal((await ask('/api/v1/exchange/progress?since=hom-qua')).json().code, 'invalid_instant')
})

test('the OpenAPI document has the schema of either message', async () => {
  const document = (await app.inject('/api/v1/openapi.json')).json() as {
    paths: Record<string, { get: object }>
  }
  const text = JSON.stringify(document.paths['/api/v1/exchange/dossiers'])
  for (const field of ['DongBoHoSoMC', 'DanhSachHoSoBoSung', 'NgayHenTraMoi', 'HoSoDaXoa'])
    assert.ok(text.includes(field) || JSON.stringify(document).includes(field), field)
})
