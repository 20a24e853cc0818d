import { closeSync, fsyncSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'

const ROUNDS = 200

/** Median duration of one write and fsync in `dir`, in ms: what a single durable commit costs at the least. */
export function fsyncMs(dir: string): number {
  const file = join(dir, 'fsync-probe')
  const fd = openSync(file, 'w')
  const page = Buffer.alloc(4096, 1)
  const times: number[] = []
  for (let i = 0; i < ROUNDS; i++) {
    const start = performance.now()
    writeSync(fd, page)
    fsyncSync(fd)
    times.push(performance.now() - start)
  }
  closeSync(fd)
  rmSync(file)
  return median(times)
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
