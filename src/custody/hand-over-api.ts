import Type from 'typebox'
import {
  type FolderRow,
  findHandOverById,
  foldersOf,
  type HandOverRow,
  handOversOf,
} from '../../db/queries/hand-overs.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import type { Deps } from '../deps.ts'
import { printInstant } from '../domain/calendar/day.ts'
import { keyOf, WRITE_HEADERS } from '../dossiers/dossier-routes.ts'
import { actorOf } from '../web/actor.ts'
import type { ApiOptions, ApiScope } from '../web/api-scope.ts'
import { once } from '../web/idempotency.ts'
import { closedObject, momentOut, nullable, REFUSALS_OUT } from '../web/schemas.ts'
import { handOver, MOST_FOLDERS } from './hand-over.ts'
import { receiveFolders } from './receive-folders.ts'
import { sheetUnits } from './sheet-at.ts'

const TAGS = ['Bản giấy']
const SHOWN = 100
const CODES = Type.Array(Type.String({ minLength: 1, maxLength: 60 }), {
  minItems: 1,
  maxItems: MOST_FOLDERS,
  description: 'Mã hồ sơ đã quét.',
})
const FOLDER = {
  code: Type.String({ description: 'Mã hồ sơ.' }),
  unit: Type.String({ description: 'Nơi đến; khi đã nhận là nơi thực nhận.' }),
  receivedAt: nullable(momentOut('Nhận lúc; null: chưa nhận.')),
  receivedBy: nullable(Type.String({ description: 'Khoá cán bộ đã quét nhận.' })),
  recalledAt: nullable(momentOut('Thu hồi lúc.')),
}
const SHEET = {
  number: Type.String({ description: 'Số phiếu.', examples: ['BG-000.24.35.H23-230306-0001'] }),
  from: Type.String({ description: 'Khoá đơn vị giao.' }),
  to: Type.String({ description: 'Khoá đơn vị nhận.' }),
  toOfficer: nullable(Type.String({ description: 'Khoá cán bộ nhận; null: giao cho đơn vị.' })),
  sentAt: momentOut('Giao lúc.'),
  folders: Type.Array(Type.Object(FOLDER)),
}

/** `/hand-overs`: paper folders sent from one unit to another or within one, and acknowledged. */
export async function handOverApi(api: ApiScope, { deps, writer }: ApiOptions): Promise<void> {
  const list = {
    tags: TAGS,
    operationId: 'listHandOvers',
    summary: 'Các phiếu bàn giao bản giấy',
    response: { 200: Type.Object({ handOvers: Type.Array(Type.Object(SHEET)) }), ...REFUSALS_OUT },
  }
  api.get('/hand-overs', { schema: list }, async (request) => ({
    handOvers: handOversOf(deps.db, sheetUnits(deps, actorOf(request)), SHOWN).map((sheet) =>
      sheetJson(deps, sheet),
    ),
  }))

  const send = {
    tags: TAGS,
    operationId: 'handOver',
    summary: 'Giao bản giấy cho đơn vị khác, hoặc cho một người trong đơn vị',
    headers: Type.Object(WRITE_HEADERS),
    body: closedObject({
      from: Type.Optional(Type.String({ maxLength: 60, description: 'Bỏ trống: đơn vị của mình.' })),
      to: Type.Optional(
        Type.String({
          minLength: 1,
          maxLength: 60,
          description: 'Khoá đơn vị nhận. Bỏ trống: chính đơn vị giao, cho người ở toOfficer.',
        }),
      ),
      toOfficer: Type.Optional(
        Type.String({
          minLength: 1,
          maxLength: 60,
          description: 'Khoá cán bộ nhận, hôm nay giữ vị trí ở đơn vị nhận. Bỏ trống: giao cho đơn vị.',
        }),
      ),
      codes: CODES,
    }),
    response: { 201: Type.Object(SHEET), ...REFUSALS_OUT },
  }
  api.post('/hand-overs', { schema: send }, async (request, reply) => {
    const { body } = request
    const actor = actorOf(request)
    const repeatable = { actor, operation: 'hand_over', content: body, key: keyOf(request) }
    const work = () => handOver(deps, actor, body)
    const before = (id: number) => findHandOverById(deps.db, id) as HandOverRow
    const { value } = await writer.write(() => once(deps, repeatable, work, before))
    reply.code(201)
    return sheetJson(deps, value)
  })

  const receive = {
    tags: TAGS,
    operationId: 'receiveFolders',
    summary: 'Xác nhận đã nhận bản giấy',
    description: 'Ghi tất cả hoặc không ghi gì. Hồ sơ gửi nơi khác mà quét ở đây vẫn được nhận.',
    body: closedObject({
      unit: Type.Optional(Type.String({ maxLength: 60, description: 'Bỏ trống: đơn vị của mình.' })),
      codes: CODES,
    }),
    response: {
      200: Type.Object({ folders: Type.Array(Type.Object({ ...FOLDER, handOver: SHEET.number })) }),
      ...REFUSALS_OUT,
    },
  }
  api.post('/hand-overs/receipts', { schema: receive }, async (request) => {
    const actor = actorOf(request)
    const received = await writer.write(() => receiveFolders(deps, actor, request.body))
    return { folders: received.map((folder) => ({ ...folderJson(deps, folder), handOver: folder.number })) }
  })
}

function sheetJson(deps: Deps, sheet: HandOverRow) {
  return {
    number: sheet.number,
    from: keyOfUnit(deps, sheet.fromUnitId),
    to: keyOfUnit(deps, sheet.toUnitId),
    toOfficer: keyOfOfficer(deps, sheet.toOfficerId),
    sentAt: printInstant(sheet.sentAt),
    folders: foldersOf(deps.db, sheet.id).map((folder) => folderJson(deps, folder)),
  }
}

function folderJson(deps: Deps, { code, unitId, receivedAt, receivedById, recalledAt }: FolderRow) {
  const printed = (at: number | null) => (at === null ? null : printInstant(at))
  return {
    code,
    unit: keyOfUnit(deps, unitId),
    receivedAt: printed(receivedAt),
    receivedBy: keyOfOfficer(deps, receivedById),
    recalledAt: printed(recalledAt),
  }
}

function keyOfUnit({ db }: Deps, unitId: number): string {
  return catalogueOf(db).unitById.get(unitId)?.key ?? ''
}

function keyOfOfficer({ db }: Deps, officerId: number | null): string | null {
  return officerId === null ? null : (catalogueOf(db).officerById.get(officerId)?.key ?? null)
}
