/**
 * Every dossier once for each unit it belonged to, as `FROM ${DOSSIER_PARTS}`: its columns, and `part_unit`,
 * `part_receiving`, `part_from`, `part_to` (first and last day). A dossier that never moved is one part without ends.
 */
export const DOSSIER_PARTS = `(SELECT d.*, d.unit_id AS part_unit, d.receiving_unit_id AS part_receiving,
    '0000-00-00' AS part_from, '9999-12-31' AS part_to FROM dossiers d WHERE d.unit_since IS NULL
  UNION ALL SELECT d.*, m.unit_id, m.receiving_unit_id, m.from_on, m.to_on
    FROM dossiers d INDEXED BY dossiers_moved JOIN dossier_units m ON m.dossier_id = d.id WHERE d.unit_since IS NOT NULL)`

/** The condition that a day lies in the part. */
export function inPart(day: string): string {
  return `${day} BETWEEN part_from AND part_to`
}

/** A pending dossier came over from another unit in [@from, @to]: the part's first day. */
export const MOVED_IN = `part_from BETWEEN @from AND @to AND accepted_on < part_from
  AND (ended_on IS NULL OR ended_on >= part_from)`

/** A pending dossier went over to another unit in [@from, @to]: the day after the part's last one. */
export const MOVED_OUT = `part_to < '9999-12-31' AND date(part_to, '+1 day') BETWEEN @from AND @to
  AND accepted_on <= part_to AND (ended_on IS NULL OR ended_on > part_to)`
