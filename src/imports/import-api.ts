import type { IncomingMessage } from 'node:http'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import Type from 'typebox'
import { type ImportRow, newestImports } from '../../db/queries/imports.ts'
import { must } from '../accounts/access.ts'
import { printInstant } from '../domain/calendar/day.ts'
import { RuleError } from '../domain/refusals.ts'
import { actorOf } from '../web/actor.ts'
import type { ApiOptions, ApiScope } from '../web/api-scope.ts'
import { once } from '../web/idempotency.ts'
import { closedObject, momentOut, nullable, REFUSALS_OUT } from '../web/schemas.ts'
import { type OptionWords, readOptions } from './import-options.ts'
import { importersSeen, seenImport } from './seen-imports.ts'
import { sentFileOf } from './sent-file.ts'
import { sha256Of } from './stored-file.ts'
import { storedReport } from './stored-report.ts'
import { applyRegister, existingImport, importLimitMib, uploadRegister } from './upload-register.ts'

/** Kinds of body taken as a file. None of them can be sent by another site's form, unlike multipart. */
const FILE_TYPES = [
  'text/csv',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.ms-excel.sheet.macroenabled.12',
  'application/vnd.ms-excel',
  'application/octet-stream',
]
/** What is sent is bound by the setting as it is read. */
const NOT_BOUND_BYTES = Number.MAX_SAFE_INTEGER
const LISTED = 50

const TAGS = ['Nhập sổ']
const WHICH = closedObject({ id: Type.String({ pattern: '^[0-9]{1,9}$', description: 'Số của lần nhập.' }) })
const HEADERS = Type.Object({
  'idempotency-key': Type.Optional(Type.String({ description: 'Khoá chống gửi trùng, giữ 48 giờ.' })),
})
const words = (description: string) =>
  Type.Optional(
    Type.Union([Type.String({ maxLength: 200 }), Type.Array(Type.String({ maxLength: 200 }))], {
      description,
    }),
  )
const UPLOAD_QUERY = closedObject({
  name: Type.Optional(Type.String({ maxLength: 200, description: 'Tên tệp, để nhận ra trong danh sách.' })),
  encoding: Type.Optional(
    Type.String({ maxLength: 20, description: 'utf-8, windows-1258, tcvn3, vni … nếu đoán sai.' }),
  ),
  separator: Type.Optional(Type.String({ maxLength: 20, description: 'comma, semicolon, tab, pipe.' })),
  sheet: Type.Optional(Type.String({ maxLength: 100, description: 'Trang tính.' })),
  headerRow: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, description: 'Dòng tiêu đề.' })),
  column: words('CỘT=TIÊU ĐỀ của tệp, ví dụ accepted_at=Ngày vào sổ; nhiều lần được.'),
  default: words('CỘT=giá trị cho ô trống, ví dụ unit=xa-ngoc-ky; nhiều lần được.'),
})
const IMPORT = Type.Object(
  {
    id: Type.Integer(),
    name: Type.String(),
    sha256: Type.String(),
    status: Type.String({
      description: 'uploaded → checked → waiting → running → done; refused: không có gì được ghi.',
    }),
    uploadedAt: momentOut('Lúc tải lên.'),
    finishedAt: nullable(momentOut('Lúc đọc hoặc ghi xong.')),
    rowsDone: Type.Integer(),
    rowsTotal: Type.Integer(),
    report: Type.Unsafe<unknown>({ description: 'Kết quả; xem docs/import.md.' }),
  },
  { description: 'Một lần nhập sổ.' },
)

