import { createClient } from '../accounts/create-client.ts'
import { endPost } from '../accounts/end-post.ts'
import { givePost } from '../accounts/give-post.ts'
import { changeInstallationRole, knownAccount, resetPassword } from '../accounts/manage-accounts.ts'
import { openAccount } from '../accounts/open-account.ts'
import { hashPassword, randomPassword } from '../accounts/passwords.ts'
import { requireSecondFactor } from '../accounts/require-second-factor.ts'
import { INSTALLATION_ROLES } from '../accounts/roles.ts'
import { SYSTEM_OPERATOR } from '../deps.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import type { Installation } from '../installation.ts'
import { moment } from '../web/formats.ts'
import { oneOf, UsageError } from './command.ts'
import type { Terminal } from './terminal.ts'
import { postTable } from './user-tables.ts'

/** What the options of `motcua user` say. */
export interface UserOptions {
  readonly name?: string | undefined
  readonly officer?: string | undefined
  readonly client: boolean
  readonly administrator: boolean
  readonly auditor: boolean
  readonly role?: string | undefined
  readonly unit?: string | undefined
  readonly title?: string | undefined
  readonly from?: string | undefined
  readonly fields: string
  readonly end?: string | undefined
  readonly on?: string | undefined
  readonly anyway: boolean
}

/** Makes an account of a person, whose temporary password is printed, or of a program. */
export async function createUser(
  here: Installation,
  username: string | undefined,
  values: UserOptions,
  terminal: Terminal,
) {
  if (values.client) {
    const units = values.unit === undefined ? [] : listIn(values.unit)
    const client = { username, name: given(values.name, 'Thiếu --name.'), units }
    const made = write(here, () => createClient(here, SYSTEM_OPERATOR, client))
    terminal.say(
      `Đã tạo tài khoản phần mềm “${made.username}”. Cấp khoá: motcua token issue ${made.username} …`,
    )
    return
  }
  if (values.name === undefined && values.officer === undefined)
    throw new UsageError('Thiếu --name hoặc --officer.')
  const { name, officer } = values
  const roles = INSTALLATION_ROLES.filter((each) => values[each])
  const password = randomPassword()
  const hash = await hashPassword(password)
  const opening = { username, name, officer, post: postIn(here, values), roles, hash }
  const made = write(here, () => openAccount(here, SYSTEM_OPERATOR, opening))
  await tellPassword(here, terminal, made.username, password)
}

export async function resetUser(here: Installation, username: string, terminal: Terminal) {
  const password = randomPassword()
  const hash = await hashPassword(password)
  write(here, () => resetPassword(here, SYSTEM_OPERATOR, username, hash))
  await tellPassword(here, terminal, username, password)
}

/** Gives, ends or lists the posts of an account. */
export async function userPost(
  here: Installation,
  username: string,
  values: UserOptions,
  terminal: Terminal,
) {
  if (values.end !== undefined) {
    if (!/^[1-9]\d{0,14}$/.test(values.end)) throw new UsageError('Số của vị trí phải là một số.')
    const end = { post: Number(values.end), lastDay: values.on ?? todayOf(here), anyway: values.anyway }
    write(here, () => endPost(here, SYSTEM_OPERATOR, username, end))
    return terminal.say(`Vị trí ${end.post} của “${username}” kết thúc hết ngày ${end.lastDay}.`)
  }
  const asked = postIn(here, values)
  if (asked === null) return terminal.out(postTable(here, username))
  const id = write(here, () => givePost(here, SYSTEM_OPERATOR, username, asked))
  terminal.say(`Đã ghi vị trí ${id} của “${username}” từ ngày ${asked.from}.`)
}

export function userRole(
  here: Installation,
  username: string,
  [which = '', how = '']: readonly string[],
  terminal: Terminal,
) {
  const wide = oneOf('Vai trò', which, INSTALLATION_ROLES)
  const held = oneOf('Trạng thái', how, ['on', 'off']) === 'on'
  write(here, () => changeInstallationRole(here, SYSTEM_OPERATOR, { username, role: wide, held }))
  terminal.say(`${held ? 'Đã giao' : 'Đã thôi'} vai trò ${wide} của “${username}”.`)
}

export function requireFactor(here: Installation, how: string | undefined, terminal: Terminal) {
  const on = oneOf('Trạng thái', how ?? '', ['on', 'off']) === 'on'
  write(here, () => requireSecondFactor(here, SYSTEM_OPERATOR, on))
  terminal.say(
    on
      ? 'Quản trị viên phải dùng xác thực hai lớp từ lần mở trang kế tiếp.'
      : 'Quản trị viên không bắt buộc dùng xác thực hai lớp.',
  )
}

function postIn(here: Installation, { role, unit, title, from, fields }: UserOptions) {
  if (role === undefined && unit === undefined && title === undefined) return null
  return {
    role: given(role, 'Thiếu --role.'),
    unit: given(unit, 'Thiếu --unit.'),
    title: given(title, 'Thiếu --title.'),
    from: from ?? todayOf(here),
    fields: listIn(fields),
  }
}

async function tellPassword(here: Installation, terminal: Terminal, username: string, password: string) {
  await terminal.out(`${password}\n`)
  const { temporaryUntil } = knownAccount(here, username)
  terminal.say(
    `Mật khẩu tạm của “${username}”, chỉ in lần này, dùng được đến ${moment(temporaryUntil!)}; người dùng đặt mật khẩu riêng khi đăng nhập.`,
  )
}

export function listIn(text: string): readonly string[] {
  return text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '')
}

export function given(text: string | undefined, lacking: string): string {
  if (text === undefined || text === '') throw new UsageError(lacking)
  return text
}

function todayOf({ clock }: Installation): string {
  return localDayOf(clock.now())
}

/** One write, undone when it is refused. */
export function write<T>({ db }: Installation, work: () => T): T {
  return db.transaction(work).immediate()
}
