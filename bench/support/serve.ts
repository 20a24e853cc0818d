import { Worker } from 'node:worker_threads'

export interface Served {
  readonly url: string
  stop(): Promise<void>
}

let nextPort = 18_700

/** Starts a server module in a thread of its own and waits until it listens. */
export async function serve(module: string, data: Readonly<Record<string, unknown>>): Promise<Served> {
  const port = nextPort++
  const worker = new Worker(new URL(`./${module}`, import.meta.url), { workerData: { ...data, port } })
  await new Promise<void>((resolve, reject) => {
    worker.once('message', () => resolve())
    worker.once('error', reject)
  })
  return {
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      await worker.terminate()
    },
  }
}
