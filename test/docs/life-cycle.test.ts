import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { STATES } from '../../src/domain/life-cycle/dossier.ts'
import {
  ACTS,
  NATIONAL_CODES,
  STATE_LABELS,
  TRANSITIONS,
  type Transition,
} from '../../src/domain/life-cycle/life-cycle.ts'

const page = readFileSync(new URL('../../docs/rules-life-cycle.md', import.meta.url), 'utf8')

test('every state stands in the document with its label and national code', () => {
  for (const state of STATES) {
    const row = `| \`${state}\` | ${STATE_LABELS[state]} | ${NATIONAL_CODES[state] ?? '–'} |`
    assert.ok(page.includes(row), row)
  }
})

test('every act stands in the document as the table of transitions has it', () => {
  for (const act of ACTS) {
    const { from, to, opens, role, clock, form, needsReason, label }: Transition = TRANSITIONS[act]
    const start = [...(opens ? ['(new)'] : []), ...from].join(', ')
    const row = `| \`${act}\` | ${label} | ${start} | ${to} | ${clock} | ${form ?? '–'} | ${role} | ${needsReason ? 'yes' : 'no'} |`
    assert.ok(page.includes(row), row)
  }
})
