import { join } from 'node:path'
import { fill } from './support/fill.ts'
import { type LoadOptions, load } from './support/load.ts'
import { heading, row } from './support/print.ts'
import { type Served, serve } from './support/serve.ts'

const SECONDS = 4
const PAGE_SECONDS = 2

const CLERK = 'bench-7.mot-cua-1'
const PROVINCE = 'bench-tinh'

/** Longest time one person waits for a list, and for what is found while they type, in ms. */
const LIST_LIMIT_MS = 100
const SEARCH_LIMIT_MS = 50

/** Look-ups and lists over HTTP on a file of `count` dossiers: the API with 10 connections, the pages of one person. */
export async function benchLists(dir: string, count: number): Promise<void> {
  const words = count.toLocaleString('vi')
  const file = join(dir, `lists-${count}.db`)
  const db = fill(file, count)
  const codes = db
    .prepare<[], { code: string }>(
      'SELECT code FROM dossiers WHERE id % 1009 = 0 AND code IS NOT NULL LIMIT 500',
    )
    .all()
    .map(({ code }) => code)
  db.close()
  heading(`Danh sách và tra cứu qua HTTP với ${words} hồ sơ (10 kết nối)`)
  const server = await serve('product-server.ts', {
    file,
    now: '2023-12-29T16:00',
    officers: [CLERK, PROVINCE],
  })
  await benchApi(server, codes)
  for (const [who, officer] of [
    ['Cán bộ một xã', CLERK],
    ['Người theo dõi cả tỉnh', PROVINCE],
  ] as const) {
    heading(`${who}, ${words} hồ sơ: danh sách việc (giới hạn ${LIST_LIMIT_MS} ms)`)
    await benchPages(server, officer, QUEUES, LIST_LIMIT_MS, (path) => ({ method: 'GET', path }))
    heading(`${who}, ${words} hồ sơ: tìm trong khi gõ (giới hạn ${SEARCH_LIMIT_MS} ms)`)
    await benchPages(server, officer, searches(codes[250] ?? ''), SEARCH_LIMIT_MS, (q) => ({
      ...{ method: 'POST', path: '/tim' },
      body: JSON.stringify({ q }),
    }))
  }
  await server.stop()
}

async function benchApi({ url, token }: Served, codes: readonly string[]): Promise<void> {
  const kinds = {
    'tra một hồ sơ theo mã': codes.map((code) => `/api/v1/dossiers/${code}`),
    'hồ sơ đang giải quyết của một xã': ['/api/v1/dossiers?unit=bench-7&state=accepted&limit=50'],
    'hồ sơ quá hạn của một xã': ['/api/v1/dossiers?unit=bench-9&overdue=true&limit=50'],
    'hồ sơ mới nhận của một xã': ['/api/v1/dossiers?unit=bench-11&limit=50'],
    'người nộp theo họ tên': ['/api/v1/dossiers?unit=bench-11&name=nguyen%20duc&limit=50'],
  } as const
  for (const [name, paths] of Object.entries(kinds)) {
    const requests = paths.map((path) => ({ method: 'GET' as const, path }))
    const { perSecond, p50, p99 } = await load({ url, token, connections: 10, seconds: SECONDS, requests })
    row(name, `${perSecond.toFixed(0)}/s, p50 ${p50} ms, p99 ${p99} ms`)
  }
}

/** The pages, with their counts. */
const QUEUES = {
  'việc của tôi': '/viec?scope=mine',
  'việc của đơn vị': '/viec?scope=units',
  'tất cả được xem': '/viec?scope=all',
  'quá hạn, theo người nộp': '/viec?scope=all&view=overdue&sort=applicant',
  'chờ trả kết quả': '/viec?scope=all&view=result_ready',
  'mọi hồ sơ': '/viec?scope=all&view=newest',
} as const

/** What is typed. */
const searches = (code: string) => ({
  'họ tên, gõ dở': 'nguyen th',
  'tên đủ, ngược thứ tự': 'an duc nguyen',
  'một tên hiếm': 'oanh huu dao',
  'tên không ai có': 'nguyen xyz',
  'bốn số cuối': '4321',
  'phần cuối mã': code.slice(-11),
  'đầu mã cơ quan': 'H23',
})

async function benchPages(
  { url, cookies }: Served,
  officer: string,
  kinds: Readonly<Record<string, string>>,
  limit: number,
  request: (what: string) => LoadOptions['requests'][number],
): Promise<void> {
  for (const [name, what] of Object.entries(kinds)) {
    const requests = [request(what)]
    const { p50, p99 } = await load({
      url,
      cookie: cookies[officer],
      connections: 1,
      seconds: PAGE_SECONDS,
      requests,
    })
    row(name, `p50 ${p50} ms, p99 ${p99} ms${p99 <= limit ? '' : ` > ${limit} ms`}`)
  }
}
