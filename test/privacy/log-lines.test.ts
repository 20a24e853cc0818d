import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { connect } from 'node:net'
import { after, test } from 'node:test'
import { groupCommit, type Writer } from '../../db/group-commit.ts'
import { ROUTES } from '../../src/accounts/routes.ts'
import { loggedError } from '../../src/logged-error.ts'
import { createLogger } from '../../src/logger.ts'
import { deskOf } from '../support/desk.ts'
import { lateFacts } from '../support/late-facts.ts'
import { serviceApp } from '../support/service-app.ts'
import { OFFICER } from '../support/signed-in.ts'
import { weekOfDossiers } from '../support/week-of-dossiers.ts'

/** Words that only people's data have; typed everywhere, they may stand in no line. */
const NAME = 'Quách Thị Dấu Vết'
const MARKS = [
  NAME,
  encodeURIComponent(NAME),
  NAME.replaceAll(' ', '+'),
  'quach thi dau vet',
  '036177788899',
  '0987654321',
  'Ngõ Đánh Dấu',
  'mat-khau-danh-dau',
]
const [, , , , ID_NUMBER, PHONE, ADDRESS, PASSWORD] = MARKS as readonly string[]

const lines: string[] = []
const log = createLogger('trace', { write: (line) => void lines.push(line) })
const installation = { ...weekOfDossiers(), log }
lateFacts(installation)
const dossier = deskOf(installation).log({
  applicant: { name: NAME, idNumber: ID_NUMBER, phone: PHONE, address: ADDRESS },
  note: `${NAME} hẹn quay lại`,
})

let failure: Error | null = null
const writer = groupCommit(installation.db)
const failing: Writer = {
  ...writer,
  write: (work) => (failure === null ? writer.write(work) : Promise.reject(failure)),
}
const app = await serviceApp(installation, failing)
after(() => app.close())

const applicant = { name: NAME, idNumber: ID_NUMBER, phone: PHONE, address: ADDRESS }
const typed = {
  q: NAME,
  name: NAME,
  idNumber: ID_NUMBER,
  phone: PHONE,
  username: NAME,
  password: PASSWORD,
  reason: NAME,
  note: ADDRESS,
  den: `/ho-so?q=${NAME}`,
  ma: PASSWORD,
}

/** Each route of the service, its blanks filled in with what a person might type there. */
const addresses = Object.keys(ROUTES).flatMap((name) => {
  const [method = '', path = ''] = name.split(' ')
  const query = new URLSearchParams(typed as Record<string, string>)
  const filled = (word: string) => path.replaceAll(/:\w+/g, encodeURIComponent(word)).replace('*', 'x')
  return [NAME, dossier.code!, '1', '2023-W10', String(ID_NUMBER)].map((word) => ({
    method: method as 'GET' | 'POST',
    url: `${filled(word)}?${query}`,
  }))
})

const BODIES = [
  {
    'content-type': 'application/json',
    payload: JSON.stringify({ ...typed, applicant, unit: NAME, kind: NAME }),
  },
  { 'content-type': 'application/json', payload: `{"name": "${NAME}", idNumber: ${ID_NUMBER} "${ADDRESS}"` },
  { 'content-type': 'application/json', payload: Buffer.from(`{"name":"${NAME}\xff"}`, 'latin1') },
  {
    'content-type': 'application/x-www-form-urlencoded',
    payload: new URLSearchParams(typed as Record<string, string>).toString(),
  },
  { 'content-type': 'text/csv', payload: `Họ tên,Số\n${NAME},${ID_NUMBER}` },
  { 'content-type': `text/${PASSWORD}`, payload: NAME },
]

async function driveEverything(headers: Record<string, string> = {}): Promise<readonly number[]> {
  const statuses: number[] = []
  for (const { method, url } of addresses) {
    const bodies = method === 'GET' ? [undefined] : BODIES
    for (const body of bodies) {
      const { payload, ...type } = body ?? {}
      const reply = await app.inject({
        method,
        url,
        headers: { ...headers, ...type },
        ...(payload !== undefined && { payload }),
      })
      statuses.push(reply.statusCode)
    }
  }
  return statuses
}

function tellTales(): readonly string[] {
  return lines.filter((line) => MARKS.some((mark) => line.includes(mark)))
}

test('every route, whatever is typed into its address and its body, leaves no personal data in the log', async () => {
  const statuses = await driveEverything()
  await driveEverything({ [OFFICER]: 'nobody' })
  assert.ok(statuses.some((status) => status === 200) && statuses.some((status) => status === 400))
  assert.ok(lines.length > statuses.length, 'each request has its line')
  assert.deepEqual(tellTales(), [])
})

test('a failure within is logged with its place, and without the words that were wrong', async () => {
  const wrong = [
    new RangeError(`Cannot parse: ${NAME}`),
    new SyntaxError(`Unexpected token, "${NAME}" is not valid JSON`),
    Object.assign(new TypeError(`Received '${NAME}'`), { code: 'ERR_INVALID_ARG_VALUE' }),
    Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL', body: { applicant } }),
    Object.assign(new Error('outer'), { cause: new Error(`inner ${ID_NUMBER}`), applicant, input: NAME }),
  ]
  for (const each of wrong) {
    failure = each
    const from = lines.length
    const reply = await app.inject({
      method: 'POST',
      url: '/api/v1/dossiers',
      payload: { unit: 'xa-ngoc-ky', procedure: '1.004873', channel: 'counter', applicant },
    })
    assert.ok(reply.statusCode >= 500)
    await app.inject(`/ho-so/${dossier.code}`)
    const told = lines.slice(from).filter((line) => line.includes('"err"'))
    assert.equal(told.length, 2, 'by the API and by the page')
    assert.match(told[0]!, /log-lines\.test\.ts/)
  }
  failure = null
  assert.deepEqual(tellTales(), [])
  assert.equal(loggedError(wrong[3]).message, 'database or disk is full', 'technical words stay')
})

test('what is no request at all is not logged as it came', async () => {
  await app.listen({ port: 0, host: '127.0.0.1' })
  const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1')
  socket.write(`GET /ho-so?q=${NAME} HTTP/1.1\r\nx: ${ID_NUMBER}\r\n\r\n`)
  socket.resume()
  await once(socket, 'close')
  assert.deepEqual(tellTales(), [])
})
