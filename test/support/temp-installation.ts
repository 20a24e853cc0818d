import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Config, readConfig } from '../../src/config.ts'
import { type TestInstallation, testInstallation } from './test-installation.ts'

export interface TempInstallation extends TestInstallation {
  readonly config: Config
  /** Environment for a child process on the same database. */
  readonly env: Readonly<Record<string, string>>
  close(): void
}

/** An installation in a folder of its own (below `folder`), for what needs files or other processes. */
export function tempInstallation(moment: string, folder = tmpdir()): TempInstallation {
  const root = mkdtempSync(join(folder, 'motcua-test-'))
  const env = { DATA_DIR: join(root, 'data'), LOG_LEVEL: 'silent' }
  const config = readConfig(env, root)
  mkdirSync(config.dataDir)
  const installation = testInstallation(moment, config.databaseFile)
  return {
    ...installation,
    folders: config,
    config,
    env,
    close() {
      installation.db.close()
      rmSync(root, { recursive: true, force: true })
    },
  }
}
