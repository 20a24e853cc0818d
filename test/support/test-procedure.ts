import { drizzle } from 'drizzle-orm/better-sqlite3'
import * as table from '../../db/schema/catalogue.ts'
import { bumpCatalogue } from '../../src/catalogue/catalogue.ts'
import type { TestInstallation } from './test-installation.ts'

type Version = Partial<typeof table.procedureVersions.$inferInsert>

/** A procedure of the communes made for a test: 3 working days, level 4, unless said otherwise. Returns its code. */
export function testProcedure(
  { db }: TestInstallation,
  code: string,
  ...versions: readonly Version[]
): string {
  const orm = drizzle(db)
  const fieldId = orm.select().from(table.fields).limit(1).get()!.id
  const { id } = orm
    .insert(table.procedures)
    .values({ code, name: `Thủ tục thử ${code}`, fieldId, level: 'commune', interAgency: false })
    .returning()
    .get()
  for (const version of versions.length > 0 ? versions : [{}]) {
    const row = { ...PLAIN, ...version, procedureId: id }
    orm.insert(table.procedureVersions).values(row).run()
  }
  bumpCatalogue(db)
  return code
}

const PLAIN = {
  validFrom: '2019-12-01',
  limitText: '3wd',
  mode: 'day_end',
  lateness: 'date',
  onlineLevel: 4,
  fee: 0,
  instant: false,
  supplementPolicy: 'restart',
  paymentPolicy: 'resume',
  verificationPolicy: 'no_effect',
  consultationPolicy: 'no_effect',
  verified: false,
  source: 'Chỉ dùng để thử',
} as const
