import Type, { type Static } from 'typebox'
import { type DocumentRow, findDocumentById } from '../../db/queries/documents.ts'
import { findDossierById } from '../../db/queries/dossiers.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import type { PaperDeps } from '../deps.ts'
import { DOSSIER_PAPERS } from '../documents/kinds.ts'
import { storedDocument } from '../documents/stored-document.ts'
import { printInstant } from '../domain/calendar/day.ts'
import { actorOf } from '../web/actor.ts'
import type { ApiOptions, ApiScope } from '../web/api-scope.ts'
import { answered, once } from '../web/idempotency.ts'
import { replyPdf } from '../web/pdf-reply.ts'
import { closedObject, momentOut, nullable, oneOf, REFUSALS_OUT } from '../web/schemas.ts'
import { seenDossier } from './dossier-at.ts'
import { dossierPapers, issueDossierPaper, issuedVersion } from './dossier-papers.ts'
import { keyOf, WHICH, WRITE_HEADERS, whichOf } from './dossier-routes.ts'
import { paperLabel } from './paper-words.ts'

const TAGS = ['Giấy tờ']
const KIND = oneOf(DOSSIER_PAPERS, 'Loại giấy tờ.')
const NTH = Type.Optional(
  Type.Integer({ minimum: 1, maximum: 9999, description: 'Lần thứ mấy của loại đó; bỏ trống: lần cuối.' }),
)
const VERSION = Type.Optional(
  Type.Integer({ minimum: 1, maximum: 9999, description: 'Bản thứ mấy; bỏ trống: bản mới nhất.' }),
)

const DOCUMENT = Type.Object({
  id: Type.Integer(),
  kind: Type.String(),
  label: Type.String(),
  subject: Type.String({ description: 'Mã hồ sơ; từ lần thứ hai của một loại có thêm |2, |3 …' }),
  version: Type.Integer(),
  dossierVersion: nullable(Type.Integer({ description: 'Phiên bản hồ sơ lúc lập.' })),
  sha256: Type.String(),
  bytes: Type.Integer(),
  issuedAt: momentOut('Lúc lập.'),
  issuedBy: nullable(Type.String({ description: 'Khoá cán bộ đã lập.' })),
  voidedAt: nullable(momentOut('Lúc hết giá trị.')),
  voidCause: nullable(oneOf(['replaced', 'corrected', 'dossier_voided'], 'Vì sao hết giá trị.')),
  erasedAt: nullable(momentOut('Lúc nội dung bị xoá cùng dữ liệu cá nhân.')),
})
const PAPER = Type.Object({
  kind: KIND,
  nth: Type.Integer(),
  label: Type.String(),
  occurredAt: momentOut('Lúc có việc cần giấy tờ này.'),
  changed: Type.Boolean({
    description: 'Bản đang có giá trị đã khác hồ sơ: lập nữa sẽ thành bản tiếp theo.',
  }),
  documents: Type.Array(DOCUMENT, { description: 'Các bản đã lập, mới nhất trước; trống: chưa lập.' }),
})

/** `/dossiers/:code/documents`: what a dossier calls for and has, each as issued, and issuing. */
export async function dossierPaperApi(api: ApiScope, { deps, writer }: ApiOptions): Promise<void> {
  const list = {
    tags: TAGS,
    operationId: 'listDocuments',
    summary: 'Giấy tờ của một hồ sơ',
    params: WHICH,
    response: { 200: Type.Object({ items: Type.Array(PAPER) }), ...REFUSALS_OUT },
  }
  api.get('/dossiers/:code/documents', { schema: list }, async (request) => {
    const dossier = seenDossier(deps, actorOf(request), whichOf(request.params.code))
    return {
      items: dossierPapers(deps, dossier).map(({ occasion, label, documents, changed }) => ({
        kind: occasion.kind,
        nth: occasion.nth,
        label,
        occurredAt: printInstant(occasion.event.occurredAt),
        changed,
        documents: documents.map((row) => documentJson(deps, row)),
      })),
    }
  })

  const issue = {
    tags: TAGS,
    operationId: 'issueDocument',
    summary: 'Lập giấy tờ',
    description: 'Lập bản đầu hoặc bản thay thế; nội dung chưa đổi thì trả lại bản đã lập.',
    headers: Type.Object(WRITE_HEADERS),
    params: WHICH,
    body: closedObject({ kind: KIND, nth: NTH }),
    response: { 201: DOCUMENT, ...REFUSALS_OUT },
  }
  api.post('/dossiers/:code/documents', { schema: issue }, async (request, reply) => {
    const { body, params } = request
    const which = whichOf(params.code)
    const actor = actorOf(request)
    const repeatable = { actor, operation: 'issue_document', content: [which, body], key: keyOf(request) }
    const again = (id: number) => findDocumentById(deps.db, id) as DocumentRow
    // A repeated request renders nothing; two at once meet within the write.
    const before = answered(deps, repeatable)
    let repeated = before !== null
    const document =
      before !== null
        ? again(before)
        : await issueDossierPaper(deps, writer, actor, seenDossier(deps, actor, which), body, (work) => {
            const done = once(deps, repeatable, work, again)
            repeated = done.repeated
            return done.value
          })
    if (repeated) reply.header('idempotency-replayed', 'true')
    reply.code(201).header('location', locationOf(params.code, body, document))
    return documentJson(deps, document)
  })

  const show = {
    tags: TAGS,
    operationId: 'showDocument',
    summary: 'Một giấy tờ như đã lập (PDF)',
    params: closedObject({ ...WHICH.properties, kind: KIND }),
    querystring: closedObject({ nth: NTH, version: VERSION }),
    response: {
      200: {
        description:
          'Đúng các byte đã lập, cả khi bản ấy đã hết giá trị (voidedAt): không có dấu như trên trang.',
        content: { 'application/pdf': { schema: { type: 'string', format: 'binary' } } },
      },
      ...REFUSALS_OUT,
    },
  }
  api.get('/dossiers/:code/documents/:kind', { schema: show }, async (request, reply) => {
    const { code, kind } = request.params
    const { nth, version } = request.query
    const dossier = seenDossier(deps, actorOf(request), whichOf(code))
    const document = issuedVersion(deps, dossier, { kind, nth }, version)
    return replyPdf(reply, storedDocument(deps, document), kind, document.subject, 'ban', document.version)
  })
}

function locationOf(
  code: string,
  { kind, nth }: { kind: string; nth?: number },
  { version }: DocumentRow,
): string {
  const which = nth === undefined ? '' : `nth=${nth}&`
  return `/api/v1/dossiers/${encodeURIComponent(code)}/documents/${kind}?${which}version=${version}`
}

function documentJson({ db }: PaperDeps, row: DocumentRow): Static<typeof DOCUMENT> {
  const dossier = row.dossierId === null ? null : findDossierById(db, row.dossierId)
  const officer = row.issuedBy === null ? undefined : catalogueOf(db).officerById.get(row.issuedBy)
  return {
    id: row.id,
    kind: row.kind,
    label: paperLabel(row.kind, dossier?.acceptedOn ?? null),
    subject: row.subject,
    version: row.version,
    dossierVersion: row.dossierVersion,
    sha256: row.sha256,
    bytes: row.bytes,
    issuedAt: printInstant(row.issuedAt),
    issuedBy: officer?.key ?? null,
    voidedAt: row.voidedAt === null ? null : printInstant(row.voidedAt),
    voidCause: row.voidCause,
    erasedAt: row.erasedAt === null ? null : printInstant(row.erasedAt),
  }
}
