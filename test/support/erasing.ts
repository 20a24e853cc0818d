import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { StoredDossier } from '../../db/queries/dossiers.ts'
import { upsertSetting } from '../../db/queries/settings.ts'
import { type Erasure, erasePeople } from '../../src/privacy/erase-people.ts'
import type { ErasureTarget } from '../../src/privacy/erasure-target.ts'
import { openVault } from '../../src/vault.ts'
import { deskOf } from './desk.ts'
import { type TempInstallation, tempInstallation } from './temp-installation.ts'

export const KIN = {
  name: 'Bùi Thị Kín',
  idNumber: '036190123456',
  phone: '0912345678',
  address: 'Số 7 ngõ Khuất',
  birthYear: 1990,
  sex: 'female',
} as const
export const OTHER = { name: 'Trần Văn Còn', idNumber: '036190999999', address: 'Số 8 phố Rõ' } as const

/** A dossier that ended in 2023, and one that is open; nothing must be kept beyond the year in which it ended. */
export function erasing() {
  const made = tempInstallation('2023-03-08T11:00')
  const installation = { ...made, vault: openVault(made.config.keyFile) }
  const { db } = installation
  upsertSetting(db, 'retention_years', { default: 0, '1.001193': 20 })
  const desk = deskOf(installation)
  const log = (intake = {}) => desk.log({ applicant: KIN, at: '2023-03-06T09:00', ...intake })
  const end = (dossier: StoredDossier) => {
    desk.act(dossier, 'finish', { at: '2023-03-08T09:00', reason: 'Lý do riêng' })
    return desk.act(dossier, 'return_result', { at: '2023-03-08T10:00' })
  }
  const erase = (target: ErasureTarget, dryRun = false): Erasure =>
    erasePeople(installation, target, { reason: 'het-han', dryRun })
  return { installation, db, desk, log, end, erase, later: () => installation.at('2024-01-02T09:00') }
}

export const byCode = ({ code }: StoredDossier): ErasureTarget => ({ by: 'dossier', code: code! })

/** Everything the installation has on disk. */
export function bytesOnDisk({ config }: TempInstallation): string {
  const files = readdirSync(config.dataDir, { recursive: true, withFileTypes: true }).filter((each) =>
    each.isFile(),
  )
  return files.map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'utf8')).join('\n')
}
