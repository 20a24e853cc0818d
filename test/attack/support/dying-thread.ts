import { existsSync } from 'node:fs'
import { isMainThread } from 'node:worker_threads'

/** Preloaded into the service: while the file of DIES_WHILE exists, its threads die of an error nobody catches. */
if (!isMainThread && existsSync(process.env['DIES_WHILE'] ?? '')) {
  setTimeout(() => {
    throw new Error('chết giữa chừng')
  }, 300)
}
