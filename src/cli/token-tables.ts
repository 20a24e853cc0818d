import { type AccountRow, allAccounts } from '../../db/queries/accounts.ts'
import { type TokenRow, tokensOf } from '../../db/queries/tokens.ts'
import { endsSoon } from '../accounts/ending-tokens.ts'
import { postsOn } from '../accounts/posts.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import { localDayOf, printInstant } from '../domain/calendar/day.ts'
import type { Installation } from '../installation.ts'
import { moment } from '../web/formats.ts'
import { terminalTable } from './terminal-table.ts'

interface Line {
  readonly account: AccountRow
  /** Null: the program has none. */
  readonly token: TokenRow | null
}

/** The programs and their tokens, one token a line. */
export function tokenTable(here: Installation): string {
  const now = here.clock.now()
  const rows = clients(here).flatMap(({ account, tokens }): Line[] =>
    tokens.length === 0 ? [{ account, token: null }] : tokens.map((token) => ({ account, token })),
  )
  if (rows.length === 0) return 'Chưa có phần mềm nào. Tạo bằng: motcua user create --client\n'
  return terminalTable<Line>(
    [
      { head: 'Phần mềm', align: 'left', cell: ({ account }) => account.username },
      { head: 'Số', align: 'right', cell: ({ token }) => String(token?.id ?? '–') },
      { head: 'Dùng ở', align: 'left', cell: ({ token }) => token?.label ?? '' },
      { head: 'Việc', align: 'left', cell: ({ token }) => token?.scopes.join(',') ?? '' },
      { head: 'Dùng gần nhất', align: 'left', cell: ({ token }) => token?.lastUsedOn ?? '–' },
      {
        head: 'Hết hạn',
        align: 'left',
        cell: ({ token }) => (token === null ? '–' : moment(token.expiresAt)),
      },
      { head: 'Tình trạng', align: 'left', cell: (line) => standing(line, now) },
    ],
    rows,
  )
}

/** The same as scripts read it. */
export function tokenJson(here: Installation): string {
  const catalogue = catalogueOf(here.db)
  const today = localDayOf(here.clock.now())
  const rows = clients(here).map(({ account, tokens }) => ({
    username: account.username,
    name: catalogue.officerById.get(account.officerId)?.name ?? null,
    units: postsOn(catalogue, account.officerId, today).map(
      ({ unitId }) => catalogue.unitById.get(unitId)?.key,
    ),
    disabled_at: instantOr(account.disabledAt),
    tokens: tokens.map((token) => ({
      id: token.id,
      label: token.label,
      scopes: token.scopes,
      created_at: printInstant(token.createdAt),
      expires_at: printInstant(token.expiresAt),
      revoked_at: instantOr(token.revokedAt),
      last_used_on: token.lastUsedOn,
    })),
  }))
  return `${JSON.stringify({ clients: rows }, null, 2)}\n`
}

function clients({ db }: Installation) {
  return allAccounts(db)
    .filter(({ kind }) => kind === 'client')
    .map((account) => ({ account, tokens: tokensOf(db, account.id) }))
}

function standing({ account, token }: Line, now: number): string {
  if (account.disabledAt !== null) return 'phần mềm đã khoá'
  if (token === null) return 'chưa cấp khoá'
  if (token.revokedAt !== null) return `thu hồi ${moment(token.revokedAt)}`
  if (token.expiresAt <= now) return 'đã hết hạn'
  return endsSoon(token, now) ? 'sắp hết hạn' : 'đang dùng'
}

function instantOr(at: number | null): string | null {
  return at === null ? null : printInstant(at)
}
