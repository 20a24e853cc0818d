import type { Catalogue } from '../../../src/catalogue/catalogue.ts'
import { followingPosts } from '../../../src/reorganisations/following-posts.ts'
import type { OpenedUnit, ReorganisationPlan } from '../../../src/reorganisations/plan-schema.ts'
import type { UnitSeed } from '../reference-types.ts'
import type { ReorganisationSeed } from './reorganisations.ts'
import { DISTRICT, DISTRICT_SHOP, departmentKeys } from './units.ts'

/** Where what belonged to the district, or to a commune that was split, waits for a decision. Samples, as the posts are. */
const SEAT = 'xa-tu-ky-2025'
const CITY = 'thanh-pho-hai-phong'

/**
 * A reorganisation of Tứ Kỳ as a plan, for the units and officers as the one before it left them. Dossiers of a merged
 * commune follow it; those of split communes and of the district's departments wait to be given out. People of a merged
 * commune follow it too; those of a split one go to its first part, those of the district to the commune at its seat.
 */
export function tuKyPlan(catalogue: Catalogue, seed: ReorganisationSeed): ReorganisationPlan {
  const { on, document, closes, opens, lineage } = seed
  const shopOf = (key: string) => opens.find((unit) => unit.key === key)?.receivingShop ?? key
  const ofDistrict = new Set<string>([DISTRICT_SHOP, ...departmentKeys])
  const follows = closes.flatMap((from) => {
    const became = lineage.find((link) => link.from === from && link.kind !== 'transfer_function')?.to
    const to = from === DISTRICT ? CITY : ofDistrict.has(from) ? SEAT : became
    return to === undefined ? [] : [{ from, to, shop: shopOf(to) }]
  })
  const moved = closes.includes(DISTRICT)
    ? catalogue.procedures.filter(({ level }) => level === 'district')
    : []
  return {
    on,
    document,
    title: closes.includes(DISTRICT) ? 'Bỏ cấp huyện, sáu xã mới của Tứ Kỳ' : 'Nhập sáu xã của huyện Tứ Kỳ',
    closes: [...closes],
    opens: opens.map(opened),
    renames: [],
    lineage: lineage.map(({ from, to, kind, share, document: own }) => ({
      from,
      to,
      kind,
      share,
      document: own,
    })),
    takeovers: [],
    coordinator: closes.includes(DISTRICT) ? SEAT : null,
    procedures: moved.map(({ code }) => ({ procedure: code, resolver: null, level: 'commune' })),
    officers: followingPosts(catalogue, on, follows),
  }
}

function opened({ key, kind, receivingShop, versions }: UnitSeed): OpenedUnit {
  const { validFrom: _, validTo: __, document: ___, ...version } = versions[0]!
  return { key, kind, receivingShop, ...version }
}
