import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { sequence } from '../../support/random-history.ts'

/** A dossier of which a client was told, and everything that was acknowledged about it. */
export interface Acknowledged {
  readonly id: number
  readonly code: string
  readonly acts: readonly string[]
}

export interface Clients {
  readonly acknowledged: readonly Acknowledged[]
  /** Codes of the refusals with status 503, as they came. */
  readonly refusals: readonly string[]
  /** How many requests have been answered with success. */
  answered(): number
  /** No new requests; resolves when all those still open have been answered. */
  finish(): Promise<void>
  /** Stops, whatever is still open. */
  abandon(): void
}

/** What may follow the acceptance of a dossier, in this order. */
const LATER = [
  { act: 'transfer', body: {} },
  { act: 'finish', body: { outcome: 'granted' } },
  { act: 'return_result', body: {} },
] as const

const UNITS = ['xa-ngoc-ky', 'xa-van-to', 'thi-tran-tu-ky']
const OPEN_AT_ONCE = 5

/**
 * Clerks who log dossiers and act on their own ones. A request that gets no answer, or is told to come again, is
 * repeated with its Idempotency-Key until it is answered; now and then a clerk clicks twice. Whatever the service
 * acknowledges goes into the journal.
 */
export function startClients(
  { urlNow, token }: { readonly urlNow: () => string; readonly token: string },
  count: number,
  pauseMs = 0,
): Clients {
  const acknowledged: Acknowledged[] = []
  const refusals: string[] = []
  let answered = 0
  let finishing = false
  let abandoned = false

  async function ask(path: string, body: unknown, key: string): Promise<{ id: number; code: string }> {
    while (!abandoned) {
      const answer = await post(`${urlNow()}/api/v1/${path}`, body, { token, key }).catch(() => null)
      if (answer !== null && answer.status < 300) {
        answered += 1
        return answer.json as { id: number; code: string }
      }
      assert.ok(answer === null || answer.status === 503, JSON.stringify(answer))
      if (answer !== null) refusals.push((answer.json as { code: string }).code)
      await sleep(answer === null ? 20 : 100)
    }
    throw new Error('abandoned')
  }

  async function clerk(number: number): Promise<void> {
    const draw = sequence(number)
    const open: { id: number; code: string; acts: string[] }[] = []
    while (!finishing) {
      const key = randomUUID()
      if (open.length < OPEN_AT_ONCE || draw() < 0.4) {
        const clicks = draw() < 0.1 ? 2 : 1
        const body = intake(UNITS[number % UNITS.length]!, key)
        const answers = await Promise.all(Array.from({ length: clicks }, () => ask('dossiers', body, key)))
        const { id, code } = answers[0]!
        for (const other of answers)
          assert.deepEqual([other.id, other.code], [id, code], 'one key, one dossier')
        const dossier = { id, code, acts: ['accept'] }
        open.push(dossier)
        acknowledged.push(dossier)
      } else {
        const at = Math.floor(draw() * open.length)
        const { code, acts } = open[at]!
        const { act, body } = LATER[acts.length - 1]!
        await ask(`dossiers/${code}/acts/${act}`, body, key)
        acts.push(act)
        if (acts.length > LATER.length) open.splice(at, 1)
      }
      if (pauseMs > 0) await sleep(pauseMs)
    }
  }

  const clerks = Promise.all(Array.from({ length: count }, (_, number) => clerk(number)))
  // A clerk who was answered wrongly fails the attack, wherever it is, and not the process.
  let failure: unknown
  clerks.catch((error) => {
    failure = error
  })
  return {
    acknowledged,
    refusals,
    answered() {
      if (failure !== undefined) throw failure
      return answered
    },
    async finish() {
      finishing = true
      await clerks
    },
    abandon() {
      abandoned = true
    },
  }
}

function intake(unit: string, key: string) {
  return {
    unit,
    procedure: '1.004873',
    channel: 'counter',
    applicant: { name: `Nguyễn Văn Mẫu ${key.slice(0, 8)}` },
  }
}

async function post(
  url: string,
  body: unknown,
  { token, key }: { readonly token: string; readonly key: string },
): Promise<{ status: number; json: unknown }> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'idempotency-key': key,
      authorization: `Bearer ${token}`,
    },
    body: JSON.stringify(body),
  })
  return { status: answer.status, json: await answer.json() }
}
