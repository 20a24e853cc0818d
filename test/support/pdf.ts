import { execFileSync } from 'node:child_process'

/** The text of a PDF as poppler reads it, blanks and line ends made one blank. */
export function pdfText(pdf: Buffer): string {
  return run('pdftotext', pdf, '-layout', '-', '-').replace(/\s+/g, ' ')
}

/** The text of each page, as `pdfText`. */
export function pdfPages(pdf: Buffer): readonly string[] {
  const pages = run('pdftotext', pdf, '-layout', '-', '-').split('\f')
  return pages.slice(0, -1).map((page) => page.replace(/\s+/g, ' '))
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

const ROW_DPI = 600

/** Lengths of the dark and light runs along a line of the first page, `down` millimetres from its top; light first. */
export function pdfRuns(pdf: Buffer, down: number): readonly number[] {
  const image = execFileSync('pdftoppm', ['-r', String(ROW_DPI), '-gray', '-l', '1', '-'], {
    input: pdf,
    maxBuffer: 1 << 27,
  })
  const head = /^P5\s+(\d+)\s+\d+\s+255\s/.exec(image.subarray(0, 40).toString('latin1'))!
  const width = Number(head[1])
  const from = head[0].length + Math.round((down / 25.4) * ROW_DPI) * width
  const runs = [0]
  let dark = false
  for (const grey of image.subarray(from, from + width)) {
    if (grey < 128 !== dark) {
      dark = !dark
      runs.push(0)
    }
    runs[runs.length - 1]! += 1
  }
  return runs
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
