import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { groupCommit } from '../../db/group-commit.ts'
import { type Db, openDatabase } from '../../db/open.ts'

function setting(t: TestContext, busyTimeoutMs = 0) {
  const folder = mkdtempSync(join(tmpdir(), 'motcua-group-commit-'))
  const file = join(folder, 'motcua.db')
  const db = openDatabase(file, { busyTimeoutMs })
  db.exec('CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT')
  t.after(() => {
    db.close()
    rmSync(folder, { recursive: true })
  })
  const insert = db.prepare('INSERT INTO notes (id, text) VALUES (?, ?)')
  const add = (id: number, text = 'ghi chú') => Number(insert.run(id, text).lastInsertRowid)
  return { db, file, add, ...groupCommit(db) }
}

const ids = (db: Db) =>
  db
    .prepare<[], { id: number }>('SELECT id FROM notes ORDER BY id')
    .all()
    .map(({ id }) => id)

/** What another process would find in the file. */
function onDisk(file: string): readonly number[] {
  const other = openDatabase(file, { busyTimeoutMs: 0, readOnly: true })
  try {
    return ids(other)
  } finally {
    other.close()
  }
}

test('a refusal undoes only its own write, also what that write had done before', async (t) => {
  const { file, add, write } = setting(t)
  const outcomes = await Promise.allSettled([
    write(() => add(1)),
    write(() => {
      add(2)
      throw new Error('refused')
    }),
    write(() => add(1)),
    write(() => add(3)),
  ])
  assert.deepEqual(
    outcomes.map(({ status }) => status),
    ['fulfilled', 'rejected', 'rejected', 'fulfilled'],
  )
  assert.equal((outcomes[1] as PromiseRejectedResult).reason.message, 'refused')
  assert.deepEqual(onDisk(file), [1, 3])
})

test('what is acknowledged is on disk, and nothing is acknowledged before', async (t) => {
  const { db, file, add, write } = setting(t)
  const acknowledged: number[] = []
  const writes = [1, 2, 3].map((id) =>
    write(() => add(id)).then((value) => {
      assert.equal(db.inTransaction, false)
      assert.ok(onDisk(file).includes(value))
      acknowledged.push(value)
    }),
  )
  assert.deepEqual(onDisk(file), [])
  await Promise.all(writes)
  assert.deepEqual(acknowledged, [1, 2, 3])
  assert.deepEqual(onDisk(file), [1, 2, 3])
})

test('writes queued in one turn share one transaction, run in order, and see each other', async (t) => {
  const { db, add, write } = setting(t)
  const seen: (readonly number[])[] = []
  const inOrder = [5, 3, 4].map((id) =>
    write(() => {
      seen.push(ids(db))
      return add(id)
    }),
  )
  assert.deepEqual(seen, [], 'nothing runs at once')
  assert.deepEqual(await Promise.all(inOrder), [5, 3, 4])
  assert.deepEqual(seen, [[], [5], [3, 5]])
})

test('a write asked for by a write goes into the next group', async (t) => {
  const { file, add, write, drain } = setting(t)
  let inner: Promise<number> | undefined
  await write(() => {
    inner = write(() => add(2))
    return add(1)
  })
  await drain()
  assert.deepEqual(onDisk(file), [1, 2])
  assert.equal(await inner, 2)
})

test('while another process writes, the group waits and the event loop does not', async (t) => {
  const { file, add, write } = setting(t)
  const other = openDatabase(file, { busyTimeoutMs: 0 })
  other.exec('BEGIN IMMEDIATE')
  let done = false
  const written = Promise.all([1, 2].map((id) => write(() => add(id)))).then(() => {
    done = true
  })
  // Were the loop to stand still for the lock, nothing here would ever give it back: the write would be refused.
  for (let i = 0; i < 15; i++) await sleep(5)
  const late = write(() => add(3))
  assert.equal(done, false)
  other.exec(`INSERT INTO notes VALUES (9, 'khác')`)
  other.exec('COMMIT')
  other.close()
  await written
  await late
  assert.deepEqual(onDisk(file), [1, 2, 3, 9])
})

test('a write that has waited too long for another process is refused and not done, a later one still waits', async (t) => {
  const { db, file, add } = setting(t)
  const { write } = groupCommit(db, undefined, 300)
  const other = openDatabase(file, { busyTimeoutMs: 0 })
  other.exec('BEGIN IMMEDIATE')
  const early = write(() => add(1))
  await sleep(150)
  const late = write(() => add(2))
  await assert.rejects(early, { code: 'SQLITE_BUSY' })
  other.exec('COMMIT')
  other.close()
  assert.equal(await late, 2)
  assert.deepEqual(onDisk(file), [2])
})

test('an error that rolls back the whole transaction rejects every write of the group, and the next goes on', async (t) => {
  const { db, file, add, write } = setting(t)
  await write(() => add(1))
  let ranAfter = false
  const outcomes = await Promise.allSettled([
    write(() => add(2)),
    write(() => {
      add(5)
      db.exec(`INSERT OR ROLLBACK INTO notes VALUES (1, 'trùng')`)
    }),
    write(() => {
      ranAfter = true
      return add(3)
    }),
  ])
  assert.deepEqual(
    outcomes.map(({ status }) => status),
    ['rejected', 'rejected', 'rejected'],
  )
  for (const outcome of outcomes as PromiseRejectedResult[]) assert.match(outcome.reason.message, /UNIQUE/)
  assert.equal(ranAfter, false, 'nothing runs outside a transaction')
  assert.deepEqual(onDisk(file), [1])
  assert.equal(await write(() => add(4)), 4)
  assert.deepEqual(onDisk(file), [1, 4])
})

test('a commit that fails rejects every write of the group', async (t) => {
  const { db, file, add, write } = setting(t)
  db.pragma('foreign_keys = ON')
  db.exec('CREATE TABLE parts (note INTEGER REFERENCES notes (id) DEFERRABLE INITIALLY DEFERRED) STRICT')
  const outcomes = await Promise.allSettled([
    write(() => add(1)),
    write(() => db.exec('INSERT INTO parts VALUES (404)')),
  ])
  assert.deepEqual(
    outcomes.map(({ status }) => status),
    ['rejected', 'rejected'],
  )
  assert.equal(db.inTransaction, false)
  assert.equal(await write(() => add(2)), 2)
  assert.deepEqual(onDisk(file), [2])
})

test('an asynchronous write is refused and undone', async (t) => {
  const { file, add, write } = setting(t)
  await assert.rejects(
    write(async () => {
      add(1)
    }),
    TypeError,
  )
  assert.deepEqual(onDisk(file), [])
})

test('drain resolves at once when nothing is queued, else when all of it is on disk', async (t) => {
  const { file, add, write, drain } = setting(t)
  await drain()
  for (let id = 1; id <= 20; id++) void write(() => add(id))
  await drain()
  assert.equal(onDisk(file).length, 20)
})
