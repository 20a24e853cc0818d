import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { openAlarms } from '../../db/queries/alarms.ts'
import { newestImports } from '../../db/queries/imports.ts'
import { upsertSetting } from '../../db/queries/settings.ts'
import { newestWatchedFiles } from '../../db/queries/watched-files.ts'
import { readConfig } from '../../src/config.ts'
import { importFolders } from '../../src/imports/import-folder.ts'
import type { JobDeps } from '../../workers/job-deps.ts'
import { runJob } from '../../workers/run-job.ts'
import { tick } from '../../workers/tick.ts'
import { watch } from '../../workers/watch.ts'
import { killed } from '../support/killed.ts'
import { pageApp, textOf } from '../support/page-app.ts'
import { csvOf, ENDED, OPEN } from '../support/register-file.ts'
import { type TempInstallation, tempInstallation } from '../support/temp-installation.ts'

interface Watched extends JobDeps {
  readonly installation: TempInstallation
  readonly folder: string
  /** Puts a file there, last written so many seconds before the clock. */
  put(name: string, content: string, secondsAgo?: number): void
  inside(place?: string): readonly string[]
  close(): void
}

function watched({ watching = false, unit = '' } = {}): Watched {
  const installation = tempInstallation('2023-03-20T09:00')
  const folder = join(installation.config.dataDir, '..', 'so')
  mkdirSync(folder)
  const env = {
    ...installation.env,
    IMPORT_FOLDER: unit === '' ? folder : `${folder}=${unit}`,
    IMPORT_WATCH: watching ? '1' : '0',
  }
  const config = readConfig(env, '/')
  const put = (name: string, content: string, secondsAgo = 120) => {
    writeFileSync(join(folder, name), content)
    const at = installation.clock.now() / 1000 - secondsAgo
    utimesSync(join(folder, name), at, at)
  }
  const inside = (place = '') => readdirSync(join(folder, place)).sort()
  return { ...installation, config, installation, folder, put, inside, close: () => installation.close() }
}

const run = (here: Watched) => importFolders(here, here.config)
const dossiers = ({ db }: Watched) =>
  (db.prepare('SELECT count(*) AS n FROM dossiers').get() as { n: number }).n
const alarms = (here: Watched) => {
  watch(here)
  return openAlarms(here.db).filter(({ kind }) => kind === 'import_failed')
}
const reportIn = (here: Watched, file: string) =>
  JSON.parse(readFileSync(join(here.folder, file), 'utf8')) as {
    outcome: string
    report: { added: number }
    note?: string
  }

test('a register that lies still is imported whole and moved to done with its report', (t) => {
  const here = watched()
  t.after(here.close)
  here.put('sổ tuần 10.csv', csvOf(ENDED))
  assert.deepEqual(run(here), { applied: 1, refused: 0 })
  assert.equal(dossiers(here), 1)
  assert.deepEqual(here.inside(), ['done'])
  assert.deepEqual(here.inside('done'), ['sổ tuần 10.csv', 'sổ tuần 10.csv.report.json'])
  const { outcome, report } = reportIn(here, 'done/sổ tuần 10.csv.report.json')
  assert.deepEqual([outcome, report.added], ['applied', 1])
  assert.deepEqual(alarms(here), [])
})

test('a file that changed within the last minute is left until it lies still', (t) => {
  const here = watched()
  t.after(here.close)
  here.put('so.csv', csvOf(ENDED), 59)
  assert.deepEqual(run(here), { applied: 0, refused: 0 })
  assert.deepEqual(here.inside(), ['so.csv'])
  here.installation.at('2023-03-20T09:00:01')
  assert.deepEqual(run(here), { applied: 1, refused: 0 })
})

test('the same content is imported once, under whatever name it comes', (t) => {
  const here = watched()
  t.after(here.close)
  here.put('so.csv', csvOf(ENDED))
  run(here)
  for (const name of ['so.csv', 'khac.csv']) {
    here.put(name, csvOf(ENDED))
    run(here)
  }
  assert.equal(newestImports(here.db, null, 10).length, 1)
  assert.deepEqual(
    here.inside('done').filter((name) => name.endsWith('.csv')),
    ['khac.csv', 'so-2.csv', 'so.csv'],
  )
  assert.match(reportIn(here, 'done/so-2.csv.report.json').note ?? '', /đã được nhập từ trước/)
})

