import type { HandOverRow } from '../../db/queries/hand-overs.ts'
import type { Catalogue } from '../catalogue/catalogue.ts'
import { unitName } from '../catalogue/unit-choices.ts'
import { localDayOf } from '../domain/calendar/day.ts'

type Ends = Pick<HandOverRow, 'fromUnitId' | 'toUnitId' | 'toOfficerId' | 'sentAt' | 'sentById'>

/** Who sent: the unit; of what stays within it, the person before it: “Đỗ Thị Nhàn, Xã Ngọc Kỳ”. */
export function senderOf(catalogue: Catalogue, ends: Ends): string {
  const isWithin = ends.fromUnitId === ends.toUnitId
  return endOf(catalogue, ends.fromUnitId, isWithin ? ends.sentById : null, ends.sentAt)
}

/** Who receives: the unit, the person before it where it was sent to one. */
export function receiverOf(catalogue: Catalogue, { toUnitId, toOfficerId, sentAt }: Ends): string {
  return endOf(catalogue, toUnitId, toOfficerId, sentAt)
}

/** “Xã Ngọc Kỳ → Phòng Tư pháp”; within a unit from person to person. */
export function pathOf(catalogue: Catalogue, ends: Ends): string {
  const isWithin = ends.fromUnitId === ends.toUnitId
  const [from, to] = [ends.sentById, ends.toOfficerId].map((id) =>
    officerName(catalogue, isWithin ? id : null),
  )
  return `${from ?? senderOf(catalogue, ends)} → ${to ?? receiverOf(catalogue, ends)}`
}

function endOf(catalogue: Catalogue, unitId: number, officerId: number | null, at: number): string {
  const unit = unitName(catalogue.unitById.get(unitId), localDayOf(at))
  const person = officerName(catalogue, officerId)
  return person === undefined ? unit : `${person}, ${unit}`
}

export function officerName({ officerById }: Catalogue, officerId: number | null): string | undefined {
  return officerId === null ? undefined : officerById.get(officerId)?.name
}
