import { Secret, TOTP } from 'otpauth'
import type { Deps } from '../deps.ts'

/** RFC 6238 as every authenticator knows it: SHA-1, six digits, thirty seconds. */
const PERIOD_S = 30
const DIGITS = 6
const SECRET_BYTES = 20

/** Steps by which a telephone's clock may be off, either way. */
const DRIFT_STEPS = 1

/** How the authenticator's list names this service. */
const ISSUER = 'Một cửa'

/** 160 random bits, in Base32. */
export function newTotpSecret(): string {
  return new Secret({ size: SECRET_BYTES }).base32
}

/** What the QR code says to an authenticator. */
export function totpUri(secret: string, username: string): string {
  return totpOf(secret, username).toString()
}

/** The time step whose code it is; null for a wrong one. Telephones show the real time, also in a demonstration. */
export function stepOfCode(
  { clock, wall = clock }: Pick<Deps, 'clock' | 'wall'>,
  secret: string,
  code: string,
): number | null {
  const timestamp = wall.now()
  const delta = totpOf(secret).validate({ token: code, timestamp, window: DRIFT_STEPS })
  return delta === null ? null : Math.floor(timestamp / 1000 / PERIOD_S) + delta
}

function totpOf(secret: string, label = ''): TOTP {
  return new TOTP({
    issuer: ISSUER,
    label,
    secret: Secret.fromBase32(secret),
    digits: DIGITS,
    period: PERIOD_S,
  })
}