/** `/imports`: a file is uploaded and read by the workers, its report fetched, then it is applied. */
export async function importApi(api: ApiScope, { deps, writer }: ApiOptions): Promise<void> {
  await api.register(async (files: FastifyInstance) => {
    const scope = files.withTypeProvider<TypeBoxTypeProvider>()
    scope.addContentTypeParser(FILE_TYPES, (_request: FastifyRequest, payload: IncomingMessage) =>
      sentFileOf(payload, importLimitMib(deps)),
    )
    const upload = {
      tags: TAGS,
      operationId: 'uploadRegister',
      summary: 'Tải lên một sổ theo dõi hồ sơ (chưa nhập)',
      description:
        'Nội dung là tệp CSV hoặc Excel. Tệp được đọc và đối chiếu ở tiến trình nền; không có gì được ghi.',
      consumes: FILE_TYPES,
      headers: HEADERS,
      querystring: UPLOAD_QUERY,
      response: { 202: IMPORT, ...REFUSALS_OUT },
    }
    scope.post('/imports', { schema: upload, bodyLimit: NOT_BOUND_BYTES }, async (request, reply) => {
      const actor = actorOf(request)
      must(actor, 'imports')
      const bytes = request.body
      if (!Buffer.isBuffer(bytes)) throw new RuleError('unknown_file_kind')
      const { name = 'register', ...query } = request.query
      const options = readOptions(wordsOf(query), (sentence) => {
        throw new RuleError('invalid_import_option', { sentence })
      })
      const content = { sha256: sha256Of(bytes), query: request.query }
      const repeatable = { actor, operation: 'upload_register', content, key: keyOf(request.headers) }
      const { value } = await writer.write(() =>
        once(
          deps,
          repeatable,
          () => uploadRegister(deps, actor, { name, bytes, options }),
          (id) => existingImport(deps, id),
        ),
      )
      return reply.code(202).header('location', `/api/v1/imports/${value.id}`).send(importJson(value))
    })
  })

  const list = {
    tags: TAGS,
    operationId: 'listImports',
    summary: 'Các lần nhập gần đây, mới trước',
    response: { 200: Type.Object({ items: Type.Array(IMPORT), limitMib: Type.Integer() }), ...REFUSALS_OUT },
  }
  api.get('/imports', { schema: list }, async (request) => {
    const rows = newestImports(deps.db, importersSeen(deps, actorOf(request)), LISTED)
    const items = rows.map((row) => ({ ...importJson(row), report: null }))
    return { items, limitMib: importLimitMib(deps) }
  })

  const show = {
    tags: TAGS,
    operationId: 'showImport',
    summary: 'Một lần nhập, với kết quả đọc hoặc ghi',
    params: WHICH,
    response: { 200: IMPORT, ...REFUSALS_OUT },
  }
  api.get('/imports/:id', { schema: show }, async (request) =>
    importJson(seenImport(deps, actorOf(request), Number(request.params.id))),
  )

  const apply = {
    tags: TAGS,
    operationId: 'applyImport',
    summary: 'Ghi lần nhập này vào hệ thống, tất cả hoặc không gì cả',
    params: WHICH,
    headers: HEADERS,
    body: closedObject({
      acceptChanges: Type.Optional(
        Type.Boolean({ default: false, description: 'Sửa theo tệp những chỗ nói khác.' }),
      ),
    }),
    response: { 202: IMPORT, ...REFUSALS_OUT },
  }
  api.post('/imports/:id/application', { schema: apply }, async (request, reply) => {
    const actor = actorOf(request)
    const id = Number(request.params.id)
    const { acceptChanges = false } = request.body
    const content = { id, acceptChanges }
    const repeatable = { actor, operation: 'apply_import', content, key: keyOf(request.headers) }
    const { value } = await writer.write(() =>
      once(
        deps,
        repeatable,
        () => applyRegister(deps, actor, id, acceptChanges),
        (again) => existingImport(deps, again),
      ),
    )
    return reply.code(202).send(importJson(value))
  })
}

interface UploadWords {
  readonly column?: string | string[]
  readonly default?: string | string[]
  readonly encoding?: string
  readonly separator?: string
  readonly sheet?: string
  readonly headerRow?: number
}

function wordsOf({ column, default: given, ...rest }: UploadWords): OptionWords {
  return { ...rest, columns: [column ?? []].flat(), defaults: [given ?? []].flat() }
}

function importJson(row: ImportRow) {
  const { id, name, sha256, status, uploadedAt, finishedAt, rowsDone, rowsTotal } = row
  return {
    ...{ id, name, sha256, status, rowsDone, rowsTotal },
    uploadedAt: printInstant(uploadedAt),
    finishedAt: finishedAt === null ? null : printInstant(finishedAt),
    report: storedReport(row),
  }
}

function keyOf(headers: Readonly<Record<string, unknown>>): string | undefined {
  const key = headers['idempotency-key']
  return typeof key === 'string' ? key : undefined
}
