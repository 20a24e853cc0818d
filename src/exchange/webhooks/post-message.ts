import { systemClock } from '../../clock.ts'
import { askedWait } from './retry-after.ts'
import { type SignedMessage, signatureHeaders } from './signature.ts'

const PATIENCE_MS = 10_000
/** Of an answer no more is read, and of what is read no more is kept. */
const READ_BYTES = 1024
const KEPT_CHARACTERS = 200

/** What a receiver made of a message: taken, or why not. */
export interface Answer {
  readonly taken: boolean
  /** HTTP status; null where there was no answer. */
  readonly status: number | null
  /** Why it was not taken: our words, or the beginning of the receiver's. */
  readonly error: string | null
  /** How long the receiver asks us to wait, in ms. */
  readonly retryAfterMs: number | null
  /** No connection was made: surely nothing has arrived. */
  readonly unreached: boolean
}

/** What a failing connection is called: the request has not left. */
const UNREACHED: ReadonlySet<string> = new Set([
  ...['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT'],
  ...['DEPTH_ZERO_SELF_SIGNED_CERT', 'SELF_SIGNED_CERT_IN_CHAIN', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
  ...['CERT_HAS_EXPIRED', 'ERR_TLS_CERT_ALTNAME_INVALID'],
])

/** Posts a signed message. Whatever happens is an answer; only 2xx within ten seconds means that it was taken. */
export async function postMessage(
  url: string,
  secret: string,
  message: SignedMessage,
  stop: AbortSignal = new AbortController().signal,
): Promise<Answer> {
  const now = systemClock.now()
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'motcua',
    ...signatureHeaders(secret, message, now),
  }
  const signal = AbortSignal.any([stop, AbortSignal.timeout(PATIENCE_MS)])
  try {
    const response = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      headers,
      body: message.body,
      signal,
    })
    const { ok: taken, status } = response
    if (taken) {
      response.body?.cancel().catch(() => {})
      return { taken, status, error: null, retryAfterMs: null, unreached: false }
    }
    const retryAfterMs = askedWait(response.headers.get('retry-after'), now)
    return { taken, status, error: await beginningOf(response), retryAfterMs, unreached: false }
  } catch (error) {
    const { code } = ((error as Error).cause ?? error) as { readonly code?: string }
    const unreached = UNREACHED.has(code ?? '')
    return { taken: false, status: null, error: reasonOf(error as Error), retryAfterMs: null, unreached }
  }
}

/** The first characters of an answer. One that breaks off is an answer all the same. */
async function beginningOf({ body }: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let read = 0
  try {
    for await (const chunk of body ?? []) {
      chunks.push(chunk)
      read += chunk.length
      if (read >= READ_BYTES) break
    }
  } catch {}
  const text = Buffer.concat(chunks)
    .toString('utf8')
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim()
  return [...text].slice(0, KEPT_CHARACTERS).join('')
}

function reasonOf(error: Error & { readonly cause?: unknown }): string {
  if (error.name === 'TimeoutError') return `Không trả lời trong ${PATIENCE_MS / 1000} giây.`
  const { code, message } = (error.cause ?? error) as { code?: string; message?: string }
  return `Không kết nối được (${code ?? message ?? error.message}).`.slice(0, KEPT_CHARACTERS)
}
