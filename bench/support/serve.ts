import { Worker } from 'node:worker_threads'

export interface Served {
  readonly url: string
  /** With which a program asks the product; the references have none. */
  readonly token: string | undefined
  /** Sessions of the officers asked for, for pages. */
  readonly cookies: Readonly<Record<string, string>>
  stop(): Promise<void>
}

let nextPort = 18_700

/** Starts a server module in a thread of its own and waits until it listens. */
export async function serve(module: string, data: Readonly<Record<string, unknown>>): Promise<Served> {
  const port = nextPort++
  const worker = new Worker(new URL(`./${module}`, import.meta.url), { workerData: { ...data, port } })
  const { token, cookies = {} } = await new Promise<Partial<Served>>((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', reject)
  })
  return {
    url: `http://127.0.0.1:${port}`,
    token,
    cookies,
    stop: async () => {
      await worker.terminate()
    },
  }
}
