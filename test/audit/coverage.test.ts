import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { groupCommit } from '../../db/group-commit.ts'
import { openDatabase } from '../../db/open.ts'
import { type AuditEntry, entriesAfter } from '../../db/queries/audit.ts'
import { loadDemo } from '../../db/seeds/demo/load-demo.ts'
import type { AuditKind } from '../../src/audit/kinds.ts'
import { proveChain } from '../../src/audit/prove-chain.ts'
import { cancelSlip } from '../../src/back-entry/cancel-slip.ts'
import { declareOutage, finishOutage } from '../../src/back-entry/declare-outage.ts'
import { printSlips } from '../../src/back-entry/print-slips.ts'
import { approveCorrection, rejectCorrection } from '../../src/corrections/decide-correction.ts'
import { enterOrAsk } from '../../src/corrections/enter-or-ask.ts'
import { SYSTEM_OPERATOR } from '../../src/deps.ts'
import { parseInstant } from '../../src/domain/calendar/day.ts'
import { parsePeriod } from '../../src/domain/calendar/periods.ts'
import { addWebhook } from '../../src/exchange/webhooks/add-webhook.ts'
import { pauseWebhook, resumeWebhook } from '../../src/exchange/webhooks/pause-webhook.ts'
import { removeWebhook } from '../../src/exchange/webhooks/remove-webhook.ts'
import { rotateSecret } from '../../src/exchange/webhooks/rotate-secret.ts'
import { addChild, removeChild, renewChildKey } from '../../src/feed/children.ts'
import { publicText } from '../../src/feed/feed-keys.ts'
import { openInstallation } from '../../src/installation.ts'
import { createLogger } from '../../src/logger.ts'
import { addSupplement, closeRegister } from '../../src/register/close-register.ts'
import { registerOf } from '../../src/register/stored-book.ts'
import { applyReorganisations } from '../../src/reorganisations/apply-reorganisation.ts'
import { assignUnit } from '../../src/reorganisations/assign-unit.ts'
import { closePeriod } from '../../src/reports/close-period.ts'
import { recordFailure } from '../../workers/failures.ts'
import { runJob } from '../../workers/run-job.ts'
import { deskOf } from '../support/desk.ts'
import { importFile } from '../support/import-file.ts'
import { officerOf } from '../support/late-facts.ts'
import { beforeTheSwap, decisionsOf, SWAP } from '../support/new-year-2026.ts'
import { planOf, record } from '../support/reorganised.ts'
import { runCli } from '../support/run-cli.ts'
import { serviceApp } from '../support/service-app.ts'
import { type TempInstallation, tempInstallation } from '../support/temp-installation.ts'
import { type TestInstallation, testInstallation } from '../support/test-installation.ts'

type Told = readonly [kind: AuditKind, data: Readonly<Record<string, unknown>>]

/** What the audit tells besides the acts on dossiers. */
function told({ db }: Pick<TestInstallation, 'db'>): readonly Told[] {
  assert.equal(proveChain(db).problem, null)
  return entriesAfter(db, 0, 1000)
    .filter(({ kind }) => kind !== 'act')
    .map(({ kind, data }: AuditEntry) => [kind as AuditKind, JSON.parse(data)])
}

const write = <T>({ db }: Pick<TestInstallation, 'db'>, work: () => T): T => db.transaction(work).immediate()

test('a webhook that is added, paused, resumed, given a new secret or removed, each once', () => {
  const installation = testInstallation()
  write(installation, () => {
    const [by, input] = [SYSTEM_OPERATOR, { label: 'Tỉnh', url: 'https://tinh.example', acts: [], unit: '' }]
    const { id } = addWebhook(installation, by, input)
    for (const _ of [1, 2]) pauseWebhook(installation, by, id)
    for (const _ of [1, 2]) resumeWebhook(installation, by, id)
    rotateSecret(installation, by, id)
    removeWebhook(installation, by, id)
  })
  const whats = ['added', 'paused', 'resumed', 'secret_rotated', 'removed']
  assert.deepEqual(
    told(installation),
    whats.map((what) => ['webhook_changed', { webhook: 1, what }]),
  )
})

test('an installation below that is registered, given another key or removed', () => {
  const installation = testInstallation()
  const key = () => publicText(generateKeyPairSync('ed25519').publicKey)
  const child = { installation: 'xa-ngoc-ky', label: '', since: '2023-03-06', units: ['xa-ngoc-ky'] }
  addChild(installation, SYSTEM_OPERATOR, { ...child, publicKey: key() })
  renewChildKey(installation, SYSTEM_OPERATOR, { installation: 'xa-ngoc-ky', publicKey: key() })
  removeChild(installation, SYSTEM_OPERATOR, 'xa-ngoc-ky')
  assert.deepEqual(
    told(installation),
    ['added', 'key_renewed', 'removed'].map((what) => ['child_changed', { child: 1, what }]),
  )
})

