import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'

export interface CodeGap {
  readonly agencyCode: string
  readonly day: string
  /** Last number given by the sequence, codes there are, and the highest number among them. */
  readonly last: number
  readonly count: number
  readonly highest: number
}

/**
 * Days of an agency whose codes do not run from 1 to the last number given (TT 01/2018 art 19). Days with a dossier
 * that the system entered may have gaps, since an import keeps the codes of its source; no number may ever stand
 * above the sequence.
 */
export function codeGaps(db: Db): readonly CodeGap[] {
  return prepared<CodeGap>(
    db,
    `WITH counted AS (
      SELECT s.agency_code AS agencyCode, s.day, s.last, count(d.id) AS count,
        max(coalesce(CAST(substr(d.code, length(s.prefix) + 1) AS INTEGER), 0)) AS highest,
        coalesce(max((SELECT e.actor_id IS NULL FROM events e WHERE e.dossier_id = d.id AND e.seq = 1)), 0) AS entered
      FROM (SELECT agency_code, day, last,
          agency_code || '-' || substr(day, 3, 2) || substr(day, 6, 2) || substr(day, 9, 2) || '-' AS prefix
        FROM code_sequences WHERE agency_code NOT LIKE '% %') s
      LEFT JOIN dossiers d ON d.code > s.prefix AND d.code < s.prefix || ':'
      GROUP BY s.agency_code, s.day)
    SELECT agencyCode, day, last, count, highest FROM counted
      WHERE highest > last OR (count < last AND NOT entered) ORDER BY day, agencyCode`,
  ).all()
}
