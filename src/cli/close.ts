import { recordCommand } from '../audit/record-command.ts'
import { parsePeriod } from '../domain/calendar/periods.ts'
import { formatCount } from '../domain/counting/rate-format.ts'
import { closePeriod } from '../reports/close-period.ts'
import { moment } from '../web/formats.ts'
import { command, noMoreThan, UsageError } from './command.ts'
import { duePeriods } from './due-periods.ts'
import { withInstallation } from './installation-here.ts'

export const close = command({
  usage: `motcua close KỲ
motcua close --due

Chốt một kỳ báo cáo (bản 1 của mọi đơn vị), hoặc mọi kỳ đã đến giờ chốt. Kỳ đã chốt được giữ nguyên.`,
  options: { due: { type: 'boolean', default: false } },
  async run({ values, positionals }, terminal) {
    const [key] = positionals
    if ((key === undefined) !== values.due)
      throw new UsageError('Cho biết một kỳ, ví dụ 2023-W10, hoặc --due.')
    noMoreThan(1, positionals)
    await withInstallation(async (installation) => {
      const periods = key === undefined ? duePeriods(installation) : [parsePeriod(key)]
      for (const each of periods) {
        const { period, closedAt, closedNow, units } = closePeriod(installation, each)
        if (closedNow) recordCommand(installation, 'close', { period: period.key, units })
        const state = closedNow ? 'chốt' : 'đã chốt từ trước,'
        await terminal.out(`${period.label}: ${state} ${moment(closedAt)}, ${formatCount(units)} đơn vị\n`)
      }
      if (periods.length === 0) terminal.say('Không có kỳ nào đến giờ chốt.')
    })
  },
})