test('a register with a problem is refused whole, kept, listed, and raises an alarm until a good one comes', async (t) => {
  const here = watched({ unit: 'xa-ngoc-ky' })
  t.after(here.close)
  here.put('hong.csv', csvOf({}, { code: '000.24.35.H23-230306-0009', unit: 'Xã Ngọc Kì' }))
  assert.deepEqual(run(here), { applied: 0, refused: 1 })
  assert.equal(dossiers(here), 0)
  assert.deepEqual(here.inside('refused'), ['hong.csv', 'hong.csv.report.json'])
  const [alarm] = alarms(here)
  assert.equal(alarm?.subject, join(here.folder, 'hong.csv'))
  assert.match(alarm?.detail ?? '', /Không ghi gì, 1 chỗ phải sửa\. Dòng 3, cột .*\(unit\): có “Xã Ngọc Kì”/)
  const app = await pageApp(here.installation)
  const page = textOf((await app.inject('/quan-tri/nhap-so')).body)
  assert.match(page, /Tệp tự nhận từ thư mục.*hong\.csv.*không ghi.*Dòng 3/)
  await app.close()
  here.installation.at('2023-03-20T10:00')
  here.put('tot.csv', csvOf(ENDED))
  run(here)
  assert.deepEqual(alarms(here), [])
})

test('what contradicts the database is left as it is there, and said', (t) => {
  const here = watched()
  t.after(here.close)
  here.put('so.csv', csvOf(ENDED))
  run(here)
  here.installation.at('2023-03-20T10:00')
  here.put('so.csv', csvOf({ ...ENDED, ended_at: '07/03/2023', returned_at: '09/03/2023' }))
  assert.deepEqual(run(here), { applied: 1, refused: 0 })
  const [alarm] = alarms(here)
  assert.match(
    alarm?.detail ?? '',
    /1 hồ sơ nói khác với hệ thống và được giữ nguyên\. Dòng 2 \(000\.24\.35\.H23-230306-0007\)/,
  )
  const { endedOn } = here.db.prepare('SELECT ended_on AS endedOn FROM dossiers').get() as { endedOn: string }
  assert.equal(endedOn, '2023-03-08')
})

test('a refused content is tried again when it is put there again', (t) => {
  const here = watched()
  t.after(here.close)
  const file = csvOf({ ...ENDED, unit: '' })
  here.put('so.csv', file)
  assert.deepEqual(run(here), { applied: 0, refused: 1 })
  const withUnit = {
    ...here,
    config: { ...here.config, importFolders: [{ path: here.folder, unit: 'xa-ngoc-ky' }] },
  }
  here.put('so.csv', file)
  assert.deepEqual(run(withUnit), { applied: 1, refused: 0 })
  assert.equal(newestWatchedFiles(here.db, 10).length, 1)
})

test('the unit given with the folder fills what the register leaves empty', (t) => {
  const here = watched({ unit: 'xa-ngoc-ky' })
  t.after(here.close)
  here.put('so.csv', csvOf({ ...ENDED, unit: '' }))
  assert.deepEqual(run(here), { applied: 1, refused: 0 })
})

test('a folder that is gone raises an alarm, and it goes when the folder is back', (t) => {
  const here = watched()
  t.after(here.close)
  renameSync(here.folder, `${here.folder}-away`)
  assert.deepEqual(run(here), { applied: 0, refused: 0 })
  assert.match(alarms(here)[0]?.detail ?? '', /Không đọc được thư mục .*ổ đĩa chưa gắn/)
  renameSync(`${here.folder}-away`, here.folder)
  assert.deepEqual(alarms(here), [])
})

test('killed between import and move, the next run only moves; killed before the import, it imports', (t) => {
  const here = watched()
  t.after(here.close)
  here.put('so.csv', csvOf(ENDED))
  run(here)
  // As a run leaves it that died right after the import's own transaction.
  here.db.prepare(`UPDATE watched_files SET outcome = 'waiting'`).run()
  renameSync(join(here.folder, 'done/so.csv'), join(here.folder, 'so.csv'))
  assert.deepEqual(run(here), { applied: 1, refused: 0 })
  assert.deepEqual([dossiers(here), newestImports(here.db, null, 10).length], [1, 1])
  // As it is left by one that died before: the import still waits.
  const other = watched()
  t.after(other.close)
  other.put('so.csv', csvOf(OPEN))
  run(other)
  other.db.exec(`UPDATE watched_files SET outcome = 'waiting'; UPDATE imports SET status = 'waiting', report = NULL;
    DELETE FROM events; DELETE FROM dossier_texts; DELETE FROM dossiers; DELETE FROM day_cells; DELETE FROM stocks`)
  renameSync(join(other.folder, 'done/so.csv'), join(other.folder, 'so.csv'))
  assert.deepEqual(run(other), { applied: 1, refused: 0 })
  assert.equal(dossiers(other), 1)
})

