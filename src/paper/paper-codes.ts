import { toSVG } from 'bwip-js/generic'

/** Bars 2 modules high for each unit; the template sets the size on paper. */
const BAR_HEIGHT = 10

interface Codes {
  /** SVG of the QR code and of the Code 128 of a text. */
  readonly qr: string
  readonly bars: string
}

/** The data with `codes`: the drawings of every text that a scanner reads on this paper. */
export function withCodes<D extends object>(
  data: D,
): D & { readonly codes: Readonly<Record<string, Codes>> } {
  return { ...data, codes: Object.fromEntries(scanned(data).map((text) => [text, codesOf(text)])) }
}

/** The dossier's code (TT 01/2018 art 19.2: the bare code), or the number of each slip. */
function scanned(data: { readonly code?: string | null; readonly slips?: readonly { number: string }[] }) {
  return [...(data.code ? [data.code] : []), ...(data.slips ?? []).map(({ number }) => number)]
}

function codesOf(text: string): Codes {
  return {
    qr: toSVG({ bcid: 'qrcode', text }),
    bars: toSVG({ bcid: 'code128', text, height: BAR_HEIGHT }),
  }
}
