import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { createSecureContext } from 'node:tls'
import { type Config, ConfigError } from './config.ts'
import type { Instant } from './domain/calendar/day.ts'

/** What the service encrypts with, where no proxy does it. */
export interface Tls {
  readonly cert: Buffer
  readonly key: Buffer
}

/** TLS 1.2 with forward secrecy and authenticated ciphers, or 1.3: Mozilla's intermediate list. */
export const TLS_OPTIONS = {
  minVersion: 'TLSv1.2',
  honorCipherOrder: true,
  ciphers: [
    'TLS_AES_128_GCM_SHA256',
    'TLS_AES_256_GCM_SHA384',
    'TLS_CHACHA20_POLY1305_SHA256',
    'ECDHE-ECDSA-AES128-GCM-SHA256',
    'ECDHE-RSA-AES128-GCM-SHA256',
    'ECDHE-ECDSA-AES256-GCM-SHA384',
    'ECDHE-RSA-AES256-GCM-SHA384',
    'ECDHE-ECDSA-CHACHA20-POLY1305',
    'ECDHE-RSA-CHACHA20-POLY1305',
  ].join(':'),
} as const

/**
 * Certificate and key of TLS_CERT_FILE and TLS_KEY_FILE, and until when they are good; null where they are not set.
 * Throws ConfigError where they cannot be read, do not belong together, or are for another name than PUBLIC_URL.
 */
export function readTls({
  tls,
  publicUrl,
}: Pick<Config, 'tls' | 'publicUrl'>): (Tls & { readonly ends: Instant }) | null {
  if (tls === null) return null
  const cert = readWhole('TLS_CERT_FILE', tls.certFile)
  const key = readWhole('TLS_KEY_FILE', tls.keyFile)
  const certificate = certificateIn(cert, key)
  const name = new URL(publicUrl ?? 'https://localhost').hostname.replace(/^\[|\]$/g, '')
  const isFor = isIP(name) === 0 ? certificate.checkHost(name) : certificate.checkIP(name)
  if (isFor === undefined)
    throw new ConfigError(`Chứng chỉ trong TLS_CERT_FILE không dành cho ${name} (PUBLIC_URL).`)
  return { cert, key, ends: certificate.validToDate.getTime() }
}

function readWhole(variable: string, file: string): Buffer {
  try {
    return readFileSync(file)
  } catch (error) {
    throw new ConfigError(`${variable}: không đọc được ${file} (${(error as { code?: string }).code}).`)
  }
}

function certificateIn(cert: Buffer, key: Buffer): X509Certificate {
  try {
    createSecureContext({ cert, key })
    return new X509Certificate(cert)
  } catch {
    throw new ConfigError(
      'TLS_CERT_FILE và TLS_KEY_FILE phải là chứng chỉ và khoá riêng của chính nó, dạng PEM, khoá không có mật khẩu.',
    )
  }
}
