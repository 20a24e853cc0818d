import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type ApiUnderTest, apiUnderTest, INTAKE } from './api-under-test.ts'

const CLERK = 'xa-ngoc-ky.mot-cua-2'

test('every filter of the list picks the dossiers it names', async () => {
  const api = await someDossiers()
  const cases: readonly [query: string, ids: readonly number[]][] = [
    ['', [6, 5, 4, 3, 2, 1]],
    ['unit=xa-ngoc-ky', [6, 5, 4, 2, 1]],
    ['unit=huyen-tu-ky', [6, 5, 4, 3, 2, 1]],
    ['unit=xa-dai-son', [3]],
    ['receivingUnit=xa-dai-son', [3]],
    ['state=submitted', [5]],
    ['state=returned,submitted', [6, 5]],
    ['state=accepted', [3, 2]],
    ['state=processing', [1]],
    ['procedure=2.000815', [6]],
    ['channel=level4', [5]],
    [`assignee=${CLERK}`, [1]],
    ['assignee=none&unit=xa-ngoc-ky', [6, 5, 4, 2]],
    ['open=true', [3, 2, 1]],
    ['open=false', [6, 5, 4]],
    ['overdue=true', [2, 1]],
    ['overdue=false', [3]],
    ['dueBefore=2023-03-10', [6, 2, 1]],
    ['receivedFrom=2023-03-07&receivedTo=2023-03-31', [3]],
    ['receivedFrom=2023-03-06&receivedTo=2023-03-06&unit=xa-ngoc-ky', [6, 2, 1]],
    ['receivedTo=2023-03-06', [6, 2, 1]],
    ['q=thi tran', [3]],
    ['q=1234', [6, 5, 4, 2, 1]],
    ['q=1234&state=submitted', [5]],
    ['q=nguyen&open=true&sort=due', [1, 2]],
    ['q=khong ai', []],
    ['name=Trần', [3]],
    ['name=tran thi', [3]],
    ['name=nguyen', [6, 5, 4, 2, 1]],
    ['idNumber=999190001234', [6, 5, 4, 2, 1]],
    ['idNumber=9991 9000 1234&state=submitted', [5]],
    ['phone=0987.654.321', [3]],
    ['phone=84 987 654 321', [3]],
    ['idNumber=999190009999', []],
    ['code=000.24.35.h23-230306', [6, 2, 1]],
    ['sort=due', [1, 2, 3]],
    [`sort=due&assignee=${CLERK}`, [1]],
    ['sort=due&overdue=false', [3]],
    ['unit=&name=', [6, 5, 4, 3, 2, 1]],
  ]
  for (const [query, ids] of cases) {
    const answer = await api.get(`dossiers?${query.split('&').map(encoded).join('&')}`)
    assert.equal(answer.status, 200, `${query}: ${answer.text}`)
    assert.deepEqual(idsOf(answer.json.items), ids, query)
  }
})

test('pages follow each other without a gap or a repetition, though dossiers arrive in between', async () => {
  const api = await apiUnderTest()
  for (let i = 0; i < 25; i += 1) await api.post('dossiers', INTAKE)
  for (const sort of ['recorded', 'due']) {
    const seen: number[] = []
    let cursor = ''
    do {
      const { json } = await api.get(`dossiers?limit=7&sort=${sort}&unit=xa-ngoc-ky${cursor}`)
      seen.push(...idsOf(json.items))
      cursor = json.nextCursor === null ? '' : `&cursor=${json.nextCursor}`
      if (sort === 'recorded' && seen.length === 7) await api.post('dossiers', INTAKE)
    } while (cursor !== '')
    const expected = sort === 'recorded' ? 25 : 26
    assert.equal(seen.length, expected, sort)
    assert.equal(new Set(seen).size, expected, sort)
  }
})

test('a phone number kept with the country before it is found however one asks', async () => {
  const api = await someDossiers()
  const { db, vault } = api.installation
  db.prepare('UPDATE persons SET phone_hash = ? WHERE phone_hash = ?').run(
    vault.hash('+84987654321'),
    vault.hash('0987654321'),
  )
  for (const phone of ['0987 654 321', '+84987654321'])
    assert.deepEqual(
      idsOf((await api.get(`dossiers?phone=${encodeURIComponent(phone)}`)).json.items),
      [3],
      phone,
    )
})

test('a list masks ID and phone numbers and tells how a dossier stands in time', async () => {
  const api = await someDossiers()
  const { json } = await api.get('dossiers?state=processing')
  const [item] = json.items
  assert.deepEqual(item.applicant, { name: 'Nguyễn Thị Đào', idNumber: '•••••••••234', phone: '•••••••678' })
  assert.equal(item.assignee.key, CLERK)
  assert.deepEqual([item.overdue, item.workingDaysLeft], [true, -2])
})

/** 1 processing and assigned, 2 accepted, 3 in Đại Sơn, 4 refused, 5 submitted, 6 returned; today is 13/03/2023. */
async function someDossiers(): Promise<ApiUnderTest> {
  const api = await apiUnderTest('2023-03-06T09:00')
  await api.post('dossiers', INTAKE)
  await api.post('dossiers/1/acts/assign', { assignee: CLERK })
  await api.post('dossiers/1/acts/transfer', {})
  await api.post('dossiers', INTAKE)
  api.installation.at('2023-03-10T09:00')
  await api.post('dossiers', {
    ...INTAKE,
    unit: 'xa-dai-son',
    applicant: { name: 'Trần Thị Bé', phone: '0987 654 321' },
  })
  await api.post('dossiers', { ...INTAKE, act: 'refuse_intake', reason: 'Sai thẩm quyền' })
  await api.post('dossiers', { ...INTAKE, act: 'submit', channel: 'online' })
  const atOnce = {
    ...INTAKE,
    act: 'resolve_at_once',
    procedure: '2.000815',
    at: '2023-03-06T10:00',
    note: 'Nhập bù',
  }
  assert.equal((await api.post('dossiers', atOnce)).status, 201)
  api.installation.at('2023-03-13T09:00')
  return api
}

function idsOf(items: readonly { id: number }[]): readonly number[] {
  return items.map(({ id }) => id)
}

function encoded(pair: string): string {
  const [name = '', value = ''] = pair.split('=')
  return `${name}=${encodeURIComponent(value)}`
}
