import assert from 'node:assert/strict'
import { EventEmitter } from 'node:events'
import { connect } from 'node:net'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import { boundConnections } from '../../src/web/bound-connections.ts'
import { LIMITS } from '../../src/web/limits.ts'
import { THIS_MACHINE } from '../../src/web/site.ts'
import { type Target, target } from './support/target.ts'

/** The shipped bounds, a hundred times faster. */
const QUICK = { ...LIMITS, headMs: 150, requestMs: 600, silentMs: 1_200, checkEveryMs: 50 }
let at: Target
let port: number

before(async () => {
  at = await target({ limits: QUICK })
  await at.app.listen({ host: '127.0.0.1', port: 0 })
  port = (at.app.server.address() as { port: number }).port
})
after(() => at.app.close())

/** When somebody was cut off, in ms from the start, and what they were told. */
interface Ended {
  readonly ms: number
  readonly answer: string
}

/** Sends a piece now and then, until it is cut off. */
function slowly(pieces: Iterable<string>, everyMs: number): Promise<Ended> {
  const socket = connect(port, '127.0.0.1')
  const from = performance.now()
  let answer = ''
  socket.on('data', (piece) => {
    answer += piece
  })
  socket.on('error', () => {})
  const drip = async () => {
    for (const piece of pieces) {
      if (socket.destroyed) return
      socket.write(piece)
      await sleep(everyMs)
    }
  }
  void drip()
  const end = new Promise<Ended>((resolve) =>
    socket.once('close', () => resolve({ ms: performance.now() - from, answer })),
  )
  return end
}

function* headers(): Generator<string> {
  yield 'POST /dang-nhap HTTP/1.1\r\nHost: localhost\r\n'
  for (let nth = 0; ; nth += 1) yield `X-${nth}: a\r\n`
}

function* body(): Generator<string> {
  yield 'POST /dang-nhap HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 100000\r\n\r\n'
  for (;;) yield 'a'
}

test('a head that never ends and a body that drips are cut off in time, and others are served meanwhile', async () => {
  const slow = [
    ...Array.from({ length: 40 }, () => slowly(headers(), 20)),
    ...Array.from({ length: 40 }, () => slowly(body(), 20)),
    ...Array.from({ length: 40 }, () => slowly([''], 1)),
  ]
  await sleep(100)
  const answer = await fetch(`http://127.0.0.1:${port}/healthz`, { headers: { connection: 'close' } })
  assert.equal(answer.status, 200)
  const [ofHeads, ofBodies] = [slow.slice(0, 40), slow.slice(40, 80)]
  for (const end of ofHeads) {
    const { ms, answer } = await end
    assert.ok(ms < 1_500, `${ms} ms`)
    assert.match(answer, /^(HTTP\/1\.1 408 |$)/)
  }
  for (const end of ofBodies) assert.ok((await end).ms < 2_000)
  for (const end of slow.slice(80)) assert.ok((await end).ms < 3_000, 'one that says nothing at all')
})

test('somebody who asks and does not read is cut off', async () => {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => {})
  const page = await at.send({ method: 'GET', url: '/dang-nhap' })
  const stylesheet = /href="(\/assets\/[^"]+\.css)"/.exec(page.body)![1]!
  socket.pause()
  const ask = `GET ${stylesheet} HTTP/1.1\r\nHost: localhost\r\n\r\n`
  socket.write(ask.repeat(400))
  const from = performance.now()
  while ((await connections()) > 0 && performance.now() - from < 6_000) await sleep(50)
  assert.equal(await connections(), 0)
  socket.destroy()
})

test('one address holds so many connections and no more; proxies that are trusted speak for everybody', () => {
  const server = new EventEmitter()
  const site = { ...THIS_MACHINE, trustProxy: ['10.0.0.0/8'] }
  boundConnections({ server } as unknown as FastifyInstance, site, { ...LIMITS, connectionsOfAddress: 2 })
  const knock = (remoteAddress: string) => {
    const socket = Object.assign(new EventEmitter(), { remoteAddress, isClosed: false, destroy() {} })
    socket.destroy = () => {
      socket.isClosed = true
    }
    server.emit('connection', socket)
    return socket
  }
  const [first, second, third] = ['203.0.113.1', '203.0.113.1', '203.0.113.1'].map(knock)
  assert.deepEqual([first!.isClosed, second!.isClosed, third!.isClosed], [false, false, true])
  assert.equal(knock('203.0.113.2').isClosed, false)
  for (const socket of [third!, first!]) socket.emit('close')
  assert.equal(knock('203.0.113.1').isClosed, false, 'once others have left')
  for (const address of ['127.0.0.1', '::1', '::ffff:127.0.0.1', '10.1.2.3']) {
    const many = Array.from({ length: 9 }, () => knock(address))
    assert.ok(!many.some(({ isClosed }) => isClosed), address)
  }
})

test('the shipped bounds are those of a browser on a slow line, not of an attacker', () => {
  assert.ok(LIMITS.headMs <= 20_000 && LIMITS.requestMs <= 120_000 && LIMITS.silentMs <= 180_000)
  assert.ok(LIMITS.checkEveryMs <= 5_000, 'Node looks every 30 seconds')
  assert.equal(at.app.server.headersTimeout, QUICK.headMs)
  assert.equal(at.app.server.requestTimeout, QUICK.requestMs)
  assert.equal(at.app.server.timeout, QUICK.silentMs)
  assert.equal(at.app.server.maxConnections, QUICK.connections)
})

function connections(): Promise<number> {
  return new Promise((resolve, reject) =>
    at.app.server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
  )
}
