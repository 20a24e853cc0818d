import { blob, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { INSTALLATION_ROLES } from '../../src/accounts/roles.ts'
import { officers } from './catalogue.ts'

/** Who may sign in, and how. Instants are integer milliseconds, local days `YYYY-MM-DD`. Secrets are hashed or sealed. */

const instant = (name: string) => integer(name)
const secret = (name: string) => blob(name, { mode: 'buffer' })

export const accounts = sqliteTable('accounts', {
  id: integer().primaryKey(),
  username: text().notNull().unique(),
  officerId: integer('officer_id')
    .notNull()
    .unique()
    .references(() => officers.id),
  /** A client is a program: it has tokens and no password. */
  kind: text({ enum: ['person', 'client'] }).notNull(),
  /** Argon2id in PHC form; null: signs in elsewhere, or with tokens. */
  passwordHash: text('password_hash'),
  passwordSetAt: instant('password_set_at'),
  /** A password somebody else gave out: good until then, and to be changed at the first use. Null: the person's own. */
  temporaryUntil: instant('temporary_until'),
  totpSealed: secret('totp_sealed'),
  totpConfirmedAt: instant('totp_confirmed_at'),
  /** Last time step used: a code is good once. */
  totpLastStep: integer('totp_last_step'),
  createdAt: instant('created_at').notNull(),
  disabledAt: instant('disabled_at'),
})

/** Codes for who has lost the second factor: each good once. */
export const recoveryCodes = sqliteTable(
  'recovery_codes',
  {
    id: integer().primaryKey(),
    accountId: integer('account_id')
      .notNull()
      .references(() => accounts.id),
    codeHash: secret('code_hash').notNull(),
    usedAt: instant('used_at'),
  },
  (t) => [index('recovery_codes_account').on(t.accountId)],
)

/** Roles held for the whole installation; those held in a unit are memberships. */
export const installationRoles = sqliteTable(
  'installation_roles',
  {
    id: integer().primaryKey(),
    officerId: integer('officer_id')
      .notNull()
      .references(() => officers.id),
    role: text({ enum: INSTALLATION_ROLES }).notNull(),
    validFrom: text('valid_from').notNull(),
    validTo: text('valid_to'),
  },
  (t) => [index('installation_roles_officer').on(t.officerId)],
)

export const sessions = sqliteTable(
  'sessions',
  {
    id: integer().primaryKey(),
    /** SHA-256 of what the cookie carries. */
    tokenHash: secret('token_hash').notNull(),
    accountId: integer('account_id')
      .notNull()
      .references(() => accounts.id),
    createdAt: instant('created_at').notNull(),
    lastSeenAt: instant('last_seen_at').notNull(),
    /** Whatever happens in between. */
    expiresAt: instant('expires_at').notNull(),
    /** Null while the second factor is awaited. */
    completedAt: instant('completed_at'),
    /** Signed in through another service: its second factor counts. */
    external: integer({ mode: 'boolean' }).notNull(),
    browser: text().notNull(),
    address: text(),
  },
  (t) => [uniqueIndex('sessions_token').on(t.tokenHash), index('sessions_account').on(t.accountId)],
)

/** Failed sign-ins by keyed hash of the name that was typed, known or not: both wait alike. */
export const signInFailures = sqliteTable('sign_in_failures', {
  nameHash: secret('name_hash').primaryKey(),
  count: integer().notNull(),
  lastAt: instant('last_at').notNull(),
})

export const apiTokens = sqliteTable(
  'api_tokens',
  {
    id: integer().primaryKey(),
    accountId: integer('account_id')
      .notNull()
      .references(() => accounts.id),
    label: text().notNull(),
    tokenHash: secret('token_hash').notNull(),
    scopes: text({ mode: 'json' }).$type<readonly string[]>().notNull(),
    createdAt: instant('created_at').notNull(),
    createdById: integer('created_by_id').references(() => officers.id),
    expiresAt: instant('expires_at').notNull(),
    lastUsedOn: text('last_used_on'),
    revokedAt: instant('revoked_at'),
  },
  (t) => [uniqueIndex('api_tokens_token').on(t.tokenHash), index('api_tokens_account').on(t.accountId)],
)

/** Uỷ quyền: the posts of one officer are another's too, for some days. */
export const substitutions = sqliteTable(
  'substitutions',
  {
    id: integer().primaryKey(),
    absentId: integer('absent_id')
      .notNull()
      .references(() => officers.id),
    substituteId: integer('substitute_id')
      .notNull()
      .references(() => officers.id),
    fromOn: text('from_on').notNull(),
    toOn: text('to_on').notNull(),
    reason: text().notNull(),
    recordedAt: instant('recorded_at').notNull(),
    recordedById: integer('recorded_by_id').references(() => officers.id),
    /** Ended before its last day. */
    endedAt: instant('ended_at'),
  },
  (t) => [
    index('substitutions_absent').on(t.absentId, t.toOn),
    index('substitutions_substitute').on(t.substituteId, t.toOn),
  ],
)

/** Who somebody is at a sign-in service (OpenID Connect). */
export const externalIdentities = sqliteTable(
  'external_identities',
  {
    issuer: text().notNull(),
    subject: text().notNull(),
    accountId: integer('account_id')
      .notNull()
      .references(() => accounts.id),
    linkedAt: instant('linked_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.issuer, t.subject] }),
    index('external_identities_account').on(t.accountId),
  ],
)

/** One-time links to the set-up of an installation without accounts. */
export const setupLinks = sqliteTable('setup_links', {
  tokenHash: secret('token_hash').primaryKey(),
  createdAt: instant('created_at').notNull(),
  expiresAt: instant('expires_at').notNull(),
  usedAt: instant('used_at'),
})
