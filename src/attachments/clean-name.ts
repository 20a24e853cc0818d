import { MEDIA_TYPES, type MediaType } from './media-type.ts'

const LONGEST = 120
/** Control characters, marks that turn the direction of text around, and what file systems and headers trip over. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const UNWANTED = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff"*:<>?|]/g

/**
 * The name of an uploaded file as it is kept: without folders, in composed letters, ending as its content says.
 * Example: '..\\..\\Giấy chứng sinh.exe' with the bytes of a PDF → 'Giấy chứng sinh.pdf'.
 */
export function cleanName(sent: string, mediaType: MediaType): string {
  const base = (sent.toWellFormed().split(/[/\\]/).at(-1) ?? '').normalize('NFC').replace(UNWANTED, '')
  const stem = base
    .replace(/\.[A-Za-z0-9]{1,5}$/, '')
    .replace(/^[.\s]+|[.\s]+$/g, '')
    .replace(/\s+/g, ' ')
  return `${[...stem].slice(0, LONGEST).join('') || 'tep-dinh-kem'}.${MEDIA_TYPES[mediaType]}`
}
