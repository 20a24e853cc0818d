import { join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import Fastify from 'fastify'
import { migrateDatabase } from '../../db/migrate.ts'
import { openDatabase } from '../../db/open.ts'
import { snakeCase } from '../../db/snake-case.ts'
import { FLOWS } from '../../src/domain/counting/tally.ts'

/**
 * The bare reference: Fastify with a validated body and better-sqlite3, writing the same rows as one acceptance
 * (number of the day, person, dossier, event, three cells, one stock) with constants where the product computes.
 * `grouped` false commits each request by itself. No rules, no idempotency, no actor, no explanation.
 */
export async function startReference(dir: string, grouped: boolean, port: number): Promise<void> {
  const db = openDatabase(join(dir, 'reference.db'), { busyTimeoutMs: 5000 })
  migrateDatabase(db)
  db.pragma('foreign_keys = OFF')
  const insertOne = statements(db)
  const begin = db.prepare('BEGIN IMMEDIATE')
  const commit = db.prepare('COMMIT')
  let queue: (() => void)[] = []
  const write = (): Promise<string> =>
    new Promise((resolve) => {
      if (!grouped) {
        begin.run()
        const code = insertOne()
        commit.run()
        resolve(code)
        return
      }
      if (queue.length === 0) setImmediate(flush)
      let code = ''
      queue.push(() => {
        code = insertOne()
      })
      done.push(() => resolve(code))
    })
  let done: (() => void)[] = []
  function flush(): void {
    const [work, tell] = [queue, done]
    queue = []
    done = []
    begin.run()
    for (const one of work) one()
    commit.run()
    for (const one of tell) one()
  }
  const app = Fastify({ logger: false })
  const text = { type: 'string', maxLength: 200 } as const
  const body = {
    type: 'object',
    additionalProperties: false,
    required: ['act', 'unit', 'procedure', 'channel', 'applicant'],
    properties: {
      act: text,
      unit: text,
      procedure: text,
      channel: text,
      applicant: {
        type: 'object',
        required: ['name'],
        properties: { name: text, idNumber: text, phone: text, address: text },
      },
    },
  } as const
  app.post('/api/v1/dossiers', { schema: { body } }, async (_request, reply) => {
    const code = await write()
    return reply.code(201).send({ code, dueOn: '2023-03-09' })
  })
  await app.listen({ host: '127.0.0.1', port })
}

function statements(db: ReturnType<typeof openDatabase>): () => string {
  const columns = db
    .prepare<[], { name: string; type: string; notnull: number }>('PRAGMA table_info(dossiers)')
    .all()
  const written = columns.filter((column) => column.name !== 'id')
  const insertDossier = db.prepare(
    `INSERT INTO dossiers (${written.map((c) => c.name).join(', ')}) VALUES (${written.map(() => '?').join(', ')})`,
  )
  const values: (string | number)[] = written.map((c) => (c.type.toUpperCase() === 'TEXT' ? 'value-text' : 1))
  const codeAt = written.findIndex((c) => c.name === 'code')
  const applicantAt = written.findIndex((c) => c.name === 'applicant_id')
  const insertPerson = db.prepare(
    `INSERT INTO persons (name, name_folded, id_number_sealed, id_number_hash, phone_sealed, phone_hash, address) VALUES (?, ?, ?, ?, ?, ?, ?)`,
  )
  const insertEvent = db.prepare(
    `INSERT INTO events (dossier_id, seq, act, occurred_at, recorded_at, actor_id, changes) VALUES (?, 1, 'accept', 1, 1, 1, ?)`,
  )
  const next = db.prepare<[], { last: number }>(
    `INSERT INTO code_sequences VALUES ('000.01.01.H23', '2023-03-06', 1) ON CONFLICT DO UPDATE SET last = last + 1 RETURNING last`,
  )
  const flows = FLOWS.map(snakeCase)
  const cell = db.prepare(
    `INSERT INTO day_cells (day, unit_id, receiving_unit_id, procedure_id, channel, officer_id, ${flows.join(', ')})
       VALUES (?, 1, 1, 1, 1, 0, ${flows.map(() => '?').join(', ')})
       ON CONFLICT DO UPDATE SET ${flows.map((f) => `${f} = ${f} + excluded.${f}`).join(', ')}`,
  )
  const stock = db.prepare(
    `INSERT INTO stocks VALUES (1, 1, 1, 1, 0, 1, 1) ON CONFLICT DO UPDATE SET open = open + 1, overdue = overdue + 1`,
  )
  const sealed = Buffer.alloc(40, 7)
  const changes = JSON.stringify(Object.fromEntries(written.map((c, i) => [c.name, values[i]])))
  const ones = flows.map((_, i) => (i < 3 ? 1 : 0))
  let hashes = 0
  return () => {
    const code = `000.01.01.H23-230306-${String(next.get()!.last).padStart(4, '0')}`
    const hash = Buffer.alloc(16)
    hash.writeUInt32LE(Math.imul(++hashes, 2654435761) >>> 0)
    const person = insertPerson.run('Nguyễn Thị Đào', 'nguyen thi dao', sealed, hash, sealed, hash, 'Xã mẫu')
    values[codeAt] = code
    values[applicantAt] = Number(person.lastInsertRowid)
    const dossier = insertDossier.run(...values)
    insertEvent.run(dossier.lastInsertRowid, changes)
    for (const day of ['2023-03-06', '2023-03-09', '2023-03-10']) cell.run(day, ...ones)
    stock.run()
    return code
  }
}

if (parentPort !== null) {
  const { dir, grouped, port } = workerData as { dir: string; grouped: boolean; port: number }
  await startReference(dir, grouped, port)
  parentPort.postMessage('ready')
}
