import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { giveInstallationRole } from '../../db/queries/accounts.ts'
import { entriesBefore } from '../../db/queries/audit.ts'
import { auditCsv } from '../../src/audit/audit-csv.ts'
import { recordAudit } from '../../src/audit/record-audit.ts'
import { bumpCatalogue } from '../../src/catalogue/catalogue.ts'
import { actOnDossier } from '../../src/dossiers/act-on-dossier.ts'
import { logDossier } from '../../src/dossiers/log-dossier.ts'
import { openVault } from '../../src/vault.ts'
import { officerOf } from '../support/late-facts.ts'
import { linksOf, pageApp, textOf } from '../support/page-app.ts'
import { runCli } from '../support/run-cli.ts'
import { tempInstallation } from '../support/temp-installation.ts'

const PAGE = '/quan-tri/nhat-ky'
const plain = tempInstallation('2023-03-06T09:00')
const installation = { ...plain, vault: openVault(plain.config.keyFile) }
const { db } = installation
const clerk = officerOf(installation, 'mot-cua-1')
const head = officerOf(installation, 'chu-tich')
const clerkName = db.prepare('SELECT name FROM officers WHERE id = ?').pluck().get(clerk.officerId) as string
let app: FastifyInstance
let code = ''

before(async () => {
  const where = { unit: 'xa-ngoc-ky', procedure: '1.004873', channel: 'counter' } as const
  db.transaction(() => {
    const dossier = logDossier(installation, clerk, {
      ...{ act: 'accept', ...where, applicant: { name: 'Nguyễn Thị Đào', idNumber: '030190000001' } },
    })
    code = dossier.code!
    recordAudit(installation, {
      ...{ kind: 'person_read', actorId: head.officerId, dossierId: dossier.id },
      data: { person: dossier.applicantId },
    })
    installation.at('2023-03-07T09:00')
    actOnDossier(installation, clerk, dossier.id, { act: 'transfer' })
    recordAudit(installation, { kind: 'job_run', actorId: null, data: { job: 'tidy', outcome: 'done' } })
    for (let n = 0; n < 60; n += 1) recordAudit(installation, { kind: 'webhook_changed', actorId: null })
  }).immediate()
  giveInstallationRole(db, { officerId: head.officerId!, role: 'auditor', validFrom: '2019-01-01' })
  bumpCatalogue(db)
  app = await pageApp(installation)
})
after(async () => {
  await app.close()
  installation.close()
})

const AUDITOR = 'xa-ngoc-ky.chu-tich'
const open = (query = '', officer = AUDITOR) =>
  app.inject({ url: `${PAGE}${query}`, headers: { 'x-motcua-officer': officer } })
const lines = (body: string) => [...body.matchAll(/<tr><td class="n">(\d+)</g)].map(([, id]) => Number(id))

test('an entry says who did what to which dossier, and when', async () => {
  const { body, statusCode } = await open('?kind=act')
  assert.equal(statusCode, 200)
  const text = textOf(body)
  assert.ok(text.includes(`07/03/2023 09:00 ${clerkName} Chuyển xử lý – ${code}`), text.slice(0, 3000))
  assert.ok(text.includes(`06/03/2023 09:00 ${clerkName} Tiếp nhận`))
  assert.ok(linksOf(body).includes(`/ho-so/${code}`))
})

test('the filters narrow by kind, person, dossier and day, alone and together', async () => {
  const ids = async (query: Record<string, string>) =>
    lines((await open(`?${new URLSearchParams(query)}`)).body)
  assert.deepEqual(await ids({ kind: 'act' }), [3, 1])
  assert.deepEqual(await ids({ person: clerkName }), [3, 1])
  assert.deepEqual(await ids({ person: 'xa-ngoc-ky.chu-tich' }), [2])
  assert.deepEqual(await ids({ dossier: code }), [3, 2, 1])
  assert.deepEqual(await ids({ dossier: code, to: '2023-03-06' }), [2, 1])
  assert.deepEqual(await ids({ dossier: code, from: '2023-03-07' }), [3])
  assert.deepEqual(await ids({ kind: 'job_run', person: 'Hệ thống' }), [4])
  assert.deepEqual(await ids({ kind: 'act', person: 'xa-ngoc-ky.chu-tich' }), [])
})