test('an outage that is declared and ended, and a slip that is cancelled', () => {
  const installation = testInstallation()
  const head = officerOf(installation, 'chu-tich')
  write(installation, () => {
    const outage = { unit: 'xa-ngoc-ky', fromAt: parseInstant('2023-03-06T08:00'), reason: 'Mất điện' }
    const id = declareOutage(installation, head, outage)
    finishOutage(installation, head, id, parseInstant('2023-03-06T08:30'))
    const [number] = printSlips(installation, head, 'xa-ngoc-ky', 1)
    cancelSlip(installation, head, 'xa-ngoc-ky', number!, 'Rách')
  })
  const unit = installation.db.prepare(`SELECT id FROM units WHERE key = 'xa-ngoc-ky'`).pluck().get()
  assert.deepEqual(told(installation), [
    ['outage_declared', { outage: 1, unit, what: 'declared' }],
    ['outage_declared', { outage: 1, unit, what: 'ended' }],
    ['slip_cancelled', { slip: 1 }],
  ])
})

test('a decision on the calendar that is recorded and undone', async () => {
  const installation = beforeTheSwap()
  const decisions = decisionsOf(installation)
  const { id } = await decisions.record(SWAP)
  await decisions.undo(id)
  assert.deepEqual(told(installation), [
    ['calendar_decided', { decision: id, what: 'recorded', moved: 0 }],
    ['calendar_decided', { decision: id, what: 'undone' }],
  ])
})

test('a reorganisation that is recorded', () => {
  const installation = testInstallation('2024-11-28T09:00')
  const { id } = record(installation, planOf(installation, 0))
  assert.deepEqual(told(installation), [
    ['units_reorganised', { reorganisation: id, what: 'recorded', on: '2024-12-01' }],
  ])
})

test('dossiers of a unit that is no more, given to another', () => {
  const installation = testInstallation('2024-11-28T09:00')
  const { id } = deskOf(installation).log()
  record(installation, planOf(installation, 0, { lineage: [], coordinator: 'thi-tran-tu-ky' }))
  installation.at('2024-12-02T00:05')
  applyReorganisations(installation, '2024-12-02')
  const to = { unit: 'xa-ky-son-2024', dossiers: [id] }
  write(installation, () => assignUnit(installation, SYSTEM_OPERATOR, to))
  const unit = installation.db.prepare('SELECT id FROM units WHERE key = ?').pluck().get(to.unit)
  assert.deepEqual(told(installation).at(-1), ['units_reorganised', { what: 'assigned', unit, moved: 1 }])
})

test('a new installation tells that the rules were loaded, once', () => {
  const { config, close } = tempInstallation('2023-03-06T09:00')
  const fresh = { ...config, databaseFile: join(config.dataDir, 'new.db') }
  for (const _ of [1, 2]) {
    const installation = openInstallation(fresh, createLogger('silent'))
    assert.deepEqual(told(installation), [['reference_changed', { what: 'rules_loaded' }]])
    installation.db.close()
  }
  close()
})

test('a register that is closed and supplemented', () => {
  const installation = tempInstallation('2023-03-06T09:00')
  const { log } = deskOf(installation)
  log()
  installation.at('2024-01-02T09:00')
  const unit = installation.db.prepare(`SELECT id FROM units WHERE key = 'xa-ngoc-ky'`).pluck().get()
  const book = registerOf(installation, '2023', 'xa-ngoc-ky')
  write(installation, () => closeRegister(installation, SYSTEM_OPERATOR, book))
  log({ at: '2023-12-29T09:00' })
  write(installation, () => addSupplement(installation, SYSTEM_OPERATOR, book))
  assert.deepEqual(told(installation), [
    ['register_closed', { year: '2023', unit, what: 'closed' }],
    ['register_closed', { year: '2023', unit, what: 'supplemented' }],
  ])
  installation.close()
})

