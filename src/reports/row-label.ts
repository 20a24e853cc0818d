import { type Catalogue, versionBy, versionOn } from '../catalogue/catalogue.ts'
import type { LocalDay } from '../domain/calendar/day.ts'
import { CHANNELS, type Channel } from '../domain/counting/tally.ts'
import type { ReportGrain } from './report.ts'

/** Stable key and Vietnamese label of a report's row, in the words of `day`. */
export function rowLabel(
  catalogue: Catalogue,
  by: ReportGrain,
  id: number,
  day: LocalDay,
): { key: string; label: string } {
  return LABELS[by](catalogue, id, day)
}

type Labeller = (catalogue: Catalogue, id: number, day: LocalDay) => { key: string; label: string }

const LABELS = {
  unit: (catalogue, id, day) => {
    const unit = catalogue.unitById.get(id)
    const version = unit && versionBy(unit.versions, day)
    return { key: unit?.key ?? String(id), label: version?.name ?? `#${id}` }
  },
  field: (catalogue, id) => {
    const field = catalogue.fieldById.get(id)
    return { key: field?.slug ?? String(id), label: field?.name ?? `#${id}` }
  },
  procedure: (catalogue, id) => {
    const procedure = catalogue.procedureById.get(id)
    return { key: procedure?.code ?? String(id), label: procedure?.name ?? `#${id}` }
  },
  channel: (catalogue, id, day) => {
    const channel = CHANNELS[id] as Channel
    const labels = versionOn(catalogue.regimes, day)?.channelLabels
    return { key: channel, label: labels?.[channel] ?? channel }
  },
  officer: (catalogue, id) => {
    const officer = catalogue.officerById.get(id)
    return { key: officer?.key ?? '', label: officer?.name ?? 'Chưa phân công' }
  },
} as const satisfies Record<ReportGrain, Labeller>