test('what cannot be looked for comes back with what was typed and says why', async () => {
  const stranger = await open('?person=Ai%20Đó')
  assert.equal(stranger.statusCode, 422)
  assert.match(textOf(stranger.body), /Không có cán bộ “Ai Đó”/)
  assert.match(stranger.body, /value="Ai Đó"/)
  assert.equal((await open('?dossier=000.00')).statusCode, 422)
  assert.equal((await open('?from=2023-03-08&to=2023-03-07')).statusCode, 422)
  assert.equal((await open('?from=2023-02-30')).statusCode, 422)
})

test('pages follow each other without a gap, newest first', async () => {
  const seen: number[] = []
  let next: string | undefined = ''
  while (next !== undefined) {
    const { body }: { body: string } = await open(next)
    seen.push(...lines(body))
    next = linksOf(body)
      .find((href) => href.includes('truoc='))
      ?.slice(PAGE.length)
  }
  assert.deepEqual(
    seen,
    Array.from({ length: seen.length }, (_, n) => seen.length - n),
  )
  assert.ok(seen.length >= 64)
})

test('only who may read the audit sees it', async () => {
  for (const path of ['', '/tep.csv']) {
    assert.equal((await open(path, 'xa-ngoc-ky.mot-cua-1')).statusCode, 403)
    assert.equal((await open(path, 'nobody')).statusCode, 303)
  }
})

test('the file has every entry of the filter, whole hashes and no person, and is an entry itself', async () => {
  const before = entriesBefore(db, {}, { before: 1e9, limit: 1 }).entries[0]!.id
  const { body, headers } = await open('/tep.csv?kind=act')
  assert.match(String(headers['content-disposition']), /nhat-ky-kiem-tra\.csv/)
  assert.equal(body.trim().split('\r\n').length, 3)
  assert.match(body, /"\{""event"":2,""digest"":""[0-9a-f]{64}""\}",[0-9a-f]{64}/)
  assert.doesNotMatch(body, /Nguyễn Thị Đào|030190000001/)
  const [last] = entriesBefore(db, {}, { before: 1e9, limit: 1 }).entries
  assert.deepEqual([last!.id, last!.kind, last!.actorId], [before + 1, 'exported', head.officerId])
  assert.equal([...auditCsv(installation, {})].join('').trim().split('\r\n').length, last!.id + 1)
})

test('an erased person stays an id', async () => {
  const person = db.prepare('SELECT applicant_id FROM dossiers WHERE code = ?').pluck().get(code)
  db.exec(`UPDATE persons SET name = '', name_folded = '', erased_at = 1`)
  assert.match(textOf((await open('?kind=person_read')).body), new RegExp(`Người số ${person}`))
})

test('rare entries far back are found page by page, none of which looks at all of them', () => {
  const many = tempInstallation('2023-03-06T09:00')
  recordAudit(many, { kind: 'erased', actorId: null })
  many.db.exec(`WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 150000)
    INSERT INTO audit_entries SELECT i, 0, 'job_run', NULL, NULL, '{}', zeroblob(32) FROM n`)
  const first = entriesBefore(many.db, { kind: 'erased' }, { before: 1e9, limit: 50 })
  assert.deepEqual([first.entries.length, first.next !== null], [0, true])
  const second = entriesBefore(many.db, { kind: 'erased' }, { before: first.next!, limit: 50 })
  assert.deepEqual([second.entries.map(({ id }) => id), second.next], [[1], null])
  many.close()
})

test('the command line lists by the same filters, and the roots', async () => {
  const { env } = installation
  const { out, code: exit } = await runCli(['audit', 'list', '--kind', 'act', '--person', clerkName], { env })
  assert.equal(exit, 0)
  assert.equal(out.trim().split('\n').length, 4)
  assert.ok(out.includes(code))
  assert.match((await runCli(['audit', 'root'], { env })).out, /Chưa có gốc ngày nào/)
  assert.equal((await runCli(['audit', 'list', '--kind', 'x'], { env })).code, 2)
})

test('an entry that somebody spoilt is shown all the same', async () => {
  db.exec('DROP TRIGGER audit_entries_keep')
  db.exec(`UPDATE audit_entries SET data = 'x' WHERE id = 3`)
  assert.match(textOf((await open('?kind=act')).body), /Dữ liệu của mục không đọc được/)
})
