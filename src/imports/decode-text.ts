import { isUtf8 } from 'node:buffer'
import { RuleError } from '../domain/refusals.ts'
import { fromTcvn3, fromVni } from './legacy-vietnamese.ts'
import { vietnameseShare } from './looks-vietnamese.ts'

/** How the text of a file was written; the last two also stand in files that call themselves Unicode. */
export const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1258', 'tcvn3', 'vni'] as const
export type Encoding = (typeof ENCODINGS)[number]

/** At least this share of the words with marks must be Vietnamese; place names of others are few. */
const READS_WELL = 0.7

/** The text of a file of characters and how it was written, guessed unless `asked` says so. Throws `unknown_encoding`. */
export function decodeText(
  bytes: Buffer,
  asked?: Encoding,
): { readonly text: string; readonly encoding: Encoding } {
  if (asked !== undefined) return { text: clean(READERS[asked](bytes)), encoding: asked }
  const unicode = unicodeOf(bytes)
  const candidates = (unicode ? [unicode, ...FONTS] : BYTES).map((encoding) => {
    const text =
      unicode && encoding !== unicode
        ? FONT_READERS[encoding as Font](READERS[unicode](bytes))
        : READERS[encoding](bytes)
    return { encoding, text, share: vietnameseShare(text) ?? 1 }
  })
  const [first] = candidates
  const best = candidates.reduce((a, b) => (b.share > a.share ? b : a))
  // Unicode that reads badly is still Unicode, unless an old font explains every word of it.
  const chosen = unicode && best.share < READS_WELL ? first : best
  if (chosen === undefined || (unicode === null && chosen.share < READS_WELL))
    throw new RuleError('unknown_encoding')
  return { text: clean(chosen.text), encoding: chosen.encoding }
}

/** Text that came as Unicode from a workbook, with an old font undone where it plainly was one. */
export function undoOldFont(sample: string): {
  readonly encoding: Encoding
  readonly read: (text: string) => string
} {
  const asIs = vietnameseShare(sample) ?? 1
  for (const encoding of FONTS) {
    const share = vietnameseShare(FONT_READERS[encoding](sample)) ?? 0
    if (asIs < READS_WELL && share >= READS_WELL) return { encoding, read: FONT_READERS[encoding] }
  }
  return { encoding: 'utf-8', read: (text) => text }
}

const FONTS = ['tcvn3', 'vni'] as const
type Font = (typeof FONTS)[number]
const FONT_READERS = { tcvn3: fromTcvn3, vni: fromVni } as const satisfies Record<
  Font,
  (text: string) => string
>
const BYTES = ['windows-1258', 'tcvn3', 'vni'] as const

const decoded = (label: string) => (bytes: Buffer) => new TextDecoder(label).decode(bytes)
const READERS = {
  'utf-8': decoded('utf-8'),
  'utf-16le': decoded('utf-16le'),
  'utf-16be': (bytes) => decoded('utf-16le')(Buffer.from(bytes.subarray(0, bytes.length & ~1)).swap16()),
  'windows-1258': decoded('windows-1258'),
  // A file in an old font that was saved as Unicode is undone all the same.
  tcvn3: (bytes) => fromTcvn3(decoded(unicodeOf(bytes) ?? 'windows-1252')(bytes)),
  vni: (bytes) => fromVni(decoded(unicodeOf(bytes) ?? 'windows-1252')(bytes)),
} as const satisfies Record<Encoding, (bytes: Buffer) => string>

function unicodeOf(bytes: Buffer): 'utf-8' | 'utf-16le' | 'utf-16be' | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  const start = bytes.subarray(0, 4096)
  const zeros = (odd: number) => start.filter((byte, index) => index % 2 === odd && byte === 0).length
  if (zeros(1) > start.length / 5) return 'utf-16le'
  if (zeros(0) > start.length / 5) return 'utf-16be'
  return isUtf8(bytes) ? 'utf-8' : null
}

function clean(text: string): string {
  return text.replace(/^\ufeff/, '').normalize('NFC')
}
