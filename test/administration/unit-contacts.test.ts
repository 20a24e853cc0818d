import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { entriesAfter } from '../../db/queries/audit.ts'
import { eventsOf } from '../../db/queries/timeline.ts'
import { dossierHref } from '../../src/dossiers/dossier-table.ts'
import { paperOccasions } from '../../src/dossiers/paper-occasions.ts'
import { paperSays } from '../../src/dossiers/paper-says.ts'
import { deskOf } from '../support/desk.ts'
import { pageApp, textOf } from '../support/page-app.ts'
import { OFFICER } from '../support/signed-in.ts'
import { type TestInstallation, testInstallation } from '../support/test-installation.ts'

const HREF = '/quan-tri/don-vi/xa-ngoc-ky'
const CLERK = 'xa-ngoc-ky.mot-cua-1'

let here: TestInstallation
let app: FastifyInstance
let desk: ReturnType<typeof deskOf>

before(async () => {
  here = testInstallation('2023-03-07T08:00')
  desk = deskOf(here)
  app = await pageApp(here)
})
after(() => app.close())

const send = (fields: Readonly<Record<string, string>>, officer?: string) =>
  app.inject({
    method: 'POST',
    url: `${HREF}/lien-he`,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      ...(officer && { [OFFICER]: officer }),
    },
    payload: new URLSearchParams(fields).toString(),
  })

test('a contact is printed on the slips of what happens from then on, not on those before', async () => {
  const askedAt = (at: string) => {
    const dossier = desk.log({ at: '2023-03-06T09:00' })
    here.at(at)
    desk.act(dossier, 'request_supplement', { reason: 'Thiếu tờ khai' })
    return dossier
  }
  const before = askedAt('2023-03-07T08:30')
  here.at('2023-03-07T09:00')
  const typed = { phone: ' 0220 3747 123,  0912 345 678 ', email: '', address: 'Thôn Ngọc Lâm' }
  assert.equal((await send(typed)).statusCode, 303)
  const after = askedAt('2023-03-07T10:00')
  const contacts = [before, after].map((dossier) => {
    const events = eventsOf(here.db, dossier.id)
    const occasion = paperOccasions(dossier, events).find(({ kind }) => kind === 'supplement-request')
    return (paperSays(here, dossier, events, occasion!) as { contact?: string }).contact
  })
  assert.deepEqual(contacts, [undefined, 'số điện thoại 0220 3747 123, 0912 345 678; địa chỉ Thôn Ngọc Lâm'])
  const page = await app.inject({ url: HREF })
  assert.match(textOf(page.body), /Điện thoại 0220 3747 123, 0912 345 678 Địa chỉ Thôn Ngọc Lâm/)
  const slip = await app.inject({ url: `${dossierHref(after)}/giay-to/supplement-request.pdf` })
  assert.equal(slip.statusCode, 200)
})

test('who waits for a supplement reads on the look-up whom to call', async () => {
  const dossier = desk.log({ at: '2023-03-06T09:00' })
  desk.act(dossier, 'request_supplement', { reason: 'Thiếu tờ khai' })
  const { body } = await app.inject({ url: `/tra-cuu?ma=${dossier.code}`, headers: { [OFFICER]: 'nobody' } })
  assert.match(textOf(body), /xin liên hệ Bộ phận .*, số điện thoại 0220 3747 123, 0912 345 678\./)
})

test('a wrong number or address comes back as it was typed; the same again is no change', async () => {
  const wrong = await send({ phone: '0220', email: '', address: '' })
  assert.equal(wrong.statusCode, 422)
  assert.match(textOf(wrong.body), /Số điện thoại phải có từ 8 đến 15 chữ số/)
  assert.match(wrong.body, /name="phone" type="tel" value="0220"/)
  assert.match(textOf((await send({ phone: '', email: 'mot cua', address: '' })).body), /ten@noi\.vn/)
  const changes = () =>
    entriesAfter(here.db, 0, 1000).filter(({ data }) => JSON.stringify(data).includes('unit_contact')).length
  const known = changes()
  assert.equal(
    (await send({ phone: '0220 3747 123, 0912 345 678', email: '', address: 'Thôn Ngọc Lâm' })).statusCode,
    303,
  )
  assert.equal(changes(), known)
  assert.equal((await send({ phone: '', email: '', address: '' })).statusCode, 303)
  assert.equal(changes(), known + 1)
  assert.match(textOf((await app.inject({ url: HREF })).body), /Chưa ghi số điện thoại/)
})

test('who may not change the catalogue reads it and finds no form', async () => {
  const page = await app.inject({ url: HREF, headers: { [OFFICER]: CLERK } })
  assert.equal(page.statusCode, 200)
  assert.doesNotMatch(page.body, /action="[^"]*lien-he"/)
  assert.equal((await send({ phone: '0220 3747 123' }, CLERK)).statusCode, 403)
})
