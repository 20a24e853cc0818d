import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { LIMITS } from '../../src/web/limits.ts'
import { SECTIONS } from './asvs-5.ts'

const root = new URL('../../', import.meta.url)
const page = readFileSync(new URL('docs/security.md', root), 'utf8')
const rows = [...page.matchAll(/^\| (\d+\.\d+\.\d+) \| (.+?) \| (.+?) \| (.+) \|$/gm)]
const required = Object.entries(SECTIONS).flatMap(([section, numbers]) =>
  numbers.map((number) => `${section}.${number}`),
)

test('docs/security.md goes through every requirement of ASVS 5.0.0 up to level 2, once and in order', () => {
  assert.equal(required.length, 253)
  assert.deepEqual(
    rows.map(([, id]) => id),
    required,
  )
})

test('a requirement is met, not met or not applicable, and the page counts them rightly', () => {
  const count = (status: string) => rows.filter(([, , , given]) => given === status).length
  const [met, not, none] = [count('met'), count('not met'), count('n.a.')]
  assert.equal(met + not + none, required.length)
  assert.ok(
    page.includes(`All 253 requirements: ${met} met, ${not} not met, ${none} not applicable.`),
    `${met}, ${not}, ${none}`,
  )
})

test('every file that docs/security.md names exists', () => {
  const named = [...page.matchAll(/`((?:src|db|test|docs|workers|scripts)\/[\w./-]+\.\w+)`/g)].map(
    ([, file]) => file!,
  )
  assert.ok(named.length > 150)
  const missing = [...new Set(named)].filter((file) => !existsSync(new URL(file, root)))
  assert.deepEqual(missing, [])
})

test('every section that docs/security.md refers to is on it', () => {
  const headings = [...page.matchAll(/^#+ (.+)$/gm)].map(([, text]) =>
    text!
      .toLowerCase()
      .replace(/[^a-z0-9 -]/g, '')
      .replaceAll(' ', '-'),
  )
  const asked = [...page.matchAll(/\]\(#([a-z0-9-]+)\)/g)].map(([, anchor]) => anchor!)
  assert.ok(asked.length > 5)
  assert.deepEqual(
    asked.filter((anchor) => !headings.includes(anchor)),
    [],
  )
})

test('docs/security.md lists every library that production depends on, and no other', () => {
  const { dependencies } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as {
    dependencies: Record<string, string>
  }
  const section = page.slice(page.indexOf('## Libraries'), page.indexOf('## OWASP'))
  const listed = [...section.matchAll(/^\| `([^`]+)` \|/gm)].map(([, name]) => name)
  assert.deepEqual(listed, Object.keys(dependencies).sort())
})

test('docs/security.md tells the bounds as they are', () => {
  const told = [
    `${LIMITS.rates.session.toLocaleString('en')} a minute`,
    `${LIMITS.rates.sign_in} requests a minute`,
    `${LIMITS.rates.proof} requests a minute`,
    `${LIMITS.headMs / 1000} s, ${LIMITS.requestMs / 1000} s, ${LIMITS.silentMs / 1000} s`,
    `${LIMITS.connections.toLocaleString('en')}, ${LIMITS.connectionsOfAddress}`,
    `${LIMITS.bodyBytes / 1024} KiB, ${LIMITS.headerBytes / 1024} KiB`,
  ]
  for (const text of told) assert.ok(page.includes(text), text)
})
