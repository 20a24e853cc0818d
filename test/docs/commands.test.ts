import assert from 'node:assert/strict'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { COMMANDS } from '../../src/cli/commands.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const PAGES = [
  'README.md',
  'CONTRIBUTING.md',
  'docs/van-hanh.md',
  'docs/configuration.md',
  'docs/paper.md',
  'docs/import.md',
  'docs/exchange.md',
]
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8')
const scripts = (JSON.parse(read('package.json')) as { scripts: Record<string, string> }).scripts

test('every npm script and every command that a page names exists', () => {
  for (const page of PAGES) {
    const text = read(page)
    for (const [, name = ''] of text.matchAll(/npm run (?:--silent )?([a-z-]+)/g))
      assert.ok(name in scripts, `${page}: ${name}`)
    for (const [, name = ''] of text.matchAll(/motcua -- ([a-z-]+)/g)) {
      assert.ok(name === 'help' || name in COMMANDS, `${page}: ${name}`)
    }
  }
})

test('the pipeline runs the README’s test command', () => {
  assert.match(read('README.md'), /^npm cit$/m)
  assert.match(read('.ci/run'), /^npm cit$/m)
  assert.ok(statSync(join(ROOT, '.ci/run')).mode & 0o100)
})

test('every link of a page to a file of the project leads somewhere', () => {
  for (const page of PAGES) {
    for (const [, target = ''] of read(page).matchAll(/[^!]\[[^\]]*\]\(([^)#:]+)\)/g)) {
      assert.ok(existsSync(join(ROOT, page, '..', target)), `${page}: ${target}`)
    }
  }
})

test('every script that runs the product checks the version of Node first', () => {
  for (const [name, script] of Object.entries(scripts)) {
    if (/\bnode\b.*\b(src|scripts)\/.*\.ts/.test(script))
      assert.match(script, /node (--max-semi-space-size=\d+ )?--import \.\/src\/node-version\.js/, name)
  }
})
