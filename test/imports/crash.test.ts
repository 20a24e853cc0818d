import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { groupCommit } from '../../db/group-commit.ts'
import { openDatabase } from '../../db/open.ts'
import { SYSTEM_ACTOR } from '../../src/deps.ts'
import { logDossier } from '../../src/dossiers/log-dossier.ts'
import { verifyRows } from '../../src/dossiers/verify-rows.ts'
import { removeDeadRuns } from '../../src/imports/remove-dead-runs.ts'
import { recountPeriod } from '../../src/reports/recount.ts'
import { csvOf } from '../support/register-file.ts'
import { runCli } from '../support/run-cli.ts'
import { type TempInstallation, tempInstallation } from '../support/temp-installation.ts'

const ROWS = 3_000
const ROOT = new URL('../../', import.meta.url)

/** A register of `ROWS` dossiers on disk, and an installation for it. */
function setting(): TempInstallation & { readonly file: string } {
  const installation = tempInstallation('2023-03-20T09:00')
  const file = join(installation.config.dataDir, 'register.csv')
  const code = (row: number) => `000.24.35.H23-230306-${String(1_000 + row)}`
  writeFileSync(
    file,
    csvOf(
      ...Array.from({ length: ROWS }, (_, row) => ({ code: code(row), applicant: `Nguyễn Thị Đào ${row}` })),
    ),
  )
  return { ...installation, file }
}

function startImport({ env, file }: ReturnType<typeof setting>) {
  const args = ['--import', './src/node-version.js', 'src/cli.ts', 'import', file, '--apply']
  return spawn(process.execPath, args, {
    cwd: ROOT,
    env: { PATH: process.env.PATH, ...env },
    stdio: 'ignore',
  })
}

const count = ({ db }: TempInstallation, what: string) =>
  (db.prepare(`SELECT count(*) AS n FROM ${what}`).get() as { n: number }).n

function holds(installation: TempInstallation): void {
  assert.deepEqual(recountPeriod(installation, { from: '2023-01-01', to: '2023-03-20' }).differences, [])
  assert.deepEqual(verifyRows(installation).differences, [])
  assert.deepEqual(installation.db.pragma('foreign_key_check'), [])
}

test('an import killed in the middle has written nothing that anybody sees, and done again it is whole', async () => {
  const place = setting()
  const child = startImport(place)
  const gone = once(child, 'exit')
  // In the middle: people are written ahead, the dossiers are not there yet.
  while (count(place, 'import_pieces') === 0 && child.exitCode === null) await sleep(1)
  child.kill('SIGKILL')
  await gone
  const there = count(place, 'dossiers')
  assert.ok(there === 0 || there === ROWS, `${there}`)
  for (const table of ['events', 'day_cells', 'stocks', 'code_sequences'])
    assert.equal(count(place, table) > 0, there > 0, table)
  holds(place)
  removeDeadRuns(place)
  assert.equal(count(place, 'persons'), there)
  assert.equal(count(place, 'import_pieces'), 0)
  const { code, out, err } = await runCli(['import', place.file, '--apply'], { env: place.env })
  assert.equal(code, 0, out + err)
  assert.deepEqual([count(place, 'dossiers'), count(place, 'persons')], [ROWS, ROWS])
  holds(place)
  place.close()
})

test('while a register is imported the desk goes on, and no dossier of either is lost', async () => {
  const place = setting()
  const desk = openDatabase(place.config.databaseFile, { busyTimeoutMs: 0 })
  const writer = groupCommit(desk)
  const child = startImport(place)
  const gone = once(child, 'exit')
  let logged = 0
  let longest = 0
  while (child.exitCode === null) {
    const started = performance.now()
    await writer.write(() =>
      logDossier({ ...place, db: desk }, SYSTEM_ACTOR, {
        act: 'accept',
        unit: 'xa-van-to',
        procedure: '1.004873',
        channel: 'counter',
        applicant: { name: 'Trần Thị Mai' },
      }),
    )
    longest = Math.max(longest, performance.now() - started)
    logged += 1
    await sleep(2)
  }
  await gone
  desk.close()
  assert.equal(child.exitCode, 0)
  assert.ok(logged > 0)
  console.log(
    `the desk logged ${logged} dossiers during the import and waited at most ${longest.toFixed(0)} ms`,
  )
  assert.equal(count(place, 'dossiers'), ROWS + logged)
  holds(place)
  place.close()
})
