import assert from 'node:assert/strict'
import { test } from 'node:test'
import { insertReceipt } from '../../db/queries/fee-receipts.ts'
import { eventIdOf } from '../../db/queries/timeline.ts'
import { addAttachments, sentFile } from '../../src/attachments/add-attachments.ts'
import { tidy } from '../../src/tidy.ts'
import { byCode, bytesOnDisk, erasing } from '../support/erasing.ts'
import { asOfficer } from '../support/posts.ts'
import { testInstallation } from '../support/test-installation.ts'

/**
 * What may stand in each column of words or bytes, and who takes it away. A column that is in none of these has to be
 * thought about before it is in the schema.
 */
interface Said {
  /** Of citizens or about them: taken away with the dossier. The first test fills each and looks. */
  readonly erased?: string
  /** Of citizens or about them: taken away by the night's tidying, or with an uploaded register. */
  readonly passing?: string
  /** What the office writes about itself and its rules, not about citizens; stays (docs/privacy.md). */
  readonly office?: string
  /** Words chosen from a list, days, numbers, keys, hashes, ids, figures, what programs say. */
  readonly machine?: string
}

const COLUMNS: Readonly<Record<string, Said>> = {
  __drizzle_migrations: { machine: 'hash' },
  accounts: { office: 'username', machine: 'kind password_hash totp_sealed' },
  alarms: { machine: 'kind subject detail' },
  api_tokens: { office: 'label', machine: 'token_hash scopes last_used_on' },
  attachments: { erased: 'name', machine: 'media_type sha256' },
  audit_entries: { machine: 'kind data hash' },
  audit_roots: { machine: 'day hash seal events_hash' },
  calendar_days: { office: 'name document', machine: 'date kind' },
  calendar_decisions: { office: 'title document' },
  calendar_moves: { machine: 'late_before late_after undo' },
  calendar_versions: { office: 'label document' },
  code_sequences: { machine: 'agency_code day' },
  correction_requests: { erased: 'request reason decision_note', machine: 'act day status' },
  criteria_sets: { office: 'definition', machine: 'set_id unit_level status hash' },
  day_cells: { machine: 'day' },
  // Counts, ids, the note on the cash, why a day was opened again.
  day_closes: { office: 'figures', machine: 'day' },
  documents: { erased: 'template', machine: 'kind subject media_type sha256 void_cause' },
  dossier_papers: { erased: 'name', machine: 'form' },
  dossier_stays: { machine: 'from_on' },
  dossier_steps: { office: 'name actor limit_text' },
  dossier_texts: { erased: 'text', machine: 'kind' },
  dossier_units: { machine: 'from_on to_on' },
  // Why it was late is part of the reports and of the timeline; whoever writes it is told so.
  dossiers: {
    office: 'overdue_reason',
    machine: `code slip_number state sub_state channel receiving_due_on refused_intake_on accepted_on receipt_day due_on
      late_on ended_on end_kind end_class outcome return_mode returned_mode fee_payment unit_since`,
  },
  emergency_slips: { office: 'cancel_reason', machine: 'number' },
  events: { machine: 'act changes' },
  explanations: { machine: 'hash strip' },
  external_identities: { machine: 'issuer subject' },
  fee_receipts: { erased: 'void_reason', machine: 'number payment taken_on voided_on' },
  feed_children: { office: 'label', machine: 'installation public_key since_on until_on' },
  feed_received: { machine: 'period_key hash message signature' },
  feed_sent: { machine: 'period_key refusal' },
  fields: { office: 'name', machine: 'slug code' },
  formulas: { machine: 'version variants' },
  hand_overs: { machine: 'number' },
  idempotency_keys: { machine: 'operation key request_hash outcome' },
  // The name of a register's file is the office's; of its rows, what they say of single people is cut.
  imports: { passing: 'report', office: 'name', machine: 'sha256 options status runner' },
  index_runs: { machine: 'as_of formula_version checksum' },
  index_scores: { machine: 'criterion explanation' },
  index_sheets: { machine: 'grade' },
  installation_roles: { machine: 'role valid_from valid_to' },
  job_runs: { machine: 'job subject runner outcome checksum detail' },
  late_changes: { machine: 'day flow' },
  memberships: { office: 'title', machine: 'role valid_from valid_to field_slugs' },
  messages: { erased: 'to_sealed text_sealed', machine: 'template channel status error' },
  office_hours: { machine: 'valid_from week reception' },
  officers: { office: 'key name' },
  outages: { office: 'reason' },
  outbox: { machine: 'job payload' },
  overdue_spells: { machine: 'from_on to_on' },
  pauses: { machine: 'kind policy' },
  periods: { machine: 'key kind scheme from_on to_on label' },
  persons: {
    erased: `name name_folded sex id_number_sealed id_number_hash id_tail_hash phone_sealed phone_hash phone_tail_hash
      email address`,
  },
  // The index of names: written anew at the end of an erasure.
  persons_words: { erased: 'name_folded' },
  persons_words_config: { machine: 'k v' },
  persons_words_data: { erased: 'block' },
  persons_words_docsize: { machine: 'sz' },
  persons_words_idx: { erased: 'term', machine: 'segid pgno' },
  procedure_components: { office: 'name' },
  procedure_steps: { office: 'name actor limit_text' },
  procedure_versions: {
    office: 'limit_text fee_note publication_decision source',
    machine: `valid_from valid_to mode lateness online_mode supplement_policy payment_policy verification_policy
      consultation_policy`,
  },
  procedures: { office: 'name', machine: 'code level' },
  rate_variants: { machine: 'code definition' },
  recovery_codes: { machine: 'code_hash' },
  regimes: { office: 'name channel_labels', machine: 'key valid_from valid_to' },
  register_books: { machine: 'year book' },
  reorganisations: { office: 'document title plan', machine: 'on_day' },
  saved_views: { office: 'name', machine: 'query' },
  sessions: { office: 'browser address', machine: 'token_hash' },
  settings: { office: 'value', machine: 'key' },
  setup_links: { machine: 'token_hash' },
  sign_in_failures: { machine: 'name_hash' },
  snapshots: { machine: 'period_key formula_version calendar_version figures breakdown hash cause kind' },
  stock_anchors: { machine: 'day' },
  substitutions: { office: 'reason', machine: 'from_on to_on' },
  training_intakes: { passing: 'intake_sealed' },
  unit_contacts: { office: 'phone email address' },
  unit_lineage: { office: 'document', machine: 'kind on_day' },
  unit_versions: {
    office: 'name short_name document',
    machine: 'level gso_code agency_code code_format valid_from valid_to',
  },
  units: { machine: 'key kind' },
  watched_files: { passing: 'report', office: 'folder name', machine: 'sha256 outcome' },
  webhook_deliveries: { erased: 'body', machine: 'status last_error' },
  webhooks: { office: 'label url', machine: 'secret acts' },
}

