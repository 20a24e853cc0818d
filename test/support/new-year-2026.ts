import { groupCommit } from '../../db/group-commit.ts'
import type { DecisionInput } from '../../src/calendar-decisions/decision-input.ts'
import { recordDecision } from '../../src/calendar-decisions/record-decision.ts'
import { undoDecision } from '../../src/calendar-decisions/undo-decision.ts'
import { bumpCatalogue } from '../../src/catalogue/catalogue.ts'
import { SYSTEM_ACTOR } from '../../src/deps.ts'
import { type TestInstallation, testInstallation } from './test-installation.ts'

/** Decided on 25/12/2025, a week before: Friday 2/1/2026 off, Saturday 10/1/2026 worked. */
export const SWAP: DecisionInput = {
  title: 'Hoán đổi ngày làm việc dịp Tết Dương lịch 2026',
  document: 'Công văn 12729/VPCP-KGVX',
  documentOn: '2025-12-25',
  days: [{ change: 'swap', date: '2026-01-02', makeUpOn: '2026-01-10' }],
}

/** An installation to which that swap is not known yet. */
export function beforeTheSwap(moment = '2025-12-24T08:00', file = ':memory:'): TestInstallation {
  const installation = testInstallation(moment, file)
  const { changes } = installation.db
    .prepare(`DELETE FROM calendar_days WHERE date IN ('2026-01-02', '2026-01-10')`)
    .run()
  if (changes !== 2) throw new Error('the swap is not in the calendar')
  bumpCatalogue(installation.db)
  return installation
}

/** A unit closed on days, as a decision of its own. */
export function closure(unit: string, ...dates: readonly string[]): DecisionInput {
  return {
    title: 'Đóng cửa do bão',
    document: 'Thông báo 15/TB-UBND',
    documentOn: '2025-12-31',
    days: dates.map((date) => ({ change: 'closure', date, unit, name: 'Bão số 15' })),
  }
}

export function decisionsOf(installation: TestInstallation) {
  const writer = groupCommit(installation.db)
  return {
    record: async (input: DecisionInput) =>
      (await recordDecision(installation, writer, SYSTEM_ACTOR, input)).value,
    undo: async (id: number) => (await undoDecision(installation, writer, SYSTEM_ACTOR, id)).value,
  }
}
