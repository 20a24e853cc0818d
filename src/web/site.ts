/** How the service is reached from outside. */
export interface Site {
  /** `https://motcua.tuky.gov.vn`, from PUBLIC_URL; null: only from this machine. */
  readonly origin: string | null
  /** Addresses of proxies whose word about the client is taken. */
  readonly trustProxy: readonly string[]
}

export const THIS_MACHINE: Site = { origin: null, trustProxy: [] }

/** Whether browsers reach it encrypted: then cookies are sent no other way. */
export function isEncrypted({ origin }: Site): boolean {
  return origin?.startsWith('https://') === true
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?$/

/** Whether a request is for this service: another name in `Host` is somebody else's page, or a forged link. */
export function isOurHost({ origin }: Site, host: string | undefined): boolean {
  if (host === undefined) return false
  return LOOPBACK.test(host) || (origin !== null && new URL(origin).host === host)
}
