import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { promisify } from 'node:util'
import { storedAs } from '../documents/document-store.ts'
import { RuleError } from '../domain/refusals.ts'
import type { SecondPlace } from './second-place.ts'

const run = promisify(execFile)

/** Gives up on a server that does not answer; how often a job is tried again is the ledger's affair. */
const PATIENCE = ['--contimeout=15s', '--timeout=60s', '--retries=1', '--low-level-retries=3']
const MOST_OUTPUT_BYTES = 64 << 20
/** Files under their SHA-256: of the same name and size, they are the same. */
const UNDER_HASHES = ['--size-only', '--include=/{{[0-9a-f]{2}}}/{{[0-9a-f]{64}}}']
/** Names on one command line. */
const REMOVED_AT_ONCE = 200
const MOST_WORDS = 300
const LOG_TIME = /^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d /gm
/** rclone's exit code for a folder that is not there. */
const NO_FOLDER = 3

/** A place that the `rclone` program reaches: SFTP, S3-compatible storage … It reads its own configuration. */
export function rclonePlace(remote: string): SecondPlace {
  const at = (name: string) => `${remote}${/[:/]$/.test(remote) ? '' : '/'}${name}`
  const rclone = (...args: readonly string[]) => call(remote, args)
  return {
    async list() {
      const names = await rclone('lsf', '--files-only', remote).catch(nothingWhereNoFolder)
      return names.split('\n').filter((name) => name !== '')
    },
    async put(file, name) {
      await rclone('copyto', '--ignore-times', file, at(name))
    },
    // Not every backend can tell a hash, and none of its own would prove that the content can be read.
    async hash(name) {
      return (await rclone('hashsum', 'sha256', '--download', at(name))).split(' ')[0]!
    },
    async get(name, file) {
      await rclone('copyto', '--ignore-times', at(name), file)
    },
    async remove(name) {
      await rclone('deletefile', at(name))
    },
    async putFiles(store, folder) {
      if (existsSync(folder)) await rclone('copy', ...UNDER_HASHES, folder, at(store))
    },
    async getFiles(store, folder) {
      await rclone('copy', ...UNDER_HASHES, at(store), folder).catch(nothingWhereNoFolder)
    },
    async removeFiles(store, hashes) {
      for (let from = 0; from < hashes.length; from += REMOVED_AT_ONCE) {
        const some = hashes
          .slice(from, from + REMOVED_AT_ONCE)
          .map((sha256) => `--include=/${storedAs(sha256)}`)
        await rclone('delete', ...some, at(store)).catch(nothingWhereNoFolder)
      }
    },
  }
}

function nothingWhereNoFolder(error: unknown): string {
  if ((error as Error & { cause?: { code?: unknown } }).cause?.code === NO_FOLDER) return ''
  throw error
}

async function call(remote: string, args: readonly string[]): Promise<string> {
  try {
    const { stdout } = await run('rclone', [...PATIENCE, ...args], { maxBuffer: MOST_OUTPUT_BYTES })
    return stdout
  } catch (error) {
    const { code, stderr = '' } = error as { code?: string | number; stderr?: string }
    if (code === 'ENOENT') throw new RuleError('no_rclone')
    const problem = whatWentWrong(stderr)
    throw Object.assign(new RuleError('second_place_fails', { place: remote, problem }), { cause: error })
  }
}

/** rclone's last word on it, without the time. */
function whatWentWrong(log: string): string {
  const text = log.replaceAll(LOG_TIME, '').replaceAll(/\s+/g, ' ').trim()
  return text.slice(Math.max(text.lastIndexOf('Failed to'), 0)).slice(0, MOST_WORDS)
}
