import { drizzle } from 'drizzle-orm/better-sqlite3'
import { migrateDatabase } from '../../db/migrate.ts'
import { type Db, openDatabase } from '../../db/open.ts'
import { insertDossier } from '../../db/queries/dossiers.ts'
import { insertPerson } from '../../db/queries/persons.ts'
import * as table from '../../db/schema/catalogue.ts'
import { loadReference } from '../../db/seeds/load-reference.ts'
import { bumpCatalogue, type Catalogue, catalogueOf, versionOn } from '../../src/catalogue/catalogue.ts'
import { procedureRule } from '../../src/catalogue/procedure-rule.ts'
import { addWorkingDays, isWorkingDay, type WorkCalendar } from '../../src/domain/calendar/calendar.ts'
import { addDays, instantAt, parseInstant } from '../../src/domain/calendar/day.ts'
import type { Channel } from '../../src/domain/counting/tally.ts'
import type { ActContext } from '../../src/domain/life-cycle/acts.ts'
import { requestSupplement } from '../../src/domain/life-cycle/acts-clock.ts'
import { finish, returnResult } from '../../src/domain/life-cycle/acts-end.ts'
import { accept, type Blank, submit } from '../../src/domain/life-cycle/acts-intake.ts'
import type { Dossier } from '../../src/domain/life-cycle/dossier.ts'
import { dossierCode } from '../../src/domain/life-cycle/dossier-code.ts'
import { NOTHING_HAPPENED } from '../../src/domain/life-cycle/nothing-happened.ts'
import { fold } from '../../src/fold.ts'
import { tailHash } from '../../src/tail-hash.ts'
import { vaultOf } from '../../src/vault.ts'

/** With which numbers in a filled file are found. */
export const BENCH_VAULT = vaultOf(Buffer.alloc(32, 7))

/** Communes of a province-sized file. */
const COMMUNES = 200
export const LAST_DAY = '2023-12-29'
const YEARS = 3
const PROCEDURES = [
  '1.004873',
  '1.001193',
  '2.000635',
  '1.004859',
  '1.004194',
  '1.001653',
  '1.010038',
  '2.000908',
] as const
const FAMILY = ['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Hoàng', 'Vũ', 'Đặng', 'Bùi', 'Đỗ', 'Đào'] as const
const MIDDLE = ['Văn', 'Thị', 'Đức', 'Ngọc', 'Minh', 'Hữu', 'Thu'] as const
const GIVEN = [
  'An',
  'Bình',
  'Chi',
  'Dũng',
  'Đức',
  'Giang',
  'Hà',
  'Hùng',
  'Lan',
  'Mai',
  'Nam',
  'Oanh',
  'Phúc',
  'Quân',
] as const

export interface FillOptions {
  /** Only the last so many working days; left out: three years. */
  readonly days?: number
  /** No dossier ends. */
  readonly allOpen?: boolean
}

/**
 * A file of `count` dossiers over three years and 200 communes, most of them ended, made by the real rules but
 * written in bulk; cells are not filled (call rebuildCells). Deterministic.
 */
export function fill(file: string, count: number, { days: lastDays, allOpen }: FillOptions = {}): Db {
  const db = openDatabase(file, { busyTimeoutMs: 5000 })
  migrateDatabase(db)
  db.pragma('synchronous = OFF')
  loadReference(db, parseInstant('2020-11-01T08:00'))
  addCommunes(db)
  const catalogue = catalogueOf(db)
  const calendar = catalogue.calendar(null)
  const days = workingDays(calendar).slice(lastDays === undefined ? 0 : -lastDays)
  const random = generator(20230306)
  const numbers = new Map<string, number>()
  for (let start = 0; start < count; start += CHUNK) {
    db.transaction(() => {
      for (let i = start; i < Math.min(start + CHUNK, count); i++) {
        const day = days[Math.floor((i / count) * days.length)] as string
        writeOne({ db, catalogue, random, numbers, allOpen: allOpen === true }, day)
      }
    })()
  }
  db.pragma('synchronous = FULL')
  return db
}

const CHUNK = 50_000

interface Filling {
  readonly db: Db
  readonly catalogue: Catalogue
  readonly random: () => number
  readonly numbers: Map<string, number>
  readonly allOpen: boolean
}

