import { FLOWS } from '../../src/domain/counting/tally.ts'
import { RuleError } from '../../src/domain/refusals.ts'
import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'
import { snakeCase } from '../snake-case.ts'
import { DOSSIER_SQL_COLUMNS } from './dossiers.ts'

/** A staged id as the real one: new dossiers get the ids after the last one. */
const REAL = (column: string) => `CASE WHEN ${column} < 0 THEN @dossierBase - ${column} ELSE ${column} END`
const UPDATED = DOSSIER_SQL_COLUMNS.filter((column) => column !== 'id')
const FLOW_COLUMNS = FLOWS.map(snakeCase)
const KEY = 'unit_id, receiving_unit_id, procedure_id, channel, officer_id'

/** The writing of everything staged: statements over whole tables, in this order. */
const STATEMENTS = [
  `INSERT INTO main.dossiers (${DOSSIER_SQL_COLUMNS.join(', ')})
     SELECT ${DOSSIER_SQL_COLUMNS.map((column) => (column === 'id' ? REAL('id') : column)).join(', ')} FROM stage.dossiers
     WHERE true ORDER BY id DESC ON CONFLICT (id) DO UPDATE SET ${UPDATED.map((column) => `${column} = excluded.${column}`).join(', ')}`,
  `INSERT INTO main.events (id, dossier_id, seq, act, occurred_at, recorded_at, actor_id, changes)
     SELECT @eventBase + id, ${REAL('dossier_id')}, seq, act, occurred_at, recorded_at, actor_id, changes
     FROM stage.events ORDER BY id`,
  'DELETE FROM main.pauses WHERE dossier_id IN (SELECT id FROM stage.dossiers WHERE id > 0)',
  `INSERT INTO main.pauses (dossier_id, kind, policy, from_at, to_at, due_at)
     SELECT ${REAL('dossier_id')}, kind, policy, from_at, to_at, due_at FROM stage.pauses ORDER BY rowid`,
  `INSERT INTO main.dossier_texts (dossier_id, seq, kind, text)
     SELECT ${REAL('dossier_id')}, seq, kind, text FROM stage.texts ORDER BY rowid`,
  `INSERT INTO main.late_changes (event_id, day, ${KEY}, flow, n)
     SELECT @eventBase + event, day, ${KEY}, flow, n FROM stage.late ORDER BY rowid`,
  `INSERT INTO main.day_cells (day, ${KEY}, ${FLOW_COLUMNS.join(', ')})
     SELECT day, ${KEY}, ${FLOW_COLUMNS.join(', ')} FROM stage.cells
     WHERE true ORDER BY day, ${KEY}
     ON CONFLICT DO UPDATE SET ${FLOW_COLUMNS.map((column) => `${column} = ${column} + excluded.${column}`).join(', ')}`,
  `INSERT INTO main.stocks (${KEY}, open, overdue) SELECT ${KEY}, open, overdue FROM stage.stocks WHERE true
     ON CONFLICT DO UPDATE SET open = open + excluded.open, overdue = overdue + excluded.overdue`,
  `INSERT INTO main.stock_anchors (day, ${KEY}, open, overdue) SELECT day, ${KEY}, open, overdue FROM stage.anchors WHERE true
     ON CONFLICT DO UPDATE SET open = open + excluded.open, overdue = overdue + excluded.overdue`,
  `INSERT INTO main.code_sequences (agency_code, day, last) SELECT agency_code, day, max(last) FROM stage.numbers
     GROUP BY agency_code, day ON CONFLICT DO UPDATE SET last = max(last, excluded.last)`,
] as const

/**
 * Writes all that is staged, in the caller's IMMEDIATE transaction. Throws `import_overtaken` where somebody else has
 * since changed a dossier of the file or used one of its codes.
 */
export function writeStaged(db: Db): void {
  const overtaken = prepared<{ n: number }>(
    db,
    `SELECT (SELECT count(*) FROM stage.dossiers s JOIN main.dossiers d ON d.code = s.code AND d.id <> s.id)
       + (SELECT count(*) FROM stage.known k JOIN main.dossiers d ON d.id = k.id WHERE d.version <> k.version) AS n`,
  ).get()!.n
  if (overtaken > 0) throw new RuleError('import_overtaken')
  const bases = {
    dossierBase: newest(db, 'dossiers'),
    eventBase: newest(db, 'events'),
  }
  for (const sql of STATEMENTS) {
    const named = Object.entries(bases).filter(([name]) => sql.includes(`@${name}`))
    prepared(db, sql).run(...(named.length === 0 ? [] : [Object.fromEntries(named)]))
  }
}

/** Points the staged dossiers at their people, who are written by now; outside any lock. */
export function linkPeople(db: Db): void {
  db.exec(`UPDATE stage.dossiers SET applicant_id = CASE WHEN applicant_id < 0 THEN -applicant_id
    ELSE (SELECT real FROM stage.persons WHERE local = applicant_id) END WHERE applicant_id IS NOT NULL`)
}

function newest(db: Db, table: 'dossiers' | 'events'): number {
  return prepared<{ id: number | null }>(db, `SELECT max(id) AS id FROM main.${table}`).get()?.id ?? 0
}