const wordsIn = (text = '') => text.split(/\s+/).filter((word) => word !== '')

test('of every column of words or bytes it is said whether people may stand in it, and who takes that away', () => {
  const { db } = testInstallation()
  const there = db
    .prepare(
      `SELECT m.name || '.' || c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c
         WHERE m.type = 'table' AND m.name <> 'sqlite_sequence' AND upper(c.type) IN ('TEXT', 'BLOB', '') ORDER BY 1`,
    )
    .pluck()
    .all() as string[]
  const said = Object.entries(COLUMNS).flatMap(([table, kinds]) =>
    Object.values(kinds as Record<string, string>).flatMap((columns) =>
      wordsIn(columns).map((column) => `${table}.${column}`),
    ),
  )
  assert.deepEqual(said.toSorted(), there.toSorted())
  db.close()
})

test('what is said to go with a dossier goes: each such column is filled, and after the erasure no byte is left', () => {
  const { installation, db, log, end, erase, later } = erasing()
  const clerk = asOfficer(installation, 'xa-ngoc-ky.mot-cua-1')
  const papers = [{ name: 'Giấy tự viết', form: 'copy', copies: 1, digitised: false }] as const
  const dossier = end(log({ note: 'x', papers, proxy: { name: 'Bùi Văn Thay' } }))
  const { id, receivingUnitId: unitId } = dossier
  const event = eventIdOf(db, id, dossier.version)
  db.transaction(() =>
    addAttachments(installation, clerk, dossier, [
      sentFile(installation, 'a.pdf', Buffer.from('%PDF-1.7\nx')),
    ]),
  ).immediate()
  insertReceipt(db, {
    ...{ number: 'BL-1', dossierId: id, unitId, amount: 1, payment: 'cash' },
    ...{ takenAt: installation.clock.now(), takenOn: '2023-03-08', takenById: null },
  })
  db.exec(`INSERT INTO correction_requests (dossier_id, unit_id, act, day, reason, requested_at, status)
      VALUES (${id}, ${unitId}, 'amend', '2023-03-06', '', 0, 'waiting');
    INSERT INTO messages (dossier_id, template, channel, dossier_version, created_at, send_at, status, attempts)
      VALUES (${id}, 'received', 'sms', 1, 0, 0, 'sent', 1);
    INSERT INTO documents (kind, subject, version, dossier_id, template, media_type, sha256, bytes, issued_at)
      VALUES ('receipt-slip', 's', 1, ${id}, 't', 'application/pdf', 'ab', 1, 0);
    INSERT INTO webhooks (label, url, secret, created_at, last_event_id) VALUES ('w', 'https://w.test', x'00', 0, 0);
    INSERT INTO webhook_deliveries (webhook_id, event_id, body, status, attempts, created_at)
      VALUES (1, ${event}, '{}', 'delivered', 1, 0);`)
  const rowsOf: Readonly<Record<string, string>> = {
    persons: `id IN (${dossier.applicantId}, ${dossier.proxyId})`,
    webhook_deliveries: `event_id = ${event}`,
  }
  const marked = Object.entries(COLUMNS)
    .filter(([table]) => !table.startsWith('persons_words'))
    .flatMap(([table, { erased }]) => wordsIn(erased).map((column) => ({ table, column })))
  for (const { table, column } of marked) {
    const where = rowsOf[table] ?? `dossier_id = ${id}`
    const filled = db
      .prepare(`UPDATE ${table} SET ${column} = ${valueFor(table, column)} WHERE ${where}`)
      .run()
    assert.ok(filled.changes > 0, `no row to fill in ${table}`)
  }
  const left = () => {
    const disk = bytesOnDisk(installation)
    return marked.map(markOf).filter((mark) => disk.includes(mark))
  }
  assert.deepEqual(left(), marked.map(markOf))
  later()
  erase(byCode(dossier))
  assert.deepEqual(left(), [])
  installation.close()

  function markOf({ table, column }: { readonly table: string; readonly column: string }): string {
    return `vết${table}${column}`.replaceAll('_', '')
  }

  /** Numbers of people are unique by their hashes. */
  function valueFor(table: string, column: string): string {
    const mark = markOf({ table, column })
    const type = db.prepare('SELECT type FROM pragma_table_info(?) WHERE name = ?').pluck().get(table, column)
    return type === 'BLOB' ? `CAST('${mark}' || rowid AS BLOB)` : `'${mark}'`
  }
})

test('the words of a request for a new dossier that was rejected go when it is shown no more', () => {
  const { installation, db } = erasing()
  const { id: unitId } = db.prepare('SELECT id FROM units LIMIT 1').get() as { id: number }
  const decidedAt = installation.clock.now()
  db.prepare(
    `INSERT INTO correction_requests (unit_id, act, day, reason, requested_at, status, decided_at, decision_note)
       VALUES (?, 'accept', '2023-03-01', 'Ông Bùi nộp hôm ấy', 0, 'rejected', ?, 'Ông Bùi không nộp')`,
  ).run(unitId, decidedAt)
  const words = () => db.prepare('SELECT reason, decision_note FROM correction_requests').raw().get()
  installation.at('2023-05-31T09:00')
  tidy(installation, installation.config)
  assert.deepEqual(words(), ['Ông Bùi nộp hôm ấy', 'Ông Bùi không nộp'])
  installation.at('2023-06-30T09:00')
  tidy(installation, installation.config)
  assert.deepEqual(words(), ['', null])
  installation.close()
})
