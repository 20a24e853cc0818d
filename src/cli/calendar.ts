import { readFileSync } from 'node:fs'
import { groupCommit } from '../../db/group-commit.ts'
import type { DecisionRow } from '../../db/queries/calendar-decisions.ts'
import { officerActor } from '../accounts/acting.ts'
import { checkedDecision } from '../calendar-decisions/checked-decision.ts'
import type { DecisionInput } from '../calendar-decisions/decision-input.ts'
import type { Effect } from '../calendar-decisions/effect.ts'
import { effectCsv } from '../calendar-decisions/effect-csv.ts'
import { previewDecision } from '../calendar-decisions/preview-decision.ts'
import { recordDecision } from '../calendar-decisions/record-decision.ts'
import { listDecisions } from '../calendar-decisions/show-decision.ts'
import { undoDecision } from '../calendar-decisions/undo-decision.ts'
import { type Actor, SYSTEM_ACTOR } from '../deps.ts'
import { formatCount } from '../domain/counting/rate-format.ts'
import { RuleError } from '../domain/refusals.ts'
import type { Installation } from '../installation.ts'
import { moment } from '../web/formats.ts'
import { command, noMoreThan, oneOf, UsageError } from './command.ts'
import { withInstallation } from './installation-here.ts'
import type { Terminal } from './terminal.ts'

const DOES = ['list', 'preview', 'record', 'undo'] as const

export const calendar = command({
  usage: `motcua calendar list
motcua calendar preview TỆP.json [--csv]
motcua calendar record TỆP.json [--officer CÁN_BỘ]
motcua calendar undo SỐ [--officer CÁN_BỘ]

Quyết định về lịch làm việc: liệt kê; xem trước hồ sơ nào chuyển hạn (không ghi gì); ghi; hoàn tác. Mẫu tệp:

  {"title": "Hoán đổi ngày làm việc dịp Tết Dương lịch 2026",
   "document": "Công văn 12729/VPCP-KGVX", "documentOn": "2025-12-25",
   "days": [{"change": "swap", "date": "2026-01-02", "makeUpOn": "2026-01-10"}]}

change: off (kind, name), swap (makeUpOn), make_up, closure (unit, name), ordinary. Thông báo nghỉ cả năm thêm
"decidesYear": 2027 và nêu mọi ngày nghỉ.

  --csv               in từng hồ sơ dạng CSV
  --officer CÁN_BỘ    ghi dưới tên cán bộ này; mặc định: hệ thống`,
  options: { csv: { type: 'boolean', default: false }, officer: { type: 'string' } },
  async run({ values, positionals: [does = '', what, ...rest] }, terminal) {
    const wanted = oneOf('Việc', does, DOES)
    noMoreThan(0, rest)
    if (wanted === 'list') return withInstallation((installation) => list(installation, terminal))
    if (what === undefined)
      throw new UsageError(wanted === 'undo' ? 'Thiếu số của quyết định.' : 'Thiếu tệp quyết định.')
    if (wanted === 'undo' && !/^[1-9]\d{0,8}$/.test(what))
      throw new UsageError('Số của quyết định phải là số nguyên.')
    return withInstallation(async (installation) => {
      const actor = values.officer === undefined ? SYSTEM_ACTOR : officerActor(installation, values.officer)
      if (wanted === 'preview') return preview(installation, actor, readDecision(what), values.csv, terminal)
      return change(installation, actor, wanted, what, terminal)
    })
  },
})

async function change(
  installation: Installation,
  actor: Actor,
  wanted: 'record' | 'undo',
  what: string,
  terminal: Terminal,
): Promise<void> {
  const writer = groupCommit(installation.db)
  const done =
    wanted === 'record'
      ? await recordDecision(installation, writer, actor, readDecision(what))
      : await undoDecision(installation, writer, actor, Number(what))
  await terminal.out(lineOf(done.value))
}

async function list(installation: Installation, terminal: Terminal): Promise<void> {
  const decisions = listDecisions(installation)
  for (const decision of decisions) await terminal.out(lineOf(decision))
  if (decisions.length === 0) terminal.say('Chưa ghi quyết định nào về lịch làm việc.')
}

function lineOf({ id, document, title, recordedAt, undoneAt, moved }: DecisionRow): string {
  const undone = undoneAt === null ? '' : `, hoàn tác ${moment(undoneAt)}`
  return `${id}\t${document}\t${title}\tghi ${moment(recordedAt)}${undone}\t${formatCount(moved)} hồ sơ\n`
}

async function preview(
  installation: Installation,
  actor: Actor,
  input: DecisionInput,
  csv: boolean,
  terminal: Terminal,
): Promise<void> {
  const effect = await previewDecision(installation, actor, input)
  if (csv) await terminal.out(effectCsv(installation, effect))
  terminal.say(sentenceOf(effect))
}

/** The effect in one sentence. */
function sentenceOf({ totals, stillOverdue }: Effect): string {
  const n = formatCount
  return `${n(totals.moved)} hồ sơ chuyển hạn (${n(totals.in_time_again)} trở lại trong hạn, ${n(stillOverdue)} vẫn quá hạn), ${n(totals.receiving)} hồ sơ chờ tiếp nhận chuyển hạn, ${n(totals.kept)} hồ sơ giữ hạn đã hứa, ${n(totals.appointment)} lịch hẹn rơi vào ngày nghỉ.`
}

function readDecision(file: string): DecisionInput {
  return checkedDecision(parsed(file))
}

function parsed(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    const problem =
      error instanceof SyntaxError ? `tệp ${file} không phải JSON` : `không đọc được tệp ${file}`
    throw new RuleError('invalid_decision', { problem })
  }
}
