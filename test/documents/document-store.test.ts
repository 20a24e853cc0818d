import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { keepBytes, storedAs, storedHashes } from '../../src/documents/document-store.ts'

const BYTES = Buffer.alloc(20_000, 'tệp')

function withStore(work: (store: string) => void): void {
  const store = mkdtempSync(join(tmpdir(), 'motcua-store-'))
  try {
    work(store)
  } finally {
    rmSync(store, { recursive: true, force: true })
  }
}

test('a file of which only a part could be written is not kept, and said so', () =>
  withStore((store) => {
    const script = `import { keepBytes } from './src/documents/document-store.ts'
      keepBytes(process.argv[1], Buffer.alloc(20_000, 'tệp'))`
    // No file may grow beyond 8 blocks here: the kernel writes that much of it and says how much.
    const limited = [
      '-c',
      'ulimit -f 8; exec "$0" "$@"',
      process.execPath,
      '--input-type=module',
      '-e',
      script,
      store,
    ]
    const { status } = spawnSync('/bin/sh', limited, { encoding: 'utf8' })
    assert.notEqual(status, 0)
    assert.deepEqual(storedHashes(store), [])
  }))

test('a file that was cut off is written anew', () =>
  withStore((store) => {
    const file = join(store, storedAs(keepBytes(store, BYTES)))
    writeFileSync(file, BYTES.subarray(0, 7))
    keepBytes(store, BYTES)
    assert.deepEqual(readFileSync(file), BYTES)
  }))
