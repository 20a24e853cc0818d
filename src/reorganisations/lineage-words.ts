import type { Catalogue, Lineage } from '../catalogue/catalogue.ts'
import { unitName } from '../catalogue/unit-choices.ts'
import { addDays } from '../domain/calendar/day.ts'
import { fullDay } from '../web/formats.ts'

export interface LineageSentence {
  readonly text: string
  readonly document: string
}

/** What a unit came from and what became of it, in sentences, oldest first, in the names of those days. */
export function lineageSentences(catalogue: Catalogue, unitId: number): readonly LineageSentence[] {
  const { lineage } = catalogue
  const groups = Map.groupBy(
    lineage.filter(({ fromUnitId, toUnitId }) => fromUnitId === unitId || toUnitId === unitId),
    ({ onDay, kind, fromUnitId }) => `${onDay}|${fromUnitId === unitId ? 'to' : 'from'}|${kind}`,
  )
  return [...groups.values()].map((links) => {
    const { onDay, kind, fromUnitId, document } = links[0]!
    const isFrom = fromUnitId === unitId
    const others = links.map((link) => nameOf(catalogue, link, isFrom)).join(', ')
    const [became, cameFrom] = WORDS[kind]
    return { text: `Ngày ${fullDay(onDay)}: ${isFrom ? became : cameFrom} ${others}.`, document }
  })
}

const WORDS = {
  merge: ['nhập vào', 'hợp nhất từ'],
  split_part: ['chia cho', 'nhận một phần của'],
  rename: ['đổi thành', 'đổi từ'],
  transfer_function: ['chuyển chức năng cho', 'nhận chức năng của'],
} as const satisfies Record<Lineage['kind'], readonly [string, string]>

function nameOf({ unitById }: Catalogue, link: Lineage, isFrom: boolean): string {
  const { fromUnitId, toUnitId, onDay, share } = link
  const name = isFrom
    ? unitName(unitById.get(toUnitId), onDay)
    : unitName(unitById.get(fromUnitId), addDays(onDay, -1))
  return share === null || share === 1 ? name : `${name} (${share * 100} %)`
}
