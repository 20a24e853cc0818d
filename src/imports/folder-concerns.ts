import { join } from 'node:path'
import { newestWatchedFiles } from '../../db/queries/watched-files.ts'
import type { Config } from '../config.ts'
import type { Deps } from '../deps.ts'
import { readyFiles } from './ready-files.ts'
import { watchedReport } from './watched-report.ts'

/** What a person must look at in the watched folders: one that is gone, or the newest file of one that has a problem. */
export function folderConcerns(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  { importFolders }: Pick<Config, 'importFolders'>,
): ReadonlyMap<string, string> {
  const concerns = importFolders.flatMap((folder): [string, string][] => {
    const { path } = folder
    if (readyFiles(folder, clock.now()) === null)
      return [
        [path, `Không đọc được thư mục ${path}: ổ đĩa chưa gắn, thư mục không có hoặc không được phép đọc.`],
      ]
    const [newest] = newestWatchedFiles(db, 1, path)
    const problem = newest && watchedReport(newest)?.problem
    return newest && problem ? [[join(path, newest.name), problem]] : []
  })
  return new Map(concerns)
}
