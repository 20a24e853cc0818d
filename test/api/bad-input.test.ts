import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Answer, apiUnderTest, INTAKE } from './api-under-test.ts'

const NAME_OF_2_MB = 'Ă'.repeat(1024 * 1024)

/** What is sent, and what the answer must say. */
const CASES: readonly [name: string, body: unknown, status: number, code: string, field?: string][] = [
  [
    'a name that is a number',
    { ...INTAKE, applicant: { name: 5 } },
    400,
    'invalid_request',
    'applicant.name',
  ],
  ['a name that is missing', { ...INTAKE, applicant: {} }, 400, 'invalid_request', 'applicant.name'],
  ['a name of blanks', { ...INTAKE, applicant: { name: '   ' } }, 422, 'name_required'],
  [
    'a name of 201 letters',
    { ...INTAKE, applicant: { name: 'ă'.repeat(201) } },
    400,
    'invalid_request',
    'applicant.name',
  ],
  ['a name of 2 MB', { ...INTAKE, applicant: { name: NAME_OF_2_MB } }, 413, 'too_large'],
  [
    'a name with a zero byte',
    { ...INTAKE, applicant: { name: 'Đào\u0000' } },
    400,
    'invalid_request',
    'applicant.name',
  ],
  [
    'a name turned around',
    { ...INTAKE, applicant: { name: 'Đào\u202e' } },
    400,
    'invalid_request',
    'applicant.name',
  ],
  ['half a character', '{"unit":"xa-ngoc-ky\\ud800"}', 400, 'invalid_request', 'unit'],
  ['a short ID number', { ...INTAKE, applicant: { name: 'A', idNumber: '123' } }, 422, 'invalid_id_number'],
  ['a phone of letters', { ...INTAKE, applicant: { name: 'A', phone: 'abcdefgh' } }, 422, 'invalid_phone'],
  ['an unknown unit', { ...INTAKE, unit: 'xa-khong-co' }, 422, 'unknown_unit'],
  ['an unknown procedure', { ...INTAKE, procedure: '9.999999' }, 422, 'unknown_procedure'],
  ['an unknown officer', { ...INTAKE, assignee: 'khong-co' }, 422, 'unknown_officer'],
  ['an unknown channel', { ...INTAKE, channel: 'fax' }, 400, 'invalid_request', 'channel'],
  ['an unknown act', { ...INTAKE, act: 'finish' }, 400, 'invalid_request', 'act'],
  ['a day that does not exist', { ...INTAKE, at: '2023-02-30T08:00' }, 400, 'invalid_request', 'at'],
  ['a day without an hour', { ...INTAKE, at: '2023-03-06' }, 400, 'invalid_request', 'at'],
  ['a moment to come', { ...INTAKE, at: '2023-03-07T08:00' }, 422, 'in_future'],
  ['a moment as a number', { ...INTAKE, at: 1678068000000 }, 400, 'invalid_request', 'at'],
  ['a field nobody knows', { ...INTAKE, staet: 'accepted' }, 400, 'invalid_request', 'staet'],
  [
    'a field deep inside',
    { ...INTAKE, applicant: { name: 'A', cmnd: '1' } },
    400,
    'invalid_request',
    'applicant.cmnd',
  ],
  ['a fee below nothing', { ...INTAKE, fee: -1 }, 400, 'invalid_request', 'fee'],
  ['a fee of half a đồng', { ...INTAKE, fee: 0.5 }, 400, 'invalid_request', 'fee'],
  ['a fee as text', { ...INTAKE, fee: '8000' }, 400, 'invalid_request', 'fee'],
  ['a number beyond all numbers', '{"unit":"xa-ngoc-ky","fee":1e999}', 400, 'invalid_request', 'fee'],
  [
    '101 papers',
    { ...INTAKE, papers: Array.from({ length: 101 }, () => ({ name: 'A', form: 'copy' })) },
    400,
    'invalid_request',
    'papers',
  ],
  ['a list', [INTAKE], 400, 'invalid_request', ''],
  ['nothing', 'null', 400, 'invalid_request', ''],
  ['a text', '"xin chào"', 400, 'invalid_request', ''],
  ['a body without an end', '{"unit":', 400, 'broken_json'],
  ['an empty body', '', 400, 'broken_json'],
  ['a poisoned prototype', '{"__proto__":{"unit":"xa-ngoc-ky"}}', 400, 'broken_json'],
  ['nesting without end', `${'['.repeat(50_000)}${']'.repeat(50_000)}`, 400, 'invalid_request'],
  ['broken UTF-8', Buffer.from('{"unit":"xa-ngoc-k\xff"}', 'latin1'), 400, 'not_utf8'],
  ['a supplement without a reason', { ...INTAKE, act: 'refuse_intake' }, 422, 'reason_required'],
]

