import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parsePeriod } from '../src/domain/calendar/periods.ts'
import { logDossier } from '../src/dossiers/log-dossier.ts'
import { closePeriod } from '../src/reports/close-period.ts'
import { verifyDatabase } from '../src/verify.ts'
import { randomHistory } from './support/random-history.ts'
import { type TestInstallation, testInstallation } from './support/test-installation.ts'

function installationWithHistory(): TestInstallation {
  const installation = testInstallation()
  const { db } = installation
  randomHistory(installation, { from: '2023-03-06', days: 8, perDay: 15, seed: 71 })
  installation.at('2023-03-15T09:00')
  const officerId = db
    .prepare(`SELECT id FROM officers WHERE key = 'xa-ngoc-ky.mot-cua-1'`)
    .pluck()
    .get() as number
  for (let n = 0; n < 3; n += 1) {
    logDossier(
      installation,
      { officerId, role: 'counter' },
      {
        act: 'accept',
        unit: 'xa-ngoc-ky',
        procedure: '1.004873',
        channel: 'counter',
        applicant: { name: 'Mẫu' },
      },
    )
  }
  closePeriod(installation, parsePeriod('2023-W10'))
  return installation
}

const failing = (installation: TestInstallation) =>
  verifyDatabase(installation)
    .filter(({ problem }) => problem !== null)
    .map(({ check }) => check)

test('an installation in order passes every check', () => {
  assert.deepEqual(failing(installationWithHistory()), [])
})

const DAMAGES = [
  [
    'references',
    'PRAGMA foreign_keys = OFF; UPDATE snapshots SET unit_id = 99999 WHERE id = (SELECT max(id) FROM snapshots)',
  ],
  ['snapshots', `UPDATE snapshots SET figures = replace(figures, ':1', ':2') WHERE figures LIKE '%:1%'`],
  ['revisions', 'UPDATE day_cells SET digitised = digitised + 1'],
  ['codes', `UPDATE code_sequences SET last = last + 1 WHERE day = '2023-03-15'`],
  ['codes', `UPDATE code_sequences SET last = last - 1 WHERE day = '2023-03-06'`],
  ['rows', 'UPDATE dossiers SET kiosk = 1 - kiosk WHERE id = 3'],
  ['cells', 'UPDATE day_cells SET due = due + 1'],
] as const

for (const [check, damage] of DAMAGES) {
  test(`the check “${check}” sees: ${damage}`, () => {
    const installation = installationWithHistory()
    installation.db.exec(damage)
    assert.ok(failing(installation).includes(check))
  })
}
