import { clearAlarm, openAlarms, raiseAlarm } from '../db/queries/alarms.ts'
import { endingTokens } from '../src/accounts/ending-tokens.ts'
import type { AlarmKind } from '../src/alarms.ts'
import { backupStanding, isOld, type LastBackup } from '../src/backup/backup-standing.ts'
import { catalogueOf } from '../src/catalogue/catalogue.ts'
import { localDayOf } from '../src/domain/calendar/day.ts'
import { distrusted, lateChildren, unansweredFigures } from '../src/feed/feed-concerns.ts'
import { folderConcerns } from '../src/imports/folder-concerns.ts'
import { lateClosings } from '../src/reports/late-closings.ts'
import { moment } from '../src/web/formats.ts'
import type { JobDeps } from './job-deps.ts'

/** Month and day from which next year's days off should be known: they are decided each autumn. */
const CALENDAR_EXPECTED = '10-01'

type Concerns = ReadonlyMap<string, string>

/** Raises alarms for what is late although the work has been carried, and clears those that are in order again. */
export function watch(deps: JobDeps): void {
  const { db } = deps
  const late = lateClosings(deps).map(
    ({ key, label }) => [key, `${label} lẽ ra đã được chốt hơn một giờ trước.`] as const,
  )
  // A folder may lie on a slow share: it is looked at before the database is held.
  const folders = folderConcerns(deps, deps.config)
  const settle = db.transaction(() => {
    settleAll(deps, 'closing_late', new Map(late))
    settleAll(deps, 'calendar_undecided', undecidedCalendar(deps))
    settleAll(deps, 'import_failed', folders)
    settleAll(deps, 'backup_old', oldBackup(deps))
    settleAll(deps, 'backup_copy_old', oldCopy(deps))
    settleAll(deps, 'feed_late', lateChildren(deps))
    settleAll(deps, 'feed_untrusted', distrusted(deps))
    settleAll(deps, 'feed_unanswered', unansweredFigures(deps, deps.config))
    settleAll(deps, 'token_ends', endingTokens(deps))
    // Who watches, works.
    settleAll(deps, 'workers_stopped', new Map())
  })
  settle.immediate()
}

function undecidedCalendar({ db, clock }: JobDeps): Concerns {
  const today = localDayOf(clock.now())
  const next = Number(today.slice(0, 4)) + 1
  const catalogue = catalogueOf(db)
  const isLate = today.slice(5) >= CALENDAR_EXPECTED && catalogue.regimes.length > 0
  if (!isLate || catalogue.calendar(null).decidedThrough >= next) return new Map()
  return new Map([
    [String(next), `Lịch nghỉ năm ${next} chưa được nhập; hạn trả rơi vào năm đó là tạm tính.`],
  ])
}

function oldBackup({ db, clock }: JobDeps): Concerns {
  const { last } = backupStanding(db)
  return new Map(isOld(db, last, clock.now()) ? [['backup', ageSentence(last)]] : [])
}

function oldCopy({ db, clock, config }: JobDeps): Concerns {
  const { backupCopyTo: to } = config
  if (to === null) return new Map()
  const { lastCopy } = backupStanding(db)
  const last = lastCopy?.to === to ? lastCopy : null
  return new Map(isOld(db, last, clock.now()) ? [[to, ageSentence(last)]] : [])
}

function ageSentence(last: LastBackup | null): string {
  return last === null ? 'Chưa có bản nào.' : `Bản mới nhất là của ${moment(last.at)}.`
}

function settleAll({ db, clock }: JobDeps, kind: AlarmKind, concerns: Concerns): void {
  const open = openAlarms(db).filter((alarm) => alarm.kind === kind)
  for (const { subject } of open) if (!concerns.has(subject)) clearAlarm(db, { kind, subject }, clock.now())
  for (const [subject, detail] of concerns) {
    if (open.every((alarm) => alarm.subject !== subject))
      raiseAlarm(db, { kind, subject, detail, raisedAt: clock.now() })
  }
}
