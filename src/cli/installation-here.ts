import { existsSync } from 'node:fs'
import { type Config, readConfig } from '../config.ts'
import { RuleError } from '../domain/refusals.ts'
import type { Installation } from '../installation.ts'

/** The configuration of this process. */
export function cliConfig(): Config {
  return readConfig(process.env, process.cwd())
}

/**
 * Runs `work` on the installation that is here and closes it; refuses where nothing was ever installed.
 * The command line says its results itself, so nothing is logged.
 */
export async function withInstallation<T>(
  work: (installation: Installation, config: Config) => Promise<T> | T,
): Promise<T> {
  const config = cliConfig()
  if (!existsSync(config.databaseFile)) throw new RuleError('no_database', { file: config.databaseFile })
  const [{ openInstallation }, { createLogger }] = await Promise.all([
    import('../installation.ts'),
    import('../logger.ts'),
  ])
  const installation = openInstallation(config, createLogger('silent'))
  try {
    return await work(installation, config)
  } finally {
    installation.db.close()
  }
}
