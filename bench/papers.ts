import { Worker } from 'node:worker_threads'
import { median } from './support/fsync-probe.ts'
import { heading, row } from './support/print.ts'

/** Receipt slips, each of another dossier: the product against the bare compiler given the same sources and drawings. */
export async function benchPapers(): Promise<void> {
  heading('Dựng giấy tiếp nhận (PDF)')
  const bare = await timesOf(true)
  const product = await timesOf(false)
  row('lần đầu trong tiến trình', compared(product.first, bare.first))
  row('các lần sau', compared(median(product.following), median(bare.following)))
}

interface Times {
  readonly first: number
  readonly following: readonly number[]
}

/** In a thread of its own, so that the first one finds nothing loaded. */
async function timesOf(bare: boolean): Promise<Times> {
  const worker = new Worker(new URL('./support/paper-worker.ts', import.meta.url), { workerData: { bare } })
  return new Promise((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', reject)
  })
}

function compared(product: number, bare: number): string {
  return `${product.toFixed(1)} ms (${(product / bare).toFixed(2)} × trình dựng trang trần ${bare.toFixed(1)} ms)`
}
