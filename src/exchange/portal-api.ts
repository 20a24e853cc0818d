import Type from 'typebox'
import { must } from '../accounts/access.ts'
import { dossiersGranted } from '../accounts/seen-units.ts'
import { recordExport } from '../audit/record-export.ts'
import { actorOf } from '../web/actor.ts'
import type { ApiOptions, ApiScope } from '../web/api-scope.ts'
import { readCursor } from '../web/cursor.ts'
import { closedObject, PAGE_QUERY, PAGE_SIZE, REFUSALS_OUT } from '../web/schemas.ts'
import { dossiersSince, progressSince, rowsOf, sinceEvent } from './portal-pages.ts'
import { DOSSIERS_OUT, PROGRESS_OUT } from './portal-schemas.ts'

const QUERY = closedObject({
  since: Type.Optional(
    Type.String({
      maxLength: 35,
      default: '0',
      description:
        'through của lần đọc trước, hoặc một thời điểm ghi như 2023-03-09T08:30; bỏ trống: từ đầu.',
    }),
  ),
  ...PAGE_QUERY,
})

/** `/exchange`: dossiers and their progress in the national portal's field names. */
export async function portalApi(api: ApiScope, { deps, writer }: ApiOptions): Promise<void> {
  const routes = {
    '/exchange/dossiers': {
      read: dossiersSince,
      id: 'exchangeDossiers',
      summary: 'Hồ sơ thay đổi từ một mốc, theo tên trường của Cổng Dịch vụ công quốc gia',
      out: DOSSIERS_OUT,
    },
    '/exchange/progress': {
      read: progressSince,
      id: 'exchangeProgress',
      summary: 'Từng lần đổi trạng thái từ một mốc, theo tên trường của Cổng Dịch vụ công quốc gia',
      out: PROGRESS_OUT,
    },
  } as const
  for (const [path, { read, id, summary, out }] of Object.entries(routes)) {
    const schema = {
      tags: ['Trao đổi'],
      operationId: id,
      summary,
      description:
        'Chỉ hồ sơ của đơn vị người gửi. Trang không đủ dòng mà còn nextCursor: cứ đọc tiếp. Xem docs/exchange.md.',
      querystring: QUERY,
      response: { 200: out, ...REFUSALS_OUT },
    }
    api.get(path, { schema }, async (request) => {
      const actor = actorOf(request)
      must(actor, 'exchange')
      const { since = '0', cursor, limit = PAGE_SIZE } = request.query
      const after = cursor === undefined ? sinceEvent(deps, since) : readCursor(cursor, 1)[0]!
      const page = read(deps, { since: after, limit, seen: dossiersGranted(deps, actor, 'exchange') })
      const rows = rowsOf(page)
      const exported = { what: 'exchange', by: 'api', after, rows } as const
      if (rows > 0) await writer.write(() => recordExport(deps, actor, exported))
      return page as never
    })
  }
}
