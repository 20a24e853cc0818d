import type { FastifyInstance } from 'fastify'
import type { PageOptions } from '../page-options.ts'
import type { Show } from '../web/layout.ts'
import { listPeople, listWithoutAccount } from './account-list.ts'
import { isPeopleTab, type PeopleTab, peopleBody } from './people-views.ts'

interface Query {
  readonly q?: string
  readonly unit?: string
  readonly role?: string
  readonly xem?: string
  readonly trang?: string
}

const PAGE_SIZE = 100

/** `/quan-tri/nguoi-dung`: who may sign in, what they are today, and officers who have no account yet. */
export function peoplePage(app: FastifyInstance, { deps }: PageOptions, show: Show): void {
  app.get<{ Querystring: Query }>('/quan-tri/nguoi-dung', ({ query }, reply) => {
    const { q = '', unit = '', role = '', xem = '' } = query
    const filter = { words: q.trim(), unit, role }
    const people = listPeople(deps, filter)
    const without = listWithoutAccount(deps, filter)
    const tab: PeopleTab = isPeopleTab(xem) ? xem : 'all'
    const page = /^[1-9]\d{0,5}$/.test(query.trang ?? '') ? Number(query.trang) : 1
    const shown = tab === 'all' ? people : people.filter(({ state }) => state === tab)
    const rows = tab === 'without' ? without : shown
    const cut = <T>(all: readonly T[]) => all.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE)
    const body = peopleBody(deps, {
      filter,
      tab,
      page,
      hasMore: rows.length > page * PAGE_SIZE,
      people,
      without,
      shown: cut(shown),
      shownWithout: cut(without),
    })
    return show(reply, { title: 'Người dùng', area: '/quan-tri', body })
  })
}