test('corrections: one approved, one rejected, one that the head made alone', () => {
  const installation = testInstallation('2023-03-06T09:00')
  const [clerk, head] = [officerOf(installation, 'mot-cua-1'), officerOf(installation, 'chu-tich')]
  const { log } = deskOf(installation)
  const ids = [log(), log(), log()].map(({ id }) => id)
  installation.at('2023-03-13T07:00')
  closePeriod(installation, parsePeriod('2023-W10'))
  const at = parseInstant('2023-03-09T16:00')
  const request = { act: 'finish', outcome: 'granted', at, reason: 'Đã ký, quên bấm' } as const
  write(installation, () => {
    const [one, two] = ids.map((which) => enterOrAsk(installation, clerk, { kind: 'act', which, request }))
    approveCorrection(installation, head, one!.id)
    rejectCorrection(installation, head, two!.id, 'Chưa có bản ký')
    enterOrAsk(installation, head, { kind: 'act', which: ids[2]!, request })
  })
  assert.deepEqual(told(installation), [
    ['correction_decided', { request: 1, outcome: 'approved' }],
    ['correction_decided', { request: 2, outcome: 'rejected' }],
    ['correction_decided', { request: 4, outcome: 'approved', own: true }],
  ])
})

test('an imported register is one entry with its counts, however many dossiers it brings', () => {
  const source = testInstallation('2023-03-08T10:00')
  const { log } = deskOf(source)
  for (let n = 0; n < 3; n += 1) log()
  const csv = 'code,unit,procedure,channel,applicant,accepted_at\n'
  const row = (n: number) =>
    `000.28.15.H23-230306-000${n},xa-ngoc-ky,1.004873,counter,Mẫu ${n},2023-03-06T09:00\n`
  const installation = testInstallation('2023-03-08T10:00')
  const report = importFile(installation, Buffer.from(csv + row(1) + row(2)))
  assert.deepEqual([report.errors, report.added], [0, 2])
  const [[kind, data]] = told(installation) as [Told]
  assert.deepEqual([kind, data['added'], data['changed']], ['imported', 2, 0])
  assert.equal(entriesAfter(installation.db, 0, 10).length, 1)
})

test('a job that ran and one that failed, with the attempt; why it failed is not repeated', async () => {
  const installation = tempInstallation('2023-03-13T06:00')
  const work = { subject: '2023-03-13', version: 1, payload: { day: '2023-03-13' }, outboxId: null } as const
  assert.equal(await runJob(installation, { job: 'tidy', ...work }), 'done')
  installation.db.exec('ALTER TABLE idempotency_keys RENAME TO gone')
  const again = { job: 'tidy', ...work, version: 2 } as const
  assert.equal(await runJob(installation, again), 'failed')
  installation.db.exec('ALTER TABLE gone RENAME TO idempotency_keys')
  recordFailure(installation, again, 'không nhận được việc')
  const run = { job: 'tidy', subject: '2023-03-13' }
  assert.deepEqual(told(installation), [
    ['job_run', { ...run, outcome: 'done', rows: 0, attempts: 1 }],
    ['job_run', { ...run, outcome: 'failed', rows: null, attempts: 1 }],
  ])
  installation.close()
})

test('doors: a document issued, a setting, an export by page and by API', async () => {
  const installation = testInstallation('2023-03-06T09:00')
  const { log } = deskOf(installation)
  const dossier = log()
  const app = await serviceApp(installation, groupCommit(installation.db))
  const post = (url: string, payload: object) => app.inject({ method: 'POST', url, payload })
  const paper = await post(`/api/v1/dossiers/${dossier.code}/documents`, { kind: 'receipt-slip' })
  assert.equal(paper.statusCode, 201, paper.body)
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  const setting = await app.inject({
    ...{ method: 'POST', url: '/quan-tri/dinh-chinh/cach-duyet', payload: 'second=1' },
    headers: form,
  })
  assert.equal(setting.statusCode, 303, setting.body)
  await app.inject('/quan-tri/xuat-so/tep?unit=xa-ngoc-ky&year=2023&format=csv')
  await app.inject('/api/v1/register?unit=xa-ngoc-ky&from=2023-03-01')
  const headers = { 'x-motcua-officer': 'huyen-tu-ky.giam-sat' }
  await app.inject({ url: '/api/v1/exchange/dossiers', headers })
  const unit = installation.db.prepare(`SELECT id FROM units WHERE key = 'xa-ngoc-ky'`).pluck().get()
  const exported = { units: [unit], format: 'csv', rows: 1, numbers: false }
  assert.deepEqual(told(installation), [
    ['document_issued', { document: 1, paper: 'receipt-slip', version: 1 }],
    ['setting_changed', { setting: 'corrections_need_second_person', value: true }],
    ['exported', { what: 'register', by: 'page', ...exported, from: '2023-01-01', to: '2023-12-31' }],
    ['exported', { what: 'register', by: 'api', ...exported, from: '2023-03-01', to: null }],
    ['exported', { what: 'exchange', by: 'api', after: 0, rows: 1 }],
  ])
  await app.close()
})