test('what is no register, hidden or in a folder below is left alone', (t) => {
  const here = watched()
  t.after(here.close)
  for (const name of ['.so.csv', '~$so.xlsx', 'so.csv.part', 'doc.pdf']) here.put(name, 'x')
  mkdirSync(join(here.folder, 'cu.csv'))
  assert.deepEqual(run(here), { applied: 0, refused: 0 })
  assert.deepEqual(here.inside(), ['.so.csv', 'cu.csv', 'doc.pdf', 'so.csv.part', '~$so.xlsx'])
})

test('a file that cannot be moved is imported once, fails the job in words, and is moved later', (t) => {
  const here = watched()
  t.after(here.close)
  here.put('so.csv', csvOf(ENDED))
  writeFileSync(join(here.folder, 'done'), 'a file where the folder should be')
  assert.throws(() => run(here), /Không ghi được vào .*done/)
  assert.equal(dossiers(here), 1)
  rmSync(join(here.folder, 'done'))
  assert.deepEqual(run(here), { applied: 1, refused: 0 })
  assert.equal(newestImports(here.db, null, 10).length, 1)
})

test('workers killed in the middle of an import have written all of it or nothing, and the next run ends it', async (t) => {
  const here = watched({ watching: true })
  t.after(here.close)
  const rows = Array.from({ length: 3_000 }, (_, row) => ({ code: `000.24.35.H23-230306-${1_000 + row}` }))
  here.put('so.csv', csvOf(...rows))
  const env = {
    ...here.installation.env,
    PATH: process.env.PATH,
    IMPORT_FOLDER: here.folder,
    IMPORT_WATCH: '1',
  }
  const child = spawn(process.execPath, ['--import', './src/node-version.js', 'workers/main.ts'], {
    cwd: new URL('../../', import.meta.url),
    env,
    stdio: 'ignore',
  })
  const pieces = here.db.prepare('SELECT count(*) AS n FROM import_pieces')
  while ((pieces.get() as { n: number }).n === 0 && child.exitCode === null) await sleep(1)
  await killed(child)
  assert.ok([0, rows.length].includes(dossiers(here)), String(dossiers(here)))
  assert.deepEqual(here.inside(), ['so.csv'])
  assert.deepEqual(run(here), { applied: 1, refused: 0 })
  assert.equal(dossiers(here), rows.length)
  assert.deepEqual(here.inside(), ['done'])
})

test('at night, at the hour of the setting, or with IMPORT_WATCH as soon as a file lies ready', async (t) => {
  const ran = async (here: Watched) => {
    const jobs: string[] = []
    await tick(here, async (work) => {
      jobs.push(work.job)
      if (work.job === 'import-folder') await runJob(here, work)
    })
    return jobs.filter((job) => job === 'import-folder').length
  }
  const here = watched()
  t.after(here.close)
  assert.equal(await ran(here), 1)
  here.put('so.csv', csvOf(ENDED))
  assert.equal(await ran(here), 0)
  here.installation.at('2023-03-21T00:29')
  assert.equal(await ran(here), 0)
  here.installation.at('2023-03-21T00:30')
  assert.equal(await ran(here), 1)
  assert.equal(existsSync(join(here.folder, 'so.csv')), false)
  upsertSetting(here.db, 'import_folder_at', '20:15')
  here.installation.at('2023-03-22T20:14')
  assert.equal(await ran(here), 0)
  here.installation.at('2023-03-22T20:15')
  assert.equal(await ran(here), 1)

  const eager = watched({ watching: true })
  t.after(eager.close)
  assert.equal(await ran(eager), 1)
  assert.equal(await ran(eager), 0)
  eager.put('so.csv', csvOf(ENDED))
  assert.equal(await ran(eager), 1)
  assert.equal(await ran(eager), 0)
  assert.equal(dossiers(eager), 1)
})
