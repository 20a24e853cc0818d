import type { FastifyInstance } from 'fastify'
import { mayEnter } from '../accounts/guard.ts'
import type { PageOptions } from '../page-options.ts'
import { typedIn } from '../web/forms.ts'
import type { Show } from '../web/layout.ts'
import { listProcedures } from './list-procedures.ts'
import { listBody, PROCEDURES_HREF } from './procedure-list-view.ts'

const PAGE_SIZE = 100

/** `/quan-tri/thu-tuc`: the procedures as they are today, found by words without marks. */
export function procedureListPage(app: FastifyInstance, { deps }: PageOptions, show: Show): void {
  app.get(PROCEDURES_HREF, (request, reply) => {
    const { q = '', linh_vuc = '', cap = '', muc = '', chua = '', trang = '' } = typedIn(request.query)
    const filter = { words: q, field: linh_vuc, level: cap, online: muc, unverified: chua === '1' }
    const found = listProcedures(deps, filter)
    const page = /^[1-9]\d{0,4}$/.test(trang) ? Number(trang) : 1
    const body = listBody(deps.db, {
      filter,
      count: found.length,
      page,
      shown: found.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE),
      hasMore: found.length > page * PAGE_SIZE,
      mayChange: mayEnter(request.principal, 'catalogue_write'),
    })
    return show(reply, { title: 'Thủ tục', area: '/quan-tri', body })
  })
}
