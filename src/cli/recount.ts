import { recordCommand } from '../audit/record-command.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import { parsePeriod } from '../domain/calendar/periods.ts'
import { formatCount } from '../domain/counting/rate-format.ts'
import { CHANNELS } from '../domain/counting/tally.ts'
import type { Installation } from '../installation.ts'
import { rebuildCells } from '../reports/rebuild-cells.ts'
import { type Difference, recountPeriod } from '../reports/recount.ts'
import { reviseFromCells } from '../reports/revise-from-cells.ts'
import { command, noMoreThan } from './command.ts'
import { withInstallation } from './installation-here.ts'

const FIRST_DAY = '1990-01-01'

export const recount = command({
  usage: `motcua recount [KỲ] [--repair]

Đếm lại từ từng hồ sơ và đối chiếu với số liệu đang dùng; mặc định: từ đầu đến hôm nay. Có chênh lệch thì in từng
chỗ và mã thoát là 1.

  --repair            lập lại số liệu từ hồ sơ trước khi đối chiếu; kỳ đã chốt khác số liệu được lập bản mới`,
  options: { repair: { type: 'boolean', default: false } },
  async run({ values, positionals }, terminal) {
    noMoreThan(1, positionals)
    await withInstallation(async (installation) => {
      const today = localDayOf(installation.clock.now())
      const span = positionals[0] === undefined ? { from: FIRST_DAY, to: today } : parsePeriod(positionals[0])
      if (values.repair) {
        const { cells } = rebuildCells(installation)
        terminal.say(`Đã lập lại ${formatCount(cells)} ô số liệu.`)
        const revisions = reviseFromCells(installation)
        recordCommand(installation, 'recount_repair', { cells, revisions })
        if (revisions > 0)
          terminal.say(`Đã lập ${formatCount(revisions)} bản mới của các kỳ đã chốt khác số liệu.`)
      }
      const to = span.to < today ? span.to : today
      const { places, differences } = recountPeriod(installation, { from: span.from, to })
      for (const difference of differences) await terminal.out(`${lineOf(installation, difference)}\n`)
      terminal.say(`Đã đối chiếu ${formatCount(places)} nhóm, ${formatCount(differences.length)} chênh lệch.`)
      if (differences.length > 0) terminal.exitCode(1)
    })
  },
})

function lineOf({ db }: Installation, difference: Difference): string {
  const { unitById, procedureById } = catalogueOf(db)
  const { unitId, procedureId, channel, counter, inCells, inDossiers } = difference
  const place = [unitById.get(unitId)?.key, procedureById.get(procedureId)?.code, CHANNELS[channel]].join(' ')
  return `${place} ${counter}: đang dùng ${inCells}, đếm lại ${inDossiers}`
}
