import { join } from 'node:path'
import { type Load, load } from './support/load.ts'
import { heading, row } from './support/print.ts'
import { serve } from './support/serve.ts'

const CONNECTIONS = [1, 20, 100] as const
const SECONDS = 5

/** Bodies of distinct citizens, so that nobody is found again. */
const REQUESTS = Array.from({ length: 500 }, (_, i) => ({
  method: 'POST' as const,
  path: '/api/v1/dossiers',
  body: JSON.stringify({
    act: 'accept',
    unit: 'xa-ngoc-ky',
    procedure: '1.004873',
    channel: 'level4',
    applicant: {
      name: `Nguyễn Thị Đào ${i}`,
      idNumber: `9991900${String(i).padStart(5, '0')}`,
      phone: `00000${String(i).padStart(5, '0')}`,
      address: 'Xã Ngọc Kỳ',
    },
  }),
}))

/** Creates a second through HTTP against bare references that write the same rows, in one run. */
export async function benchCreates(dir: string): Promise<void> {
  heading('Tạo hồ sơ qua HTTP (bền vững: synchronous=FULL)')
  for (const connections of CONNECTIONS) {
    const single = await measure('reference-server.ts', { dir: dir, grouped: false }, connections)
    const grouped = await measure('reference-server.ts', { dir: dir, grouped: true }, connections)
    const file = join(dir, `product-${connections}.db`)
    const product = await measure('product-server.ts', { file, now: '2023-03-06T09:00' }, connections)
    row(`${connections} kết nối: tham chiếu, mỗi yêu cầu một giao dịch`, describe(single))
    row(`${connections} kết nối: tham chiếu, ghi nhóm`, describe(grouped))
    row(`${connections} kết nối: motcua`, describe(product))
    row(
      `  tỷ số`,
      `${(product.perSecond / grouped.perSecond).toFixed(2)} × ghi nhóm, ${(product.perSecond / single.perSecond).toFixed(2)} × từng giao dịch, p99 ${(product.p99 / Math.max(grouped.p99, 1)).toFixed(2)} ×`,
    )
  }
}

async function measure(module: string, data: Record<string, unknown>, connections: number): Promise<Load> {
  const server = await serve(module, data)
  try {
    const { url, token } = server
    await load({ url, token, connections, seconds: 1, requests: REQUESTS })
    return await load({ url, token, connections, seconds: SECONDS, requests: REQUESTS })
  } finally {
    await server.stop()
  }
}

function describe({ perSecond, p50, p99 }: Load): string {
  return `${perSecond.toFixed(0)}/s, p50 ${p50} ms, p99 ${p99} ms`
}
