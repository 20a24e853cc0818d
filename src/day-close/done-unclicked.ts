import { type DoneRow, type DoneSign, doneUnclicked } from '../../db/queries/done-unclicked.ts'
import type { Deps } from '../deps.ts'
import { instantAt, type LocalDay } from '../domain/calendar/day.ts'
import { fold } from '../fold.ts'
import { nearMoment } from '../web/formats.ts'

/** A dossier that looks done, with all that speaks for it. */
export interface Unclicked {
  readonly dossierId: number
  readonly why: readonly string[]
}

/** Names under which results are scanned. */
const RESULT_NAME = /ket.?qua|trich.?luc|giay.?chung.?nhan|giay.?xac.?nhan|quyet.?dinh/

const WORDS = {
  result_sent: (at) => `đã gửi kết quả điện tử ${at}`,
  folder_back: (at) => `bản giấy đã về Một cửa ${at}`,
  signed: (at) => `trình ký từ ${at}, đã đến hạn`,
  attached: (at) => `có tệp kết quả ${at}`,
} as const satisfies Record<DoneSign, (at: string) => string>

/** Dossiers of a shop that are done, it seems, and that nobody has closed. Nothing closes them by itself. */
export function unclickedOf({ db }: Pick<Deps, 'db'>, unitId: number, day: LocalDay): readonly Unclicked[] {
  const rows = doneUnclicked(db, { unitId, day, signedBefore: instantAt(day, 0) }).filter(isResult)
  const byDossier = Map.groupBy(rows, ({ dossierId }) => dossierId)
  return [...byDossier].map(([dossierId, signs]) => ({
    dossierId,
    why: [...new Set(signs.map(({ sign, at }) => WORDS[sign](nearMoment(at, day))))],
  }))
}

/** Files of an applicant are no result: its name has to say so. */
function isResult({ sign, name }: DoneRow): boolean {
  return sign !== 'attached' || RESULT_NAME.test(fold(name ?? ''))
}
