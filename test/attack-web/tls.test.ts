import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { connect as connectTls } from 'node:tls'
import { groupCommit } from '../../db/group-commit.ts'
import { buildApp } from '../../src/app.ts'
import { ConfigError, readConfig } from '../../src/config.ts'
import { readTls } from '../../src/tls.ts'
import { certificateFor } from '../support/certificate.ts'
import { testInstallation } from '../support/test-installation.ts'

const NAME = 'motcua.xa.example'
const DAY_MS = 24 * 60 * 60_000
let folder: string
const made = certificateFor(NAME, new Date(Date.now() - DAY_MS), new Date(Date.now() + 90 * DAY_MS))
const at = (file: string) => join(folder, file)

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'motcua-tls-'))
  writeFileSync(at('cert.pem'), made.cert)
  writeFileSync(at('key.pem'), made.key, { mode: 0o600 })
  writeFileSync(at('other.pem'), certificateFor(NAME, new Date(0), new Date(DAY_MS)).key)
  writeFileSync(at('junk.pem'), 'junk')
})
after(() => rmSync(folder, { recursive: true }))

const configured = (more: Readonly<Record<string, string>>) =>
  readConfig({ PUBLIC_URL: `https://${NAME}`, ...more }, folder)

test('the service itself encrypts with a certificate, and its cookies go no other way', async (t) => {
  const config = configured({ TLS_CERT_FILE: 'cert.pem', TLS_KEY_FILE: 'key.pem' })
  const tls = readTls(config)!
  assert.equal(Math.round((tls.ends - Date.now()) / DAY_MS), 90)
  const installation = testInstallation()
  const site = { origin: config.publicUrl, trustProxy: [], certificateEnds: tls.ends }
  const app = await buildApp({ ...installation, writer: groupCommit(installation.db), site, tls })
  t.after(() => app.close())
  await app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = app.server.address() as { port: number }
  const answer = await asked(port)
  assert.equal(answer.statusCode, 200)
  assert.equal(answer.headers['strict-transport-security'], 'max-age=63072000; includeSubDomains')
  await assert.rejects(fetch(`http://127.0.0.1:${port}/healthz`), 'unencrypted there is nothing')
  await assert.rejects(handshake(port, 'TLSv1.1'), 'nor with what browsers have given up')
  assert.match(await handshake(port, 'TLSv1.3'), /^TLSv1\.3$/)
  assert.match(await handshake(port, 'TLSv1.2'), /^TLSv1\.2$/)
  await assert.rejects(
    handshake(port, 'TLSv1.2', 'AES128-SHA:ECDHE-ECDSA-AES128-SHA'),
    'nor by a weak cipher',
  )
  await app.close()
})

test('a certificate that cannot serve is told at start, in words, with what to do', () => {
  const wrong = [
    [{ TLS_CERT_FILE: 'none.pem', TLS_KEY_FILE: 'key.pem' }, /không đọc được .*none\.pem \(ENOENT\)/],
    [{ TLS_CERT_FILE: 'cert.pem', TLS_KEY_FILE: 'other.pem' }, /khoá riêng của chính nó/],
    [{ TLS_CERT_FILE: 'junk.pem', TLS_KEY_FILE: 'key.pem' }, /dạng PEM/],
    [
      { TLS_CERT_FILE: 'cert.pem', TLS_KEY_FILE: 'key.pem', PUBLIC_URL: 'https://khac.xa.example' },
      /không dành cho khac\.xa\.example/,
    ],
    [{ TLS_CERT_FILE: 'cert.pem' }, /phải cùng có/],
    [{ TLS_CERT_FILE: 'cert.pem', TLS_KEY_FILE: 'key.pem', PUBLIC_URL: '' }, /cần PUBLIC_URL dạng https/],
    [{ TLS_CERT_FILE: 'cert.pem', TLS_KEY_FILE: 'key.pem', PUBLIC_URL: `http://${NAME}` }, /cần PUBLIC_URL/],
  ] as const
  for (const [env, message] of wrong) {
    assert.throws(
      () => readTls(configured(env)),
      (error) => error instanceof ConfigError && message.test(error.message),
      JSON.stringify(env),
    )
  }
  assert.equal(readTls(configured({})), null)
})

test('a proxy is trusted by address, and never everybody', () => {
  const given = (trust: string) => configured({ TRUST_PROXY: trust }).trustProxy
  assert.deepEqual(given('127.0.0.1, 10.0.0.0/8,2001:db8::/32'), ['127.0.0.1', '10.0.0.0/8', '2001:db8::/32'])
  assert.deepEqual(given(''), [])
  for (const trust of [
    '0.0.0.0/0',
    '::/0',
    'true',
    '1',
    'loopback',
    '999.1.1.1',
    '10.0.0.0/33',
    'proxy.local',
  ])
    assert.throws(() => given(trust), /TRUST_PROXY/, trust)
})

test('to be open to the network the service must be told by which address', () => {
  assert.throws(() => readConfig({ HOST: '0.0.0.0' }, folder), /cần PUBLIC_URL/)
  assert.equal(readConfig({ HOST: '0.0.0.0', PUBLIC_URL: 'http://127.0.0.1:8080' }, folder).host, '0.0.0.0')
  for (const url of ['motcua.xa', 'https://motcua.xa/x', 'ftp://motcua.xa', 'https://a@motcua.xa'])
    assert.throws(() => readConfig({ PUBLIC_URL: url }, folder), /PUBLIC_URL/, url)
  assert.throws(() => readConfig({ REQUESTS_PER_MINUTE: '-1' }, folder), /REQUESTS_PER_MINUTE/)
})

function asked(port: number): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, path: '/healthz', servername: NAME, ca: made.cert }
    request({ ...options, headers: { host: NAME } }, (answer) => {
      answer.resume()
      resolve(answer)
    })
      .on('error', reject)
      .end()
  })
}

function handshake(
  port: number,
  version: 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3',
  ciphers = 'DEFAULT',
): Promise<string> {
  return new Promise((resolve, reject) => {
    const only = { minVersion: version, maxVersion: version, ciphers: `${ciphers}:@SECLEVEL=0` }
    const socket = connectTls({ host: '127.0.0.1', port, servername: NAME, ca: made.cert, ...only }, () => {
      resolve(socket.getProtocol() ?? '')
      socket.destroy()
    })
    socket.on('error', reject)
  })
}
