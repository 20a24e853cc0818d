import { readFileSync } from 'node:fs'
import type { Instant } from '../domain/calendar/day.ts'

const WORLD = '/giay-to/het-gia-tri'
const TEMPLATE = readFileSync(new URL('./void-mark.typ', import.meta.url), 'utf8')
const WORDS = 'HẾT GIÁ TRỊ'

interface VoidMark {
  /** 'đã thay bằng bản 2 ngày 07/03/2023' */
  readonly why: string
  readonly at: Instant
}

/**
 * A PDF of this software with “HẾT GIÁ TRỊ” across each page, and why at the foot. Null where it cannot be marked:
 * nothing may be shown then. The same in gives the same out.
 */
export async function markedVoid(pdf: Buffer, { why, at }: VoidMark): Promise<Buffer | null> {
  const pages = pagesOf(pdf)
  if (pages === null) return null
  const { paperCompiler } = await import('./paper-compiler.ts')
  const compiler = paperCompiler()
  const mark = { words: WORDS, why, pages, alt: `Giấy đã lập, nay hết giá trị: ${why}` }
  compiler.addSource(`${WORLD}/void-mark.typ`, TEMPLATE)
  compiler.mapShadow(`${WORLD}/mark.json`, Buffer.from(JSON.stringify(mark)))
  compiler.mapShadow(`${WORLD}/stored.pdf`, pdf)
  try {
    const document = compiler.compile({ mainFilePath: `${WORLD}/void-mark.typ` }).result
    if (document === null) return null
    const marked = compiler.pdf(document, { creationTimestamp: at / 1000 })
    return pagesOf(marked) === pages ? marked : null
  } finally {
    compiler.unmapShadow(`${WORLD}/stored.pdf`)
    compiler.evictCache(0)
  }
}

/** As the page tree of the file says, which our compiler writes in plain words. */
function pagesOf(pdf: Buffer): number | null {
  const counts = [...pdf.toString('latin1').matchAll(/\/Type \/Pages\s+\/Count (\d+)/g)]
  return counts.length === 0 ? null : Math.max(...counts.map(([, count]) => Number(count)))
}
