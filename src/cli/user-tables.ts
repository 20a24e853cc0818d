import { lastSignInAt } from '../../db/queries/audit.ts'
import { type ListedAccount, listPeople } from '../accounts/account-list.ts'
import { heldWords, STATE_WORDS } from '../accounts/account-words.ts'
import { knownAccount } from '../accounts/manage-accounts.ts'
import { catalogueOf, type Membership } from '../catalogue/catalogue.ts'
import { localDayOf, printInstant } from '../domain/calendar/day.ts'
import type { Installation } from '../installation.ts'
import { moment } from '../web/formats.ts'
import { type Column, terminalTable } from './terminal-table.ts'

const EVERYBODY = { words: '', unit: '', role: '' }

/** The accounts of people, one a line. */
export function userTable(here: Installation): string {
  const catalogue = catalogueOf(here.db)
  const today = localDayOf(here.clock.now())
  const columns: readonly Column<ListedAccount>[] = [
    { head: 'Tên đăng nhập', align: 'left', cell: ({ account }) => account.username },
    { head: 'Họ tên', align: 'left', cell: ({ name }) => name },
    {
      head: 'Vai trò hôm nay',
      align: 'left',
      cell: (row) => heldWords(catalogue, row, today).join('; ') || '–',
    },
    {
      head: 'Đăng nhập gần nhất',
      align: 'left',
      cell: ({ account }) => momentOr(lastSignInAt(here.db, account.officerId)),
    },
    {
      head: 'Hai lớp',
      align: 'left',
      cell: ({ account }) => (account.totpConfirmedAt === null ? '–' : 'đã bật'),
    },
    { head: 'Tình trạng', align: 'left', cell: ({ state }) => STATE_WORDS[state].label },
  ]
  const rows = listPeople(here, EVERYBODY)
  return rows.length === 0 ? 'Chưa có tài khoản nào.\n' : terminalTable(columns, rows)
}

/** The same as scripts read it. */
export function userJson(here: Installation): string {
  const { unitById, officerById } = catalogueOf(here.db)
  const users = listPeople(here, EVERYBODY).map(({ account, name, state, wide, posts }) => ({
    username: account.username,
    officer: officerById.get(account.officerId)?.key ?? null,
    name,
    state,
    roles: wide,
    posts: posts.map(({ id, role, unitId, title, validFrom, validTo, onBehalfOfId }) => ({
      id,
      role,
      unit: unitById.get(unitId)?.key ?? null,
      title,
      from: validFrom,
      to: validTo,
      on_behalf_of: onBehalfOfId === null ? null : (officerById.get(onBehalfOfId)?.key ?? null),
    })),
    second_factor: account.totpConfirmedAt !== null,
    last_sign_in_at: instantOr(lastSignInAt(here.db, account.officerId)),
    temporary_until: instantOr(account.temporaryUntil),
    disabled_at: instantOr(account.disabledAt),
  }))
  return `${JSON.stringify({ users }, null, 2)}\n`
}

/** The posts of one account with their numbers, those that are over too. */
export function postTable(here: Installation, username: string): string {
  const { officerById, unitById } = catalogueOf(here.db)
  const posts = officerById.get(knownAccount(here, username).officerId)?.memberships ?? []
  const columns: readonly Column<Membership>[] = [
    { head: 'Số', align: 'right', cell: ({ id }) => String(id) },
    { head: 'Vai trò', align: 'left', cell: ({ role }) => role },
    { head: 'Đơn vị', align: 'left', cell: ({ unitId }) => unitById.get(unitId)?.key ?? '' },
    { head: 'Chức danh', align: 'left', cell: ({ title }) => title },
    { head: 'Lĩnh vực', align: 'left', cell: ({ fieldSlugs }) => fieldSlugs.join(',') || 'mọi lĩnh vực' },
    { head: 'Từ ngày', align: 'left', cell: ({ validFrom }) => validFrom },
    { head: 'Đến ngày', align: 'left', cell: ({ validTo }) => validTo ?? '–' },
  ]
  return posts.length === 0 ? 'Chưa giữ vị trí nào.\n' : terminalTable(columns, posts)
}

function momentOr(at: number | null): string {
  return at === null ? '–' : moment(at)
}

function instantOr(at: number | null): string | null {
  return at === null ? null : printInstant(at)
}
