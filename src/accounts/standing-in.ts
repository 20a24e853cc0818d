import { catalogueOf } from '../catalogue/catalogue.ts'
import type { Deps } from '../deps.ts'
import { fullDay } from '../web/formats.ts'
import { substitutionsOf } from './posts.ts'

/** “Đang thay Vũ Văn An, đến hết 10/03/2023.”: what stands over every page of a substitute; null: stands in for nobody. */
export function standingInLine({ db, clock }: Pick<Deps, 'db' | 'clock'>, officerId: number): string | null {
  const catalogue = catalogueOf(db)
  const parts = substitutionsOf(catalogue, officerId, clock.now()).map(
    ({ absentId, toOn }) => `${catalogue.officerById.get(absentId)?.name ?? ''}, đến hết ${fullDay(toOn)}`,
  )
  return parts.length === 0 ? null : `Đang thay ${parts.join('; ')}.`
}
