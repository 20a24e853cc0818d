import type { Config } from '../src/config.ts'
import type { Deps } from '../src/deps.ts'

/** What a job needs: what every operation needs, and where backups and documents are kept and figures sent to. */
export interface JobDeps extends Deps {
  readonly config: Pick<
    Config,
    | 'dataDir'
    | 'backupDir'
    | 'backupCopyTo'
    | 'documentsDir'
    | 'attachmentsDir'
    | 'templatesDir'
    | 'importFolders'
    | 'importWatch'
    | 'feedUrl'
    | 'feedInstallation'
    | 'feedKeyFile'
    | 'feedReceiveUrl'
  >
}
