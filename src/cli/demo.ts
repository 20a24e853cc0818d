import { latestClosed } from '../../db/queries/latest-closed.ts'
import type { Config } from '../config.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import { parsePeriod } from '../domain/calendar/periods.ts'
import { formatCount, formatFraction, formatRate } from '../domain/counting/rate-format.ts'
import type { Installation } from '../installation.ts'
import { recomputeIndex } from '../reform-index/recompute-index.ts'
import { report } from '../reports/report.ts'
import { closeDemo } from './close-demo.ts'
import { command, noMoreThan } from './command.ts'
import { type DemoAccount, demoAccounts } from './demo-accounts.ts'
import { makeDemo } from './demo-installation.ts'
import { cliConfig, withInstallation } from './installation-here.ts'
import { progressOf } from './progress.ts'
import { reportTable } from './report-table.ts'
import { startService } from './start-service.ts'
import type { Terminal } from './terminal.ts'
import { type Column, terminalTable } from './terminal-table.ts'

/** 70.54 % received online in 2022 is the historical figure the demonstration is made to meet. */
const HEADLINE_YEAR = parsePeriod('2022')

export const demo = command({
  usage: `motcua demo [--from 2021-12-01] [--no-serve]

Tạo (nếu chưa có) cơ sở dữ liệu trình diễn, chốt mọi kỳ đã đến giờ, in tỷ lệ của tuần và tháng vừa chốt, in cho mỗi vai
trò một tài khoản với mật khẩu mới, rồi chạy dịch vụ web. Chạy lại không sao.

  --from NGÀY         ngày đầu của dữ liệu; mặc định 2021-12-01
  --no-serve          dừng sau khi in`,
  options: { from: { type: 'string' }, 'no-serve': { type: 'boolean', default: false } },
  async run({ values, positionals }, terminal) {
    noMoreThan(0, positionals)
    tryMessages(process.env)
    makeDemo(cliConfig(), terminal, values.from)
    await withInstallation(async (installation, config) => {
      const closed = closeDemo(installation, progressOf(terminal, 'Chốt kỳ báo cáo'))
      if (closed > 0) terminal.say(`Đã chốt ${formatCount(closed)} kỳ báo cáo`)
      recomputeIndex(installation, { asOf: localDayOf(installation.clock.now()) })
      await printLatest(installation, terminal)
      await printAccounts(installation, config, terminal)
    })
    if (values['no-serve']) return
    // The figures just printed stay on the screen: only what goes wrong is logged.
    process.env.LOG_LEVEL ??= 'warn'
    await startService(terminal)
  },
})

/** Messages to the invented citizens stay in the trial mailbox, unless something was said about them. */
export function tryMessages(env: NodeJS.ProcessEnv): void {
  if (!env['MESSAGES'] && !env['SMTP_URL'] && !env['MESSAGE_GATEWAY_URL']) env['MESSAGES'] = 'mailbox'
}

/** The latest closed week and month, by unit, and the share received online in the year of the conference's figure. */
async function printLatest(installation: Installation, terminal: Terminal): Promise<void> {
  const keys = [
    latestClosed(installation.db, 'week', 'iso_week'),
    latestClosed(installation.db, 'month', 'calendar'),
  ]
  for (const key of keys) {
    if (key === null) continue
    const figures = report(installation, { period: parsePeriod(key), by: 'unit', attribution: 'resolving' })
    await terminal.out(`\n${reportTable(figures, null)}`)
  }
  const { total } = report(installation, { period: HEADLINE_YEAR, by: 'unit', attribution: 'resolving' })
  const online = total.rates.N1 ?? null
  if (online === null) return
  await terminal.out(
    `${HEADLINE_YEAR.label}: trực tuyến ${formatRate(online)} (N1 = ${formatFraction(online)})\n\n`,
  )
}

const ACCOUNT_COLUMNS: readonly Column<DemoAccount>[] = [
  { head: 'Vai trò', align: 'left', cell: ({ role }) => role },
  { head: 'Đơn vị', align: 'left', cell: ({ unit }) => unit },
  { head: 'Tên đăng nhập', align: 'left', cell: ({ username }) => username },
  { head: 'Mật khẩu', align: 'left', cell: ({ password }) => password },
]

/** Whom one may sign in as, and how a program calls: new passwords each time. */
async function printAccounts(
  installation: Installation,
  { publicUrl, host, port, databaseFile }: Config,
  terminal: Terminal,
): Promise<void> {
  const { people, token } = await demoAccounts(installation, databaseFile)
  const address = publicUrl ?? `http://${host}:${port}`
  await terminal.out(`Đăng nhập tại ${address} (mật khẩu và khoá đổi mỗi lần chạy lệnh này):

${terminalTable(ACCOUNT_COLUMNS, people)}
Phần mềm gọi API bằng khoá:
curl -H 'Authorization: Bearer ${token}' ${address}/api/v1/units

`)
}