test('the command line: what it changes and what it takes out, by nobody', async () => {
  const installation: TempInstallation = tempInstallation('2023-03-06T09:00')
  const { config, env, db } = installation
  deskOf(installation).log()
  db.close()
  const plan = join(config.dataDir, 'plan.json')
  writeFileSync(plan, '{}')
  const run = async (...args: string[]) => {
    const { code, err } = await runCli(args, { env })
    assert.equal(code, 0, `${args[0]}: ${err}`)
  }
  await run('close', '2023-W10')
  await run('close', '2023-W10')
  await run('recount', '--repair')
  await run('export', join(config.dataDir, 'so.csv'), '--with-numbers')
  await run('exchange')
  await run('audit', 'list', '--csv')
  const again = openDatabase(config.databaseFile, { busyTimeoutMs: 0 })
  const entries = told({ db: again })
  assert.deepEqual(
    entries.map(([kind, data]) => [kind, data['command'] ?? data['what'], data['by'], data['numbers']]),
    [
      ['operated', 'close', undefined, undefined],
      ['operated', 'recount_repair', undefined, undefined],
      ['exported', 'register', 'cli', true],
      ['exported', 'exchange', 'cli', undefined],
      ['exported', 'audit', 'cli', undefined],
    ],
  )
  assert.deepEqual(
    again.prepare(`SELECT DISTINCT actor_id FROM audit_entries WHERE kind <> 'act'`).pluck().all(),
    [null],
  )
  again.close()
  installation.close()
})

test('the demonstration’s own past writes nothing: it is covered by the roots', () => {
  const installation = testInstallation('2023-03-20T08:00')
  const { acts } = loadDemo(installation, {
    from: '2023-03-13',
    to: '2023-03-15',
    until: installation.clock.now(),
  })
  assert.ok(acts > 0)
  assert.equal(entriesAfter(installation.db, 0, 1).length, 0)
})

/** Through this every act on a dossier goes. */
const STORES: ReadonlySet<string> = new Set(['src/dossiers/store-change.ts'])
/** Operations that write and tell nothing, each with why. */
const TELL_NOTHING: Readonly<Record<string, string>> = {
  'src/accounts/recovery-codes.ts': 'part of setting up or using the second factor, which tells',
  'src/accounts/session.ts': 'part of signing in and out, which tell',
  'src/accounts/take-code.ts': 'part of signing in, which tells',
  'src/back-entry/print-slips.ts':
    'numbers of blank slips; their paper is told when it is issued, each when it is used',
  'src/dossiers/saved-views.ts': 'what somebody keeps for themselves',
  'src/dossiers/sitting.ts': 'part of an intake, which tells',
  'src/imports/upload-register.ts': 'nothing is written into the register yet; the import tells',
  'src/privacy/erase-books.ts': 'part of an erasure, which tells',
  'src/privacy/erase-imports.ts': 'part of an erasure, which tells',
  'src/register/stored-book.ts': 'part of closing a register, which tells',
  'src/web/idempotency.ts': 'remembers what another operation did',
}

test('every operation that writes tells the audit, itself or by one that it calls; the others say why not', () => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  )
  const textOf = new Map(files.map((file) => [join('src', file), readFileSync(join('src', file), 'utf8')]))
  const calls = (file: string) =>
    [...textOf.get(file)!.matchAll(/^import (?!type)[^;]*?from '(\.[^']+)'/gms)]
      .map(([, from = '']) => join(dirname(file), from))
      // To have what tells at hand is not to tell.
      .filter((each) => !each.startsWith('src/audit/'))
  const isOperation = (file: string) =>
    /[Rr]un it (with)?in(side)? (a|the) write/.test(textOf.get(file) ?? '')
  const tells = (file: string, seen: ReadonlySet<string> = new Set()): boolean =>
    !seen.has(file) &&
    (/\b(recordAudit|recordExport|recordCommand|auditAct)\(/.test(textOf.get(file) ?? '') ||
      calls(file).some(
        (each) => (isOperation(each) || STORES.has(each)) && tells(each, new Set([...seen, file])),
      ))
  const silent = [...textOf.keys()].filter((file) => isOperation(file) && !tells(file))
  assert.deepEqual(silent.toSorted(), Object.keys(TELL_NOTHING).toSorted())
})
