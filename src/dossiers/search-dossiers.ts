import type { Db } from '../../db/open.ts'
import type { QueueScope } from '../../db/queries/queue-scope.ts'
import {
  type Found,
  foundByCode,
  foundByDay,
  foundByName,
  foundByNameNear,
  foundByNumber,
  foundByTail,
} from '../../db/queries/search.ts'
import { maySee } from '../accounts/seen-units.ts'
import { type Catalogue, catalogueOf } from '../catalogue/catalogue.ts'
import type { Actor, Deps } from '../deps.ts'
import { phoneSpellings } from '../person-numbers.ts'
import { tailHash } from '../tail-hash.ts'
import { scopesOf } from './queue-scope.ts'
import { codeStarts, rankName, readSearch, type Search, type SearchWord } from './search-words.ts'
import { dossierOfSlip } from './slip-numbers.ts'

/** Found dossiers that are put in order; beyond them one has to type more. */
const MOST = 500

/** Few units: a common name is looked for among their own last dossiers too, so many in all. */
const FEW_UNITS = 10
const MOST_NEAR = 2_000

/**
 * Ids of the dossiers somebody may see that answer what was typed, the best first: a code or a part of one, an ID or
 * phone number or its last four digits, or a name in any order, with or without marks, the last word unfinished.
 */
export function searchDossiers(
  deps: Pick<Deps, 'db' | 'clock' | 'vault'>,
  actor: Actor,
  { q, limit }: { readonly q: string; readonly limit: number },
): readonly number[] {
  const scope = scopesOf(deps, actor).all ?? { kind: 'all' }
  const search = readSearch(q)
  const slip = dossierOfSlip(deps.db, q)
  const found: readonly Pick<Found, 'id'>[] = [
    ...(slip !== null && maySee(deps, actor, slip) ? [slip] : []),
    ...byNumber(deps, search, scope),
    ...byCode(deps, search, scope, q),
    ...byName(deps, search, scope, { q, limit }),
  ]
  return [...new Set(found.map(({ id }) => id))].slice(0, limit)
}

function byNumber({ db, vault }: Pick<Deps, 'db' | 'vault'>, { number, tail }: Search, scope: QueueScope) {
  const seen = { scope, limit: MOST }
  const spellings = number === null ? [] : phoneSpellings(number)
  const whole = spellings.flatMap((each) => foundByNumber(db, vault.hash(each), seen))
  const hash = tailHash(vault, tail)
  return hash === null ? whole : [...whole, ...foundByTail(db, hash, seen)]
}

function byCode({ db }: Pick<Deps, 'db'>, { code }: Search, scope: QueueScope, q: string): readonly Found[] {
  if (code === null) return []
  const catalogue = catalogueOf(db)
  const own =
    'unitIds' in scope ? agencyCodes(catalogue, new Set(scope.unitIds)) : agencyCodes(catalogue, null)
  // A whole day is short anywhere; less of a code is looked for among the agencies of what somebody sees.
  const days = codeStarts(code, agencyCodes(catalogue, null)).filter((start) => WITH_DAY.test(start))
  const wide = codeStarts(code, own).filter((start) => !WITH_DAY.test(start))
  const typed = WITH_DAY.test(q.trim()) ? [q.trim().toUpperCase()] : []
  const seen = { scope, limit: MOST }
  const ofEach = Math.max(LEAST_OF_EACH, Math.ceil(MOST / (wide.length || 1)))
  const found = [
    ...foundByDay(db, [...new Set([...typed, ...days])], seen),
    ...foundByCode(db, wide, { ...seen, ofEach }),
  ]
  return found.sort((a, b) => b.id - a.id)
}

const WITH_DAY = /-\d{6}/
const LEAST_OF_EACH = 8

function byName(
  { db }: Pick<Deps, 'db'>,
  { words }: Search,
  scope: QueueScope,
  { q, limit }: { readonly q: string; readonly limit: number },
): readonly Found[] {
  if (words.length === 0) return []
  const seen = { scope, limit: MOST }
  const { found: unfinished, isAll } = foundByName(db, matchOf(words, '*'), seen)
  const found = [...unfinished]
  if (!isAll) {
    // Of many, only the newest were looked at: whole words are looked for again, and what one's own units have.
    found.push(...foundByName(db, matchOf(words, ''), seen).found)
    if (found.length < limit) found.push(...nearOf(db, words, scope))
  }
  const ranked = found.map((each) => ({ ...each, rank: rankName(each.applicant ?? '', q) }))
  return ranked.sort((a, b) => a.rank - b.rank || b.id - a.id)
}

function nearOf(db: Db, words: readonly SearchWord[], scope: QueueScope): readonly Found[] {
  if (!('unitIds' in scope) || scope.unitIds.length > FEW_UNITS) return []
  const most = Math.ceil(MOST_NEAR / scope.unitIds.length)
  return scope.unitIds.flatMap((unitId) => foundByNameNear(db, likesOf(words), { unitId, most, limit: MOST }))
}

/** All words in any order; with `*` the last may go on. Only letters and digits get here. */
function matchOf(words: readonly SearchWord[], lastEnd: '' | '*'): string {
  return words
    .map(({ folded, untelexed }, index) => {
      const end = index === words.length - 1 ? lastEnd : ''
      return untelexed === null ? `"${folded}"${end}` : `("${folded}"${end} OR "${untelexed}"${end})`
    })
    .join(' AND ')
}

function likesOf(words: readonly SearchWord[]): readonly string[] {
  return words.map(({ folded }, index) => (index === words.length - 1 ? `% ${folded}%` : `% ${folded} %`))
}

/** The agency codes there are and were: of these units, or all. */
function agencyCodes({ units }: Catalogue, unitIds: ReadonlySet<number> | null): readonly string[] {
  const own = unitIds === null ? units : units.filter(({ id }) => unitIds.has(id))
  const codes = own.flatMap(({ versions }) => versions.map(({ agencyCode }) => agencyCode))
  return [...new Set(codes)].filter((code): code is string => code !== null)
}
