import { feedChildren } from '../../db/queries/feed-children.ts'
import { refusedSent, sentStanding } from '../../db/queries/feed-sent.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import { systemClock } from '../clock.ts'
import { SYSTEM_OPERATOR } from '../deps.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import { formatCount } from '../domain/counting/rate-format.ts'
import { readAsked } from '../feed/asked.ts'
import { addChild, removeChild, renewChildKey } from '../feed/children.ts'
import { feedKey, renewFeedKey } from '../feed/feed-keys.ts'
import { type ChildStanding, feedStanding, lastPeriods } from '../feed/standing.ts'
import type { Installation } from '../installation.ts'
import { moment } from '../web/formats.ts'
import { command, noMoreThan, oneOf, UsageError } from './command.ts'
import { cliConfig, withInstallation } from './installation-here.ts'
import type { Terminal } from './terminal.ts'
import { type Column, terminalTable } from './terminal-table.ts'

const WEEKS = 4

export const feed = command({
  usage: `motcua feed keys [--new]
motcua feed status
motcua feed add-child TÊN --key KHOÁ --units ĐƠN_VỊ,… --since NGÀY [--label TÊN_GỌI]
motcua feed set-key TÊN --key KHOÁ
motcua feed list
motcua feed remove TÊN

Gửi số liệu kỳ đã chốt lên tuyến trên (FEED_URL) và nhận của tuyến dưới (FEED_RECEIVE_URL). Xem docs/feed.md.

  keys                in khoá công khai của hệ thống này để tuyến trên đăng ký; lần đầu thì tạo cặp khoá
                      --new: đổi sang cặp khoá mới, khoá cũ được giữ bên cạnh
  status              đã gửi gì, tuyến trên đã nhận gì; tuyến dưới nào còn thiếu
  add-child TÊN       đăng ký một hệ thống tuyến dưới: khoá công khai, đơn vị nó gửi, từ ngày nào
  set-key TÊN         đăng ký khoá công khai mới của một hệ thống tuyến dưới
  list                các hệ thống tuyến dưới
  remove TÊN          ngừng nhận từ ngày mai; số liệu đã nhận được giữ`,
  options: {
    new: { type: 'boolean', default: false },
    key: { type: 'string' },
    units: { type: 'string' },
    since: { type: 'string' },
    label: { type: 'string', default: '' },
  },
  async run({ values, positionals: [word = '', name, ...rest] }, terminal) {
    noMoreThan(0, rest)
    const action = oneOf('Việc', word, ['keys', 'status', 'add-child', 'set-key', 'list', 'remove'])
    const isAboutChild = action === 'add-child' || action === 'set-key' || action === 'remove'
    if (!isAboutChild && name !== undefined) throw new UsageError(`Thừa tham số “${name}”.`)
    if (action === 'keys') return keys(values.new, terminal)
    const installation = isAboutChild ? given(name, 'Thiếu tên hệ thống tuyến dưới.') : ''
    await withInstallation(async (here) => {
      if (action === 'status') return status(here, terminal)
      if (action === 'list') return terminal.out(listed(here))
      if (action === 'remove') removeChild(here, SYSTEM_OPERATOR, installation)
      else if (action === 'set-key')
        renewChildKey(here, SYSTEM_OPERATOR, { installation, publicKey: given(values.key, 'Thiếu --key.') })
      else
        addChild(here, SYSTEM_OPERATOR, {
          installation,
          label: values.label,
          publicKey: given(values.key, 'Thiếu --key.'),
          since: given(values.since, 'Thiếu --since, ví dụ 2023-03-06.'),
          units: given(values.units, 'Thiếu --units.').split(','),
        })
      return terminal.out(listed(here))
    })
  },
})

function given(value: string | undefined, problem: string): string {
  if (value === undefined || value === '') throw new UsageError(problem)
  return value
}

async function keys(isNew: boolean, terminal: Terminal): Promise<void> {
  const { feedKeyFile } = cliConfig()
  const stamp = localDayOf(systemClock.now())
  await terminal.out(`${isNew ? renewFeedKey(feedKeyFile, stamp) : feedKey(feedKeyFile)}\n`)
  terminal.say(
    `Khoá riêng ở ${feedKeyFile}, không gửi cho ai. Dòng trên là khoá công khai để tuyến trên đăng ký.`,
  )
}

function listed({ db }: Installation): string {
  const children = feedChildren(db)
  if (children.length === 0) return 'Chưa có hệ thống tuyến dưới.\n'
  return terminalTable(
    [
      { head: 'Tên', align: 'left', cell: ({ installation }) => installation },
      { head: 'Tên gọi', align: 'left', cell: ({ label }) => label },
      { head: 'Từ ngày', align: 'left', cell: ({ sinceOn }) => sinceOn },
      { head: 'Đến ngày', align: 'left', cell: ({ untilOn }) => untilOn ?? '' },
    ],
    children,
  )
}

async function status(here: Installation, terminal: Terminal): Promise<void> {
  await terminal.out(upwards(here))
  const weeks = lastPeriods(here, here.clock.now(), 'week', WEEKS)
  const children = feedStanding(here, weeks)
  if (children.length === 0) return
  const columns: readonly Column<ChildStanding>[] = [
    { head: 'Tuyến dưới', align: 'left', cell: ({ child }) => child.installation },
    ...weeks.map(
      ({ key }, index): Column<ChildStanding> => ({
        head: key,
        align: 'left',
        cell: ({ arrivals }) => arrivalText(arrivals[index]!),
      }),
    ),
  ]
  await terminal.out(`\n${terminalTable(columns, children)}`)
  for (const { arrivals } of children)
    for (const { refusals } of arrivals) for (const each of refusals) await terminal.out(`! ${each}\n`)
}

function arrivalText({ came, missing, newest, isLate }: ChildStanding['arrivals'][number]): string {
  if (came.length + missing.length === 0) return '–'
  if (missing.length === 0) return `bản ${newest?.revision}`
  return `${isLate ? 'trễ' : 'thiếu'} ${missing.length}/${came.length + missing.length}`
}

/** What became of what this installation sends. */
function upwards({ db }: Installation): string {
  const asked = readAsked(db)
  if (asked === null) return 'Tuyến trên chưa hỏi số liệu của hệ thống này.\n'
  const { sent, acknowledged, lastAcknowledgedAt } = sentStanding(db)
  const keyOf = (id: number) => catalogueOf(db).unitById.get(id)?.key ?? `#${id}`
  const refused = refusedSent(db).map(
    ({ unitId, periodKey, revision, refusal }) =>
      `! ${keyOf(unitId)} ${periodKey} bản ${revision}: ${refusal}\n`,
  )
  const last = lastAcknowledgedAt === null ? '' : `, lần cuối ${moment(lastAcknowledgedAt)}`
  return `Tuyến trên hỏi số liệu của: ${asked.units.join(', ') || '–'}, kỳ kết thúc từ ${asked.since}.
Đã gửi ${formatCount(sent)} bản, tuyến trên đã nhận ${formatCount(acknowledged)}${last}.\n${refused.join('')}`
}
