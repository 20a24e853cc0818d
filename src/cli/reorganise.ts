import { readFileSync } from 'node:fs'
import { catalogueOf } from '../catalogue/catalogue.ts'
import { unitName } from '../catalogue/unit-choices.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import { formatCount } from '../domain/counting/rate-format.ts'
import { RuleError } from '../domain/refusals.ts'
import type { Installation } from '../installation.ts'
import { applyReorganisation } from '../reorganisations/apply-reorganisation.ts'
import { type PlanPreview, previewPlan } from '../reorganisations/preview-plan.ts'
import { readPlan } from '../reorganisations/read-plan.ts'
import { recordReorganisation } from '../reorganisations/record-reorganisation.ts'
import { fullDay } from '../web/formats.ts'
import { command, noMoreThan, UsageError } from './command.ts'
import { withInstallation } from './installation-here.ts'

const OPERATOR = { officerId: null, role: 'operator' } as const

export const reorganise = command({
  usage: `motcua reorganise TỆP.json [--apply]

Xem trước một phương án sắp xếp đơn vị (nhập, chia, đổi tên, bỏ): hồ sơ đang mở của đơn vị nào về đâu, còn gì chưa
rõ. Không ghi gì nếu không có --apply. Mẫu của tệp: docs/api.md.

  --apply             ghi phương án; đến ngày thì hồ sơ chuyển ngay, chưa đến ngày thì tự chuyển lúc 00:05 ngày đó`,
  options: { apply: { type: 'boolean', default: false } },
  async run({ values, positionals }, terminal) {
    const [file] = positionals
    if (file === undefined) throw new UsageError('Thiếu tệp phương án, ví dụ phuong-an.json.')
    noMoreThan(1, positionals)
    const plan = readPlan(contentOf(file))
    await withInstallation(async (installation) => {
      await terminal.out(previewText(installation, previewPlan(installation, plan)))
      if (!values.apply) {
        terminal.say('Chưa ghi gì. Thêm --apply để ghi phương án.')
        return
      }
      const { db, clock } = installation
      const { id } = db.transaction(() => recordReorganisation(installation, OPERATOR, plan)).immediate()
      if (plan.on > localDayOf(clock.now())) {
        terminal.say(`Đã ghi phương án ${id}; hồ sơ tự chuyển lúc 00:05 ngày ${fullDay(plan.on)}.`)
        return
      }
      terminal.say(
        `Đã ghi phương án ${id} và chuyển ${formatCount(applyReorganisation(installation, id).moved)} hồ sơ.`,
      )
    })
  },
})

function contentOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    throw new RuleError('unreadable_file', { file })
  }
}

function previewText({ db }: Installation, { plan, flows, undecided }: PlanPreview): string {
  const { unitByKey } = catalogueOf(db)
  const nameOf = (key: string) =>
    plan.opens.find((unit) => unit.key === key)?.name ?? unitName(unitByKey.get(key), plan.on)
  const lines = flows.map(({ from, to, n }) =>
    to === null
      ? `  ${nameOf(from)}: ${formatCount(n)} hồ sơ chờ phân công đơn vị`
      : `  ${nameOf(from)} → ${nameOf(to)}: ${formatCount(n)} hồ sơ`,
  )
  return [
    `${plan.title} (${plan.document}), từ ngày ${fullDay(plan.on)}`,
    `Kết thúc ${plan.closes.length} đơn vị, lập ${plan.opens.length}, đổi tên ${plan.renames.length}.`,
    'Hồ sơ đang mở:',
    ...(lines.length > 0 ? lines : ['  không có hồ sơ nào phải chuyển']),
    ...(undecided > 0 ? [`Chưa rõ đơn vị tiếp quản: ${formatCount(undecided)} hồ sơ.`] : []),
    '',
  ].join('\n')
}
