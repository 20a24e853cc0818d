import type { Worker } from 'node:worker_threads'

/** First and longest wait before a thread that died is started again; one that lived longer starts over, in ms. */
const FIRST_WAIT_MS = 1_000
const LONGEST_WAIT_MS = 5 * 60_000

export interface KeptWorker {
  /** Lets the thread end by itself; cuts it off after `patienceMs`. */
  stop(patienceMs: number): Promise<void>
}

/**
 * Keeps a worker thread alive: one that dies (out of memory, an error nobody caught) is reported and started again,
 * after a wait that doubles while it keeps dying. The message 'stop' asks the thread to end.
 */
export function keepWorker(
  start: () => Worker,
  report: (error: Error, waitMs: number) => void,
  firstWaitMs = FIRST_WAIT_MS,
): KeptWorker {
  let wait = firstWaitMs
  let restart: NodeJS.Timeout | undefined
  let worker: Worker | null = null
  let stopping = false

  function run(): void {
    const since = performance.now()
    let cause: Error | null = null
    worker = start()
    worker.on('error', (error) => {
      cause = error as Error
    })
    worker.once('exit', (code) => {
      worker = null
      if (stopping) return
      if (performance.now() - since > LONGEST_WAIT_MS) wait = firstWaitMs
      restart = setTimeout(run, wait)
      report(cause ?? new Error(`exit code ${code}`), wait)
      wait = Math.min(wait * 2, LONGEST_WAIT_MS)
    })
  }

  run()
  return {
    async stop(patienceMs) {
      stopping = true
      clearTimeout(restart)
      if (worker === null) return
      const running = worker
      const ended = new Promise<void>((resolve) => running.once('exit', () => resolve()))
      running.postMessage('stop')
      const cut = setTimeout(() => running.terminate(), patienceMs)
      await ended
      clearTimeout(cut)
    },
  }
}
