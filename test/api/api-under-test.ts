import { createHash } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { groupCommit, type Writer } from '../../db/group-commit.ts'
import { serviceApp } from '../support/service-app.ts'
import { type TestInstallation, testInstallation } from '../support/test-installation.ts'

export interface ApiUnderTest {
  readonly app: FastifyInstance
  readonly installation: TestInstallation
  readonly writer: Writer
  get(path: string, headers?: Headers): Promise<Answer>
  post(path: string, body: unknown, headers?: Headers): Promise<Answer>
  /** Changes whenever a row of any table does. */
  fingerprint(): string
}

type Headers = Readonly<Record<string, string>>

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  readonly text: string
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects
  readonly json: any
}

/** The whole service on a real database, asked without a network. */
export async function apiUnderTest(moment?: string, file?: string): Promise<ApiUnderTest> {
  const installation = testInstallation(moment, file)
  const writer = groupCommit(installation.db)
  const app = await serviceApp(installation, writer)
  const inject = async (
    method: 'GET' | 'POST',
    path: string,
    headers: Headers,
    payload?: string | Buffer,
  ) => {
    const reply = await app.inject({
      method,
      url: path.startsWith('/') ? path : `/api/v1/${path}`,
      headers,
      ...(payload !== undefined && { payload }),
    })
    const isJson = String(reply.headers['content-type']).includes('json')
    return {
      status: reply.statusCode,
      headers: reply.headers,
      text: reply.payload,
      json: isJson ? JSON.parse(reply.payload) : undefined,
    }
  }
  return {
    app,
    installation,
    writer,
    get: (path, headers = {}) => inject('GET', path, headers),
    post: (path, body, headers = {}) => {
      const payload = typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body)
      return inject('POST', path, { 'content-type': 'application/json', ...headers }, payload)
    },
    fingerprint: () => fingerprintOf(installation),
  }
}

function fingerprintOf({ db }: TestInstallation): string {
  const tables = db
    .prepare<[], { name: string }>(
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'
         AND name NOT IN ('accounts', 'sessions')`,
    )
    .all()
  const hash = createHash('sha256')
  for (const { name } of tables) {
    hash.update(name)
    for (const row of db.prepare(`SELECT * FROM "${name}"`).raw().iterate()) hash.update(JSON.stringify(row))
  }
  return hash.digest('hex')
}

/** An acceptance at the counter of Ngọc Kỳ, three working days. */
export const INTAKE = {
  unit: 'xa-ngoc-ky',
  procedure: '1.004873',
  channel: 'counter',
  applicant: {
    name: 'Nguyễn Thị Đào',
    idNumber: '999190001234',
    phone: '0912345678',
    address: 'Thôn Ngọc Lâm',
  },
} as const