function writeOne({ db, catalogue, random, numbers, allOpen }: Filling, day: string): void {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  const unit = catalogue.unitByKey.get(`bench-${1 + Math.floor(random() * COMMUNES)}`)!
  const procedure = catalogue.procedureByCode.get(pick(PROCEDURES))!
  const version = versionOn(procedure.versions, day)!
  const channel: Channel = random() < 0.3 ? 'counter' : version.onlineLevel === 4 ? 'level4' : 'level3'
  const calendar = catalogue.calendar(null)
  const at = instantAt(day, 450 + Math.floor(random() * 230))
  const context: ActContext = {
    now: at,
    role: 'system',
    calendar,
    procedure: procedureRule(version),
    closedThrough: null,
    supplementExpiryDays: null,
    pauses: [],
  }
  const blank: Blank = {
    ...NOTHING_HAPPENED,
    channel,
    assisted: false,
    kiosk: false,
    byProxy: false,
    procedureId: procedure.id,
    procedureVersionId: version.id,
    receivingUnitId: unit.id,
    unitId: unit.id,
    holderUnitId: unit.id,
    assigneeId: null,
    eligible: true,
    returnMode: 'counter',
    quantity: 1,
    fee: 0,
    digitised: channel !== 'counter',
    eResult: false,
  }
  const who = catalogue.officerByKey.get(`${unit.key}.mot-cua-${1 + Math.floor(random() * 2)}`)!
  const accepted = accept({ ...blank, assigneeId: who.id }, { at, hasReason: false }, context).next
  const endOn = addWorkingDays(
    calendar,
    accepted.dueOn!,
    Math.floor(random() * 4) - (random() < 0.05 ? -1 : 3),
  )
  const endAt = Math.max(instantAt(endOn, 900), at + 60_000)
  const open = allOpen || endOn > LAST_DAY || random() < 0.002
  const dossier = open
    ? waiting(accepted, blank, day, random(), context)
    : ended(accepted, endAt, endOn, context)
  const name = `${pick(FAMILY)} ${pick(MIDDLE)} ${pick(GIVEN)}`
  const idNumber = `030${String(Math.floor(random() * 1e9)).padStart(9, '0')}`
  const phone = `09${String(Math.floor(random() * 1e8)).padStart(8, '0')}`
  const applicantId = insertPerson(db, {
    ...NOBODY,
    name,
    nameFolded: fold(name),
    idNumberHash: BENCH_VAULT.hash(idNumber),
    phoneHash: BENCH_VAULT.hash(phone),
    idTailHash: tailHash(BENCH_VAULT, idNumber),
    phoneTailHash: tailHash(BENCH_VAULT, phone),
  })
  const key = `${unit.id}|${day}`
  const number = (numbers.get(key) ?? 0) + 1
  numbers.set(key, number)
  const code = dossierCode(unit.versions[0]!.agencyCode, day, number)
  insertDossier(db, {
    ...dossier,
    version: 1,
    code: dossier.state === 'submitted' ? null : code,
    slipNumber: null,
    applicantId,
    proxyId: null,
    recordedAt: at,
  })
}

/** Of those that have not ended: some of the last day's still to be received, one in eight waiting for the citizen. */
function waiting(accepted: Dossier, blank: Blank, day: string, chance: number, context: ActContext): Dossier {
  const at = accepted.acceptedAt!
  if (day === LAST_DAY && chance < 0.2)
    return submit({ ...blank, channel: 'level4' }, { at, hasReason: false }, context).next
  if (chance > 0.125) return accepted
  const later = at + 60_000
  return requestSupplement(accepted, { at: later, hasReason: true }, { ...context, now: later }).next
}

/** Results of the last days still wait to be fetched, the others are handed over. */
function ended(accepted: Dossier, endAt: number, endOn: string, context: ActContext): Dossier {
  const asked = { at: endAt, hasReason: false, outcome: 'granted' } as const
  const ready = finish(accepted, asked, { ...context, now: endAt }).next
  if (endOn > WAITING_SINCE) return ready
  return returnResult(ready, { at: endAt + 60_000, hasReason: false }, { ...context, now: endAt + 60_000 })
    .next
}

const WAITING_SINCE = addDays(LAST_DAY, -3)

const NOBODY = {
  birthYear: null,
  sex: null,
  idNumberSealed: null,
  idNumberHash: null,
  phoneSealed: null,
  phoneHash: null,
  idTailHash: null,
  phoneTailHash: null,
  address: null,
}

const POSTS = [
  ['chu-tich', 'head'],
  ['mot-cua-1', 'counter'],
  ['mot-cua-2', 'counter'],
] as const

function addCommunes(db: Db): void {
  const orm = drizzle(db)
  const watcher = { key: 'bench-tinh', name: 'Người theo dõi cả tỉnh' }
  const { id: watcherId } = orm.insert(table.officers).values(watcher).returning().get()
  for (let i = 1; i <= COMMUNES; i++) {
    const { id } = orm
      .insert(table.units)
      .values({ key: `bench-${i}`, kind: 'shop_and_resolver', vertical: false })
      .returning()
      .get()
    const agencyCode = `${String(i).padStart(3, '0')}.99.99.H23`
    orm
      .insert(table.unitVersions)
      .values({
        unitId: id,
        name: `Xã mẫu ${i}`,
        shortName: `Mẫu ${i}`,
        level: 'commune',
        agencyCode,
        codeFormat: 'tt01_2018',
        validFrom: '2019-12-01',
      })
      .run()
    for (const [part, role] of POSTS) {
      const officer = { key: `bench-${i}.${part}`, name: `Cán bộ ${part} xã mẫu ${i}` }
      const { id: officerId } = orm.insert(table.officers).values(officer).returning().get()
      const post = {
        officerId,
        unitId: id,
        role,
        title: 'Công chức',
        validFrom: '2019-12-01',
        fieldSlugs: [],
      }
      orm.insert(table.memberships).values(post).run()
    }
    const watching = { officerId: watcherId, unitId: id, role: 'supervisor', title: 'Theo dõi' } as const
    orm
      .insert(table.memberships)
      .values({ ...watching, validFrom: '2019-12-01', fieldSlugs: [] })
      .run()
  }
  bumpCatalogue(db)
}

function workingDays(calendar: WorkCalendar): readonly string[] {
  const days: string[] = []
  for (let day = addDays(LAST_DAY, -365 * YEARS); day <= LAST_DAY; day = addDays(day, 1)) {
    if (isWorkingDay(calendar, day)) days.push(day)
  }
  return days
}

/** mulberry32 */
function generator(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
