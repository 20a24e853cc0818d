import autocannon from 'autocannon'

export interface Load {
  readonly perSecond: number
  readonly p50: number
  readonly p99: number
}

export interface LoadOptions {
  readonly url: string
  /** Token of the program that asks; the references ask for none. */
  readonly token?: string | undefined
  /** Session of the person who asks for pages. */
  readonly cookie?: string | undefined
  readonly connections: number
  readonly seconds: number
  readonly requests: readonly { method: 'GET' | 'POST'; path: string; body?: string }[]
}

/** Requests a second and latencies in ms; throws when any answer is not 2xx. */
export async function load({
  url,
  token,
  cookie,
  connections,
  seconds,
  requests,
}: LoadOptions): Promise<Load> {
  const result = await autocannon({
    url,
    connections,
    duration: seconds,
    requests: requests.map((request) => ({
      ...request,
      headers: {
        'content-type': 'application/json',
        ...(cookie ? { cookie } : token && { authorization: `Bearer ${token}` }),
      },
    })),
  })
  if (result.non2xx > 0 || result.errors > 0) {
    throw new Error(`${url}: ${result.non2xx} answers were not 2xx, ${result.errors} failed`)
  }
  return { perSecond: result.requests.average, p50: result.latency.p50, p99: result.latency.p99 }
}
