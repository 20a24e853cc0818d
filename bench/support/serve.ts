import { Worker } from 'node:worker_threads'

export interface Served {
  readonly url: string
  /** With which a program asks the product; the references have none. */
  readonly token: string | undefined
  stop(): Promise<void>
}

let nextPort = 18_700

/** Starts a server module in a thread of its own and waits until it listens. */
export async function serve(module: string, data: Readonly<Record<string, unknown>>): Promise<Served> {
  const port = nextPort++
  const worker = new Worker(new URL(`./${module}`, import.meta.url), { workerData: { ...data, port } })
  const token = await new Promise<string | undefined>((resolve, reject) => {
    worker.once('message', (message: { token?: string }) => resolve(message.token))
    worker.once('error', reject)
  })
  return {
    url: `http://127.0.0.1:${port}`,
    token,
    stop: async () => {
      await worker.terminate()
    },
  }
}
