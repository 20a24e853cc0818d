import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import Type from 'typebox'
import { type AttachmentRow, attachmentsOf } from '../../db/queries/attachments.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import { printInstant } from '../domain/calendar/day.ts'
import { RuleError } from '../domain/refusals.ts'
import { seenDossier } from '../dossiers/dossier-at.ts'
import { keyOf, WHICH, WRITE_HEADERS, whichOf } from '../dossiers/dossier-routes.ts'
import { actorOf } from '../web/actor.ts'
import type { ApiOptions, ApiScope } from '../web/api-scope.ts'
import { closedObject, momentOut, nullable, REFUSALS_OUT } from '../web/schemas.ts'
import { sentFile } from './add-attachments.ts'
import { MOST_MIB } from './attachment-limit.ts'
import { replyAttachment } from './attachment-reply.ts'
import { MEDIA_TYPES } from './media-type.ts'
import { openAttachment } from './open-attachment.ts'
import { storeAttachments } from './store-attachments.ts'

/** None of them can be sent by another site's form, unlike multipart. */
const FILE_TYPES = [...Object.keys(MEDIA_TYPES), 'application/octet-stream']

const TAGS = ['Tệp đính kèm']
const ONE = closedObject({
  ...WHICH.properties,
  id: Type.String({ pattern: '^[0-9]{1,12}$', description: 'Số của tệp.' }),
})
const ATTACHMENT = Type.Object(
  {
    id: Type.Integer(),
    name: Type.String(),
    mediaType: Type.String(),
    bytes: Type.Integer(),
    sha256: Type.String(),
    addedAt: momentOut('Lúc tải lên.'),
    addedBy: nullable(Type.String({ description: 'Khoá cán bộ.' })),
  },
  { description: 'Một tệp đính kèm.' },
)

/** `/dossiers/:code/attachments`: the files of a dossier. */
export async function attachmentApi(api: ApiScope, { deps, writer }: ApiOptions): Promise<void> {
  const json = (row: AttachmentRow) => {
    const { id, name, mediaType, bytes, sha256, addedAt, addedById } = row
    const officer = addedById === null ? undefined : catalogueOf(deps.db).officerById.get(addedById)
    return {
      id,
      name,
      mediaType,
      bytes,
      sha256,
      addedAt: printInstant(addedAt),
      addedBy: officer?.key ?? null,
    }
  }
  const seen = (request: Parameters<typeof actorOf>[0], code: string) =>
    seenDossier(deps, actorOf(request), whichOf(code))

  const list = {
    tags: TAGS,
    operationId: 'listAttachments',
    summary: 'Tệp đính kèm của một hồ sơ',
    params: WHICH,
    response: { 200: Type.Object({ items: Type.Array(ATTACHMENT) }), ...REFUSALS_OUT },
  }
  api.get('/dossiers/:code/attachments', { schema: list }, async (request) => {
    const rows = attachmentsOf(deps.db, seen(request, request.params.code).id)
    return { items: rows.filter(({ removedAt }) => removedAt === null).map(json) }
  })

  const show = {
    tags: TAGS,
    operationId: 'downloadAttachment',
    summary: 'Nội dung một tệp đính kèm',
    description: 'Chỉ cho ai giải quyết hồ sơ; mỗi lần mở được ghi nhật ký.',
    params: ONE,
    produces: Object.keys(MEDIA_TYPES),
    response: REFUSALS_OUT,
  }
  api.get('/dossiers/:code/attachments/:id', { schema: show }, async (request, reply) => {
    const { code, id } = request.params
    const row = await openAttachment({ deps, writer }, actorOf(request), seen(request, code), Number(id))
    return replyAttachment(deps, reply, row, 'attachment')
  })

  await api.register(async (files: FastifyInstance) => {
    const scope = files.withTypeProvider<TypeBoxTypeProvider>()
    scope.addContentTypeParser(
      FILE_TYPES,
      { parseAs: 'buffer', bodyLimit: MOST_MIB * 1024 * 1024 },
      (_request, body, done) => done(null, body),
    )
    const add = {
      tags: TAGS,
      operationId: 'addAttachment',
      summary: 'Đính kèm một tệp PDF, JPEG hoặc PNG',
      description: 'Nội dung yêu cầu là chính tệp (không dùng multipart); loại tệp xét theo nội dung.',
      consumes: FILE_TYPES,
      headers: Type.Object(WRITE_HEADERS),
      params: WHICH,
      querystring: closedObject({
        name: Type.String({ minLength: 1, maxLength: 200, description: 'Tên tệp.' }),
      }),
      response: { 201: ATTACHMENT, ...REFUSALS_OUT },
    }
    const limits = { schema: add, bodyLimit: MOST_MIB * 1024 * 1024 }
    scope.post('/dossiers/:code/attachments', limits, async (request, reply) => {
      const dossier = seen(request, request.params.code)
      const { name } = request.query
      if (!Buffer.isBuffer(request.body)) throw new RuleError('attachment_kind', { name })
      const upload = { files: [sentFile(deps, name, request.body)], key: keyOf(request) }
      const row = await storeAttachments({ deps, writer }, actorOf(request), dossier, upload)
      return reply
        .code(201)
        .header('location', `/api/v1/dossiers/${dossier.code ?? dossier.id}/attachments/${row.id}`)
        .send(json(row))
    })
  })
}
