import type { Instant } from '../domain/calendar/day.ts'

/** How the service is reached from outside. */
export interface Site {
  /** `https://motcua.tuky.gov.vn`, from PUBLIC_URL; null: only from this machine. */
  readonly origin: string | null
  /** Addresses of proxies whose word about the client is taken. */
  readonly trustProxy: readonly string[]
  /** Until when the certificate is good with which the service itself encrypts; left out: it does not. */
  readonly certificateEnds?: Instant
}

export const THIS_MACHINE: Site = { origin: null, trustProxy: [] }

/** Whether browsers reach it encrypted: then cookies are sent no other way. */
export function isEncrypted({ origin }: Site): boolean {
  return origin?.startsWith('https://') === true
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?$/

/** Whether a request is for this service: another name in `Host` is somebody else's page, or a forged link. */
export function isOurHost({ origin }: Site, host: string | undefined): boolean {
  return isLoopback(host) || (origin !== null && new URL(origin).host === host)
}

/** Whether a `Host` means this machine. */
export function isLoopback(host: string | undefined): boolean {
  return host !== undefined && LOOPBACK.test(host)
}
