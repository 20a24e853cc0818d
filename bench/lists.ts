import { join } from 'node:path'
import { fill } from './support/fill.ts'
import { load } from './support/load.ts'
import { heading, row } from './support/print.ts'
import { serve } from './support/serve.ts'

const SECONDS = 4

/** Look-ups and lists over HTTP on a file of `count` dossiers, 10 connections. */
export async function benchLists(dir: string, count: number): Promise<void> {
  heading(`Danh sách và tra cứu qua HTTP với ${count.toLocaleString('vi')} hồ sơ (10 kết nối)`)
  const file = join(dir, `lists-${count}.db`)
  const db = fill(file, count)
  const codes = db
    .prepare<[], { code: string }>('SELECT code FROM dossiers WHERE id % 1009 = 0 LIMIT 500')
    .all()
    .map(({ code }) => code)
  db.close()
  const server = await serve('product-server.ts', { file, now: '2023-12-29T16:00' })
  const kinds = {
    'tra một hồ sơ theo mã': codes.map((code) => `/api/v1/dossiers/${code}`),
    'hồ sơ đang giải quyết của một xã': ['/api/v1/dossiers?unit=bench-7&state=accepted&limit=50'],
    'hồ sơ quá hạn của một xã': ['/api/v1/dossiers?unit=bench-9&overdue=true&limit=50'],
    'hồ sơ mới nhận của một xã': ['/api/v1/dossiers?unit=bench-11&limit=50'],
    'người nộp theo họ tên': ['/api/v1/dossiers?unit=bench-11&name=nguyen%20duc&limit=50'],
  } as const
  for (const [name, paths] of Object.entries(kinds)) {
    const requests = paths.map((path) => ({ method: 'GET' as const, path }))
    const { perSecond, p50, p99 } = await load({
      url: server.url,
      token: server.token,
      connections: 10,
      seconds: SECONDS,
      requests,
    })
    row(name, `${perSecond.toFixed(0)}/s, p50 ${p50} ms, p99 ${p99} ms`)
  }
  await server.stop()
}
