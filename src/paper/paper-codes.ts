import { toSVG } from 'bwip-js/generic'

/** Bars 2 modules high for each unit; the template sets the size on paper. */
const BAR_HEIGHT = 10

interface Codes {
  /** SVG of the QR code, and of the Code 128. */
  readonly qr: string
  readonly bars: string
}

/** The data with `codes`: the drawings of every text that a scanner reads on this paper. */
export function withCodes<D extends object>(
  data: D,
): D & { readonly codes: Readonly<Record<string, Codes>> } {
  return { ...data, codes: Object.fromEntries(codesOf(data)) }
}

/**
 * Of the dossier's code (TT 01/2018 art 19.2: the bare code), or what stands for it; of the number of each slip; of
 * every folder. A specimen has none.
 */
function codesOf(data: Scanned): readonly (readonly [string, Codes])[] {
  const { specimen, code, slipNumber, interimCode, slips = [], folders = [] } = data
  if (specimen !== undefined) return []
  const own = code ?? slipNumber ?? interimCode
  const texts = [
    ...(own ? [own] : []),
    ...folders.map((folder) => folder.code),
    ...slips.map(({ number }) => number),
  ]
  return texts.map((text) => [text, { qr: qrOf(text), bars: barsOf(text) }])
}

interface Scanned {
  readonly specimen?: string
  readonly code?: string | null
  readonly slipNumber?: string | null
  readonly interimCode?: string
  readonly slips?: readonly { readonly number: string }[]
  readonly folders?: readonly { readonly code: string }[]
}

function qrOf(text: string): string {
  return toSVG({ bcid: 'qrcode', text })
}

/** Code 128 as SVG. */
export function barsOf(text: string): string {
  return toSVG({ bcid: 'code128', text, height: BAR_HEIGHT })
}