test('bad input of every kind is refused with a code and a sentence, and changes nothing', async (t) => {
  const api = await apiUnderTest('2023-03-06T09:00')
  for (const [name, body, status, code, field] of CASES) {
    await t.test(name, async () => {
      const before = api.fingerprint()
      const answer = await api.post('dossiers', body)
      assertProblem(answer, status, code)
      if (field !== undefined) {
        const issue = answer.json.errors.find(
          (each: { field: string }) => each.field === field || field === '',
        )
        assert.ok(issue, `names ${field}: ${answer.text}`)
        assert.match(issue.detail, /[.]$/)
      }
      assert.ok(answer.text.length < 4000, 'what was sent is not sent back at length')
      assert.equal(api.fingerprint(), before)
    })
  }
})

test('only JSON is taken: a form or a text from another page cannot write', async () => {
  const { post, fingerprint, app } = await apiUnderTest()
  const before = fingerprint()
  for (const type of ['application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data; boundary=x']) {
    assertProblem(
      await post('dossiers', JSON.stringify(INTAKE), { 'content-type': type }),
      415,
      'unsupported_media_type',
    )
  }
  const bare = await app.inject({ method: 'POST', url: '/api/v1/dossiers/1/acts/transfer' })
  assert.equal(bare.statusCode, 400)
  assert.equal(fingerprint(), before)
})

test('Vietnamese typed as NFD is stored and found as NFC', async () => {
  const { post, get } = await apiUnderTest()
  const name = 'Nguyễn Thị Hường'
  const { json } = await post('dossiers', {
    ...INTAKE,
    applicant: { name: name.normalize('NFD') },
    note: 'Đã gọi'.normalize('NFD'),
  })
  const shown = (await get(`dossiers/${json.id}`)).json
  assert.equal(shown.applicant.name, name.normalize('NFC'))
  assert.equal(shown.timeline[0].note, 'Đã gọi'.normalize('NFC'))
  const found = await get(`dossiers?name=${encodeURIComponent('nguyễn thị hư'.normalize('NFD'))}`)
  assert.equal(found.json.items.length, 1)
})

test('a name of 200 letters with marks is taken though its NFD form is longer', async () => {
  const { post } = await apiUnderTest()
  const { status } = await post('dossiers', {
    ...INTAKE,
    applicant: { name: 'ễ'.repeat(200).normalize('NFD') },
  })
  assert.equal(status, 201)
})

test('bad queries and addresses are refused with the parameter named', async () => {
  const { get } = await apiUnderTest()
  const cases: readonly [path: string, status: number, code: string][] = [
    ['dossiers?foo=1', 400, 'invalid_request'],
    ['dossiers?limit=0', 400, 'invalid_request'],
    ['dossiers?limit=abc', 400, 'invalid_request'],
    ['dossiers?limit=1&limit=2', 400, 'invalid_request'],
    ['dossiers?dueBefore=2023-02-29', 400, 'invalid_request'],
    ['dossiers?state=accepted,nope', 400, 'invalid_request'],
    ['dossiers?unit=nope', 422, 'unknown_unit'],
    ['dossiers?procedure=nope', 422, 'unknown_procedure'],
    ['dossiers?assignee=nope', 422, 'unknown_officer'],
    ['dossiers?cursor=1.2.3', 422, 'invalid_cursor'],
    ['dossiers?name=%00', 400, 'invalid_request'],
    ['dossiers/%ff', 400, 'bad_url'],
    ['dossiers/khong-phai-ma', 422, 'invalid_code'],
    ['dossiers/999', 404, 'unknown_dossier'],
    ['reports/2023-W54', 422, 'invalid_period'],
    ['reports/2023-W10?reading=0', 400, 'invalid_request'],
    ['reports/2023-W10/dossiers', 400, 'invalid_request'],
    ['reports/2023-W10/dossiers?counter=nope', 400, 'invalid_request'],
    ['due', 422, 'due_needs_limit'],
    ['due?limit=3wd&procedure=1.004873', 422, 'due_needs_limit'],
    ['due?limit=3x', 422, 'invalid_limit'],
    ['due?limit=3wd&received=2050-01-01T08:00', 422, 'calendar_year_missing'],
    ['calendar/1999', 422, 'calendar_year_missing'],
    ['calendar/abc', 400, 'invalid_request'],
    ['procedures/nope', 422, 'unknown_procedure'],
    ['nothing-here', 404, 'no_such_page'],
  ]
  for (const [path, status, code] of cases) {
    const answer = await get(path)
    assert.deepEqual([answer.status, answer.json.code], [status, code], `${path}: ${answer.text}`)
  }
})

test('an error nobody foresaw is a 500 that tells nothing of its cause', async () => {
  const { post, installation } = await apiUnderTest()
  installation.db.exec('DROP TABLE dossier_texts')
  const answer = await post('dossiers', { ...INTAKE, note: 'x' })
  assertProblem(answer, 500, 'unexpected')
  assert.ok(!/dossier_texts|SQLITE|at /.test(answer.text))
})

function assertProblem(answer: Answer, status: number, code: string): void {
  assert.deepEqual([answer.status, answer.json?.code], [status, code], answer.text.slice(0, 600))
  assert.match(String(answer.headers['content-type']), /^application\/problem\+json/)
  assert.equal(answer.json.status, status)
  assert.match(answer.json.detail, /[\p{L}].*[.]$/u)
}
