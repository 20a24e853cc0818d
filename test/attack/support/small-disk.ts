import { spawnSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A disk on which there is no room any more, until there is again. */
export interface SmallDisk {
  readonly folder: string
  full(pids: readonly number[]): void
  free(pids: readonly number[]): void
  close(): void
}

const SIZE = '24m'

/** A file system of its own, filled up with a file (ENOSPC); null where mounting is not allowed. */
export function smallFileSystem(): SmallDisk | null {
  const folder = mkdtempSync(join(tmpdir(), 'motcua-disk-'))
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE}`, 'tmpfs', folder]).status !== 0) {
    rmSync(folder, { recursive: true })
    return null
  }
  const ballast = join(folder, 'ballast')
  return {
    folder,
    full() {
      const file = openSync(ballast, 'w')
      const block = Buffer.alloc(4096, 1)
      try {
        for (;;) writeSync(file, block)
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
      } finally {
        closeSync(file)
      }
    },
    free: () => rmSync(ballast),
    close() {
      spawnSync('umount', ['--lazy', folder])
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Processes whose files may not grow past their first page (EFBIG), until they may. */
export function fileSizeLimit(): SmallDisk | null {
  const limit = (pids: readonly number[], size: string) => {
    for (const pid of pids) spawnSync('prlimit', ['--pid', String(pid), `--fsize=${size}:`])
  }
  if (spawnSync('prlimit', ['--version']).status !== 0) return null
  return {
    folder: tmpdir(),
    full: (pids) => limit(pids, '4096'),
    free: (pids) => limit(pids, 'unlimited'),
    close() {},
  }
}
