/**
 * What bounds one client: the one place. A slow client holds a connection and nothing else; a flood is answered with 429
 * before anything is computed for it.
 */
export interface Limits {
  /** Of a JSON body or a form; files have limits of their own (src/imports). */
  readonly bodyBytes: number
  readonly headerBytes: number
  /** Until the head of a request has arrived, and until all of it has: 20 MiB at 3 Mbit/s. */
  readonly headMs: number
  readonly requestMs: number
  /** A connection on which nothing moves: somebody who asks and does not read the answer. */
  readonly silentMs: number
  /** How often connections are looked at for the three above. */
  readonly checkEveryMs: number
  readonly connections: number
  /** Of one address; an office behind one address has six for each browser. Trusted proxies are not counted. */
  readonly connectionsOfAddress: number
  readonly rates: Rates
}

export type RateName = 'session' | 'program' | 'address' | 'sign_in' | 'proof'

/** Requests a minute. */
export type Rates = Readonly<Record<RateName, number>>

/** Of one session, what a quick hand and a page of pictures never reach; a program is given five times as many. */
export const REQUESTS_PER_MINUTE = 1_200
const PROGRAM_FACTOR = 5
/** As good as none: the limiter takes no infinity. */
const UNBOUNDED = 1_000_000_000

/** The rates for what REQUESTS_PER_MINUTE says; 0 leaves only the strict ones. */
export function ratesFor(perMinute: number): Rates {
  const general = perMinute > 0 ? perMinute : UNBOUNDED
  return {
    session: general,
    program: general * PROGRAM_FACTOR,
    /** Whoever is not signed in, by address: an office that opens in the morning is one address. */
    address: general,
    /** What is open to whoever is not signed in and does something: a name is bound further (lock-out.ts). */
    sign_in: 30,
    /** A password or a code asked for within a session. */
    proof: 10,
  }
}

export const LIMITS: Limits = {
  bodyBytes: 256 * 1024,
  headerBytes: 16 * 1024,
  headMs: 15_000,
  requestMs: 60_000,
  silentMs: 120_000,
  checkEveryMs: 5_000,
  connections: 2_000,
  connectionsOfAddress: 256,
  rates: ratesFor(REQUESTS_PER_MINUTE),
}
