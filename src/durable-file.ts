import { randomUUID } from 'node:crypto'
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** Puts a whole file in place, for its owner alone; it is on disk when this returns, and never half there. */
export function writeDurably(file: string, content: string | Uint8Array): void {
  const folder = dirname(file)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const part = `${file}.${randomUUID()}.part`
  const handle = openSync(part, 'wx', 0o600)
  try {
    // Unlike `writeSync`, which may write a part and say how much.
    writeFileSync(handle, content)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  renameSync(part, file)
  syncFolder(folder)
}

/** Which names a folder has is on disk, too. */
export function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
