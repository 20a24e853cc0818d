import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { VARIABLES } from '../../src/config.ts'

const page = readFileSync(new URL('../../docs/configuration.md', import.meta.url), 'utf8')
const rows = new Map(
  [...page.matchAll(/^\| `([A-Z_]+)` \| (.+?) \|/gm)].map(([, name = '', given = '']) => [name, given]),
)

test('docs/configuration.md documents every environment variable with its default, and no other', () => {
  assert.deepEqual([...rows.keys()].sort(), Object.keys(VARIABLES).sort())
  for (const [name, variable] of Object.entries(VARIABLES)) {
    assert.equal(rows.get(name), variable.default === '' ? 'trống' : `\`${variable.default}\``, name)
  }
})
