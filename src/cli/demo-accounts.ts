import {
  type AccountRow,
  findAccountByName,
  findAccountOfOfficer,
  setPassword,
} from '../../db/queries/accounts.ts'
import { tokensOf } from '../../db/queries/tokens.ts'
import { listed } from '../accounts/account-list.ts'
import { createAccount } from '../accounts/create-account.ts'
import { createClient } from '../accounts/create-client.ts'
import { givePost } from '../accounts/give-post.ts'
import { issueToken, TOKEN_SCOPES, USUAL_DAYS } from '../accounts/issue-token.ts'
import {
  changeInstallationRole,
  enableAccount,
  resetPassword,
  resetSecondFactor,
} from '../accounts/manage-accounts.ts'
import { hashPassword, randomPassword } from '../accounts/passwords.ts'
import { revokeToken } from '../accounts/revoke-token.ts'
import { type InstallationRole, ROLE_LABELS, type UnitRole } from '../accounts/roles.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import { unitName } from '../catalogue/unit-choices.ts'
import { SYSTEM_OPERATOR } from '../deps.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import { RuleError } from '../domain/refusals.ts'
import type { Installation } from '../installation.ts'

/** Whoever one may be in the demonstration: officers it has, and invented ones for what it has none. */
type DemoPerson = { readonly username: string } & (
  | { readonly officer: string }
  | { readonly name: string; readonly post: { readonly role: UnitRole; readonly title: string } }
  | { readonly name: string; readonly wide: InstallationRole }
)

const DISTRICT = 'huyen-tu-ky'
const APPRAISER = { role: 'appraiser', title: 'Chuyên viên Phòng Nội vụ' } as const

const PEOPLE: readonly DemoPerson[] = [
  { username: 'mot.cua', officer: 'xa-ngoc-ky.mot-cua-1' },
  { username: 'cong.chuc', officer: 'xa-ngoc-ky.van-hoa-xa-hoi' },
  { username: 'chu.tich', officer: 'xa-ngoc-ky.chu-tich' },
  { username: 'giam.sat', officer: `${DISTRICT}.giam-sat` },
  { username: 'tham.dinh', name: 'Lương Khánh Vy', post: APPRAISER },
  { username: 'quan.tri', name: 'Tạ Minh Quân', wide: 'administrator' },
  { username: 'kiem.tra', name: 'Mai Tuệ An', wide: 'auditor' },
]

const CLIENT = { username: 'cong.tinh', name: 'Cổng dịch vụ công tỉnh (giả định)', units: [DISTRICT] }
const TOKEN_LABEL = 'Bản trình diễn'

export interface DemoAccount {
  readonly role: string
  readonly unit: string
  readonly username: string
  readonly password: string
}

/**
 * An account for each role and a token for a program, ready to be used: passwords and token are new each time, and those
 * of the time before are worth nothing. Refuses (`not_a_demo`) any other database.
 */
export async function demoAccounts(
  here: Installation,
  file: string,
): Promise<{ readonly people: readonly DemoAccount[]; readonly token: string }> {
  if (!here.demo) throw new RuleError('not_a_demo', { file })
  const fresh = await Promise.all(
    PEOPLE.map(async (person) => {
      const password = randomPassword()
      return { person, password, hash: await hashPassword(password) }
    }),
  )
  const make = here.db.transaction(() => ({
    people: fresh.map(({ person, password, hash }) => ({ ...made(here, person, hash), password })),
    token: newToken(here),
  }))
  return make.immediate()
}

function made(here: Installation, person: DemoPerson, hash: string): Omit<DemoAccount, 'password'> {
  const account = accountOf(here, person)
  const { username } = account
  enableAccount(here, SYSTEM_OPERATOR, username)
  if (account.totpConfirmedAt !== null) resetSecondFactor(here, SYSTEM_OPERATOR, username)
  resetPassword(here, SYSTEM_OPERATOR, username, hash)
  // Nobody has to think of another one before looking around.
  setPassword(here.db, account.id, { hash, setAt: here.clock.now(), temporaryUntil: null })
  const { catalogue, today } = now(here)
  const { wide, posts } = listed(catalogue, account, today)
  const [role = posts[0]?.role] = wide
  const unit =
    wide.length > 0 ? 'toàn hệ thống' : unitName(catalogue.unitById.get(posts[0]?.unitId ?? 0), today)
  return { role: role === undefined ? '–' : ROLE_LABELS[role], unit, username }
}

/** The account with what it is to be; made the first time. */
function accountOf(here: Installation, person: DemoPerson): AccountRow {
  const { db } = here
  const known = 'officer' in person ? catalogueOf(db).officerByKey.get(person.officer) : undefined
  const there =
    known === undefined ? findAccountByName(db, person.username) : findAccountOfOfficer(db, known.id)
  // In a demonstration that was used before, somebody else may be called that.
  const username = findAccountByName(db, person.username) === null ? person.username : undefined
  const account = there ?? createAccount(here, SYSTEM_OPERATOR, { ...person, username, kind: 'person' })
  const { catalogue, today } = now(here)
  const wanted = { username: account.username, held: true }
  if ('wide' in person) changeInstallationRole(here, SYSTEM_OPERATOR, { ...wanted, role: person.wide })
  if ('post' in person && listed(catalogue, account, today).posts.length === 0)
    givePost(here, SYSTEM_OPERATOR, account.username, {
      ...person.post,
      unit: DISTRICT,
      from: today,
      fields: [],
    })
  return account
}

function newToken(here: Installation): string {
  const { db } = here
  const { id, username } =
    findAccountByName(db, CLIENT.username) ?? createClient(here, SYSTEM_OPERATOR, CLIENT)
  enableAccount(here, SYSTEM_OPERATOR, username)
  const old = tokensOf(db, id).filter(({ label, revokedAt }) => label === TOKEN_LABEL && revokedAt === null)
  for (const token of old) revokeToken(here, SYSTEM_OPERATOR, token.id)
  const order = { label: TOKEN_LABEL, scopes: TOKEN_SCOPES, days: USUAL_DAYS }
  return issueToken(here, SYSTEM_OPERATOR, username, order).secret
}

function now({ db, clock }: Installation) {
  return { catalogue: catalogueOf(db), today: localDayOf(clock.now()) }
}
