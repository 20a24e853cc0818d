import type { Logger } from 'pino'
import type { Db } from './open.ts'

/** First and longest wait before a group that met another process's write lock is tried again, in ms. */
const RETRY_FIRST_MS = 2
export const RETRY_LONGEST_MS = 10

/** How long a write waits for another process's write lock before it is refused as busy, in ms. */
const PATIENCE_MS = 8_000

interface Waiting {
  readonly work: () => unknown
  readonly resolve: (value: never) => void
  readonly reject: (error: unknown) => void
  /** When it was asked for, in ms of the process. */
  readonly since: number
}

export interface Writer {
  /**
   * Runs `work` in the next group; resolves after the commit, rejects with what `work` threw, or with SQLITE_BUSY when
   * the lock did not come free in time. `work` is synchronous: one that returns a promise is undone and refused, since
   * what it did later would be outside the transaction.
   */
  write<T>(work: () => T): Promise<T>
  /** Resolves when everything queued so far is on disk. */
  drain(): Promise<void>
}

/**
 * Group commit: the writes queued in one turn of the event loop share one `BEGIN IMMEDIATE … COMMIT`, each in a
 * savepoint of its own, so that one refusal undoes only itself and one fsync serves all. Operations know nothing
 * of it. When another process holds the write lock the whole group waits without blocking the event loop; what has
 * waited `patienceMs` is refused, so that nobody stands before a page that never answers.
 */
export function groupCommit(db: Db, log?: Logger, patienceMs = PATIENCE_MS): Writer {
  let queue: Waiting[] = []
  let scheduled = false
  const idle: (() => void)[] = []
  const begin = db.prepare('BEGIN IMMEDIATE')
  const commit = db.prepare('COMMIT')
  const rollback = db.prepare('ROLLBACK')
  const savepoint = db.prepare('SAVEPOINT one')
  const release = db.prepare('RELEASE one')
  const undo = db.prepare('ROLLBACK TO one')

  function flush(retryMs: number): void {
    try {
      begin.run()
    } catch (error) {
      refuse(error, isBusy(error) ? performance.now() - patienceMs : Number.POSITIVE_INFINITY)
      if (queue.length > 0) setTimeout(flush, retryMs, Math.min(retryMs * 2, RETRY_LONGEST_MS))
      else settle([])
      return
    }
    const group = queue
    queue = []
    try {
      const settled = group.map(runOne)
      commit.run()
      settle(settled)
    } catch (error) {
      // The commit failed, or an error such as a full disk rolled everything back: nothing of the group is kept.
      log?.error({ err: error, writes: group.length }, 'group commit failed')
      if (db.inTransaction) rollback.run()
      settle(group.map((waiting) => () => waiting.reject(error)))
    }
  }

  /** Refuses what was asked for until then: it stands in front of the queue. */
  function refuse(error: unknown, until: number): void {
    const later = queue.findIndex(({ since }) => since > until)
    const refused = queue.splice(0, later === -1 ? queue.length : later)
    if (refused.length > 0) log?.warn({ err: error, writes: refused.length }, 'no write lock')
    for (const { reject } of refused) reject(error)
  }

  /** Runs one write in its savepoint; throws only when the transaction of the whole group is lost. */
  function runOne({ work, resolve, reject }: Waiting): () => void {
    savepoint.run()
    try {
      const value = work()
      if (value instanceof Promise) throw new TypeError('a write must not be asynchronous')
      release.run()
      return () => resolve(value as never)
    } catch (error) {
      if (!db.inTransaction) throw error
      undo.run()
      release.run()
      return () => reject(error)
    }
  }

  function settle(settled: readonly (() => void)[]): void {
    for (const tell of settled) tell()
    scheduled = false
    if (queue.length > 0) schedule()
    else for (const tell of idle.splice(0)) tell()
  }

  function schedule(): void {
    if (scheduled) return
    scheduled = true
    setImmediate(flush, RETRY_FIRST_MS)
  }

  return {
    write: (work) =>
      new Promise((resolve, reject) => {
        queue.push({ work, resolve, reject, since: performance.now() })
        schedule()
      }),
    drain: () => (scheduled ? new Promise((resolve) => idle.push(resolve)) : Promise.resolve()),
  }
}

function isBusy(error: unknown): boolean {
  const code = (error as { code?: string }).code ?? ''
  return code.startsWith('SQLITE_BUSY')
}
