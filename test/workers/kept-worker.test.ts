import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Worker } from 'node:worker_threads'
import { keepWorker } from '../../src/kept-worker.ts'
import { waitFor } from '../support/wait-for.ts'

const PATIENCE_MS = 5_000

test('a thread that dies, by an error or by itself, is reported and started again, each time after twice the wait', async () => {
  const told: string[] = []
  const endings = [`throw new Error('hỏng')`, 'process.exit(3)', `throw new Error('lại hỏng')`]
  let starts = 0
  const kept = keepWorker(
    () => new Worker(endings[starts++] ?? 'setInterval(() => {}, 1000)', { eval: true }),
    (error, waitMs) => told.push(`${error.message} ${waitMs}`),
    10,
  )
  await waitFor('the fourth start', () => starts === 4, 30_000)
  assert.deepEqual(told, ['hỏng 10', 'exit code 3 20', 'lại hỏng 40'])
  await kept.stop(0)
})

test('a thread that is told to stop ends by itself, is not reported and not started again', async () => {
  let starts = 0
  const code = `require('node:worker_threads').parentPort.once('message', () => process.exit(0))`
  const kept = keepWorker(
    () => {
      starts += 1
      return new Worker(code, { eval: true })
    },
    () => assert.fail('reported'),
    1,
  )
  await kept.stop(PATIENCE_MS)
  await kept.stop(PATIENCE_MS)
  assert.equal(starts, 1)
})
