import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { benchCalendar } from './calendar.ts'
import { benchCreates } from './creates.ts'
import { benchImport } from './import.ts'
import { benchLists } from './lists.ts'
import { benchPapers } from './papers.ts'
import { benchReports } from './reports.ts'
import { benchRevisions } from './revisions.ts'
import { benchStartup } from './startup.ts'
import { fsyncMs } from './support/fsync-probe.ts'
import { row } from './support/print.ts'
import { benchWaits } from './waits.ts'

const { values } = parseArgs({ options: { large: { type: 'boolean' }, only: { type: 'string' } } })
const dir = mkdtempSync(join(process.env['BENCH_DIR'] ?? tmpdir(), 'motcua-bench-'))
const parts = {
  creates: () => benchCreates(dir),
  lists: () => benchLists(dir, 1_000_000),
  reports: () => benchReports(dir, values.large ? [100_000, 1_000_000, 10_000_000] : [100_000, 1_000_000]),
  import: () => benchImport(dir),
  calendar: () => benchCalendar(dir, 50_000),
  papers: () => benchPapers(),
  revisions: () => benchRevisions(dir, values.large ? 1_000_000 : 120_000),
  startup: () => benchStartup(dir),
  waits: () => benchWaits(dir, values.large ? 1_000_000 : 100_000),
} as const

try {
  row('fsync của ổ đĩa này', `${fsyncMs(dir).toFixed(2)} ms`)
  for (const [name, run] of Object.entries(parts)) {
    if (values.only === undefined || values.only === name) await run()
  }
} finally {
  rmSync(dir, { recursive: true, force: true })
}
