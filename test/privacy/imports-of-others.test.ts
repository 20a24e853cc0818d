import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { findImport } from '../../db/queries/imports.ts'
import { runImport } from '../../src/imports/run-import.ts'
import { uploadRegister } from '../../src/imports/upload-register.ts'
import { deskOf } from '../support/desk.ts'
import { asOfficer, newOfficer } from '../support/posts.ts'
import { csvOf, type GivenRow } from '../support/register-file.ts'
import { serviceApp } from '../support/service-app.ts'
import { OFFICER } from '../support/signed-in.ts'
import { tempInstallation } from '../support/temp-installation.ts'

const installation = tempInstallation('2023-03-08T11:00')
const { db } = installation
newOfficer(installation, 'quan-tri', { wide: 'administrator' })
const app = await serviceApp(installation)
after(async () => {
  await app.close()
  installation.close()
})

/** What the workers say of a file that this officer uploaded. */
function read(officer: string, ...rows: readonly GivenRow[]) {
  const file = { name: 'so.csv', bytes: Buffer.from(csvOf(...rows)), options: {} }
  const actor = asOfficer(installation, officer)
  const { id } = db.transaction(() => uploadRegister(installation, actor, file)).immediate()
  runImport(installation, id)
  const report = JSON.parse(findImport(db, id)!.report!) as { errors: number; problems: { needs: string }[] }
  return { id, errors: report.errors, said: report.problems.map(({ needs }) => needs).join('; ') }
}

test('a head imports the register of their own unit, and a row of another one is a problem of its line', () => {
  assert.equal(read('xa-ngoc-ky.chu-tich', {}).errors, 0)
  const { errors, said } = read('xa-ha-ky.chu-tich', {})
  assert.equal(errors, 1)
  assert.match(said, /một đơn vị của người nhập/)
  assert.equal(read('huyen-tu-ky.chu-tich', {}).errors, 0, 'the head above brings in registers of all below')
})

test('a row that names one’s own unit does not reach a dossier of another one', () => {
  const { code } = deskOf(installation).log({ at: '2023-03-06T09:00' })
  const own = { code: code!, unit: 'Xã Hà Kỳ', receiving_unit: 'Xã Hà Kỳ', accepted_at: '06/03/2023 09:00' }
  assert.match(read('xa-ha-ky.chu-tich', own).said, /một đơn vị của người nhập|mã/)
  assert.ok(read('xa-ha-ky.chu-tich', own).errors > 0)
})

test('what somebody uploaded is opened by their unit and those above, and by nobody else', async () => {
  const { id } = read('xa-ngoc-ky.chu-tich', { applicant: 'Bùi Thị Kín' })
  const statusFor = async (officer: string) =>
    (await app.inject({ url: `/quan-tri/nhap-so/${id}`, headers: { [OFFICER]: officer } })).statusCode
  assert.deepEqual(
    await Promise.all(
      ['xa-ngoc-ky.chu-tich', 'huyen-tu-ky.giam-sat', 'quan-tri', 'xa-ha-ky.chu-tich'].map(statusFor),
    ),
    [200, 200, 403, 404],
  )
  const list = async (officer: string) =>
    (await app.inject({ url: '/api/v1/imports', headers: { [OFFICER]: officer } })).json().items as {
      id: number
    }[]
  assert.ok((await list('xa-ngoc-ky.chu-tich')).some((each) => each.id === id))
  assert.ok(!(await list('xa-ha-ky.chu-tich')).some((each) => each.id === id))
})
