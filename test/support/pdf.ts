import { execFileSync } from 'node:child_process'

/** The text of a PDF as poppler reads it, blanks and line ends made one blank. */
export function pdfText(pdf: Buffer): string {
  return run('pdftotext', pdf, '-layout', '-', '-').replace(/\s+/g, ' ')
}

export interface PdfShape {
  readonly pages: number
  /** Of every page, in millimetres: '148×210'. */
  readonly size: string
}

export function pdfShape(pdf: Buffer): PdfShape {
  const info = run('pdfinfo', pdf, '-l', '-1', '-')
  const sizes = [...info.matchAll(/Page +\d+ size: +([\d.]+) x ([\d.]+) pts/g)].map(
    ([, width, height]) => `${millimetres(width!)}×${millimetres(height!)}`,
  )
  return { pages: sizes.length, size: [...new Set(sizes)].join(', ') }
}

function millimetres(points: string): number {
  return Math.round((Number(points) / 72) * 25.4)
}

function run(program: string, pdf: Buffer, ...args: readonly string[]): string {
  return execFileSync(program, args, {
    input: pdf,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
    stdio: ['pipe', 'pipe', 'ignore'],
  })
}
