import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { ALARMS } from '../../src/alarms.ts'
import { JOB_LABELS, type JobName, ON_DEMAND } from '../../src/jobs.ts'
import { RECURRING } from '../../src/recurring.ts'
import { PROCESSORS } from '../../workers/processors.ts'

const PAGE = readFileSync(new URL('../../docs/jobs.md', import.meta.url), 'utf8')

for (const [job, label] of Object.entries(JOB_LABELS)) {
  test(`the job ${job} is in docs/jobs.md, has a processor and is in the schedule or done on demand`, () => {
    assert.ok(PAGE.includes(`| \`${job}\` | ${label} |`))
    assert.ok(job in PROCESSORS)
    const isOnDemand = (ON_DEMAND as readonly JobName[]).includes(job as JobName)
    assert.equal(
      RECURRING.some((entry) => entry.job === job),
      !isOnDemand,
    )
  })
}

for (const [kind, { label }] of Object.entries(ALARMS)) {
  test(`docs/jobs.md says what to do about the alarm ${kind}`, () => {
    assert.ok(PAGE.includes(`| \`${kind}\` | ${label} |`))
  })
}
