import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'

/** Why a dossier that is still open looks as if it were done. */
export type DoneSign = 'result_sent' | 'folder_back' | 'signed' | 'attached'

export interface DoneRow {
  readonly dossierId: number
  readonly sign: DoneSign
  /** When that happened. */
  readonly at: number
  /** Of `attached`: name of the file. */
  readonly name: string | null
}

const OPEN = `d.receiving_unit_id = @unitId AND d.state IN ('accepted', 'processing') AND d.ended_at IS NULL
  AND d.accepted_at IS NOT NULL`

/** No journey of the folder began after this one, those that were taken back aside: here it lies. */
const IS_LAST = `NOT EXISTS (SELECT 1 FROM hand_over_folders n WHERE n.dossier_id = f.dossier_id AND n.recalled_at IS NULL
  AND (n.sent_at, n.hand_over_id) > (f.sent_at, f.hand_over_id))`

/**
 * What speaks for it that a dossier of a shop is done: its result went out electronically and it was not closed; its
 * folder came back since the dossier was passed on, and lies there; it is due and went to or came from signature before
 * `signedBefore`; a file was added since it was passed on. One dossier may have several signs.
 */
export function doneUnclicked(
  db: Db,
  {
    unitId,
    day,
    signedBefore,
  }: { readonly unitId: number; readonly day: string; readonly signedBefore: number },
): readonly DoneRow[] {
  return prepared<DoneRow>(
    db,
    `SELECT d.id AS dossierId, 'result_sent' AS sign, d.resolved_at AS at, NULL AS name FROM dossiers d
       WHERE d.state = 'result_ready' AND d.receiving_unit_id = @unitId AND d.e_result = 1
     UNION ALL SELECT d.id, 'folder_back', f.received_at, NULL FROM dossiers d
       JOIN hand_over_folders f ON f.dossier_id = d.id JOIN hand_overs h ON h.id = f.hand_over_id
       WHERE ${OPEN} AND f.received_at > coalesce(d.transferred_at, d.accepted_at)
         AND f.to_unit_id = d.receiving_unit_id AND h.from_unit_id <> d.receiving_unit_id AND ${IS_LAST}
     UNION ALL SELECT d.id, 'signed', max(e.occurred_at), NULL FROM dossiers d JOIN events e ON e.dossier_id = d.id
       WHERE ${OPEN} AND d.due_on <= @day AND e.act IN ('send_for_signature', 'return_from_signature')
         GROUP BY d.id HAVING max(e.occurred_at) < @signedBefore
     UNION ALL SELECT d.id, 'attached', a.added_at, a.name FROM dossiers d JOIN attachments a ON a.dossier_id = d.id
       WHERE ${OPEN} AND a.removed_at IS NULL AND a.added_at > coalesce(d.transferred_at, d.accepted_at)
     ORDER BY dossierId`,
  ).all({ unitId, day, signedBefore })
}
