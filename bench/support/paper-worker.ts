import { parentPort, workerData } from 'node:worker_threads'
import type { ReceiptSlip } from '../../src/paper/paper-data.ts'
import { readTemplates, sampleOf } from '../../src/paper/paper-templates.ts'
import { renderPaper } from '../../src/paper/render-paper.ts'

const FOLLOWING = 100
const SAMPLE = JSON.parse(sampleOf('receipt-slip')!) as ReceiptSlip

/** Slip `n`: another code, another name. */
function slip(n: number): ReceiptSlip {
  const code = `000.24.35.H23-230306-${String(n).padStart(4, '0')}`
  return { ...SAMPLE, code, applicant: { ...SAMPLE.applicant, name: `Nguyễn Thị Đào ${n}` } }
}

/** The compiler alone: templates in place, data with its drawings ready, only compile and write the PDF. */
async function bareRender(): Promise<(n: number) => Promise<number>> {
  const { withCodes } = await import('../../src/paper/paper-codes.ts')
  const drawn = Array.from({ length: FOLLOWING + 1 }, (_, n) =>
    Buffer.from(JSON.stringify(withCodes(slip(n)))),
  )
  const templates = readTemplates(null)
  return async (n) => {
    const start = performance.now()
    const { paperCompiler } = await import('../../src/paper/paper-compiler.ts')
    const compiler = paperCompiler()
    if (n === 0) for (const [name, { text }] of templates) compiler.addSource(`/giay-to/${name}`, text)
    compiler.mapShadow('/giay-to/data.json', drawn[n]!)
    compiler.pdf(compiler.compile({ mainFilePath: '/giay-to/receipt-slip.typ' }).result!)
    return performance.now() - start
  }
}

async function productRender(n: number): Promise<number> {
  const start = performance.now()
  await renderPaper('receipt-slip', slip(n))
  return performance.now() - start
}

const { bare } = workerData as { bare: boolean }
const render = bare ? await bareRender() : productRender
const times: number[] = []
for (let n = 0; n <= FOLLOWING; n += 1) times.push(await render(n))
const [first, ...following] = times
parentPort?.postMessage({ first, following })
