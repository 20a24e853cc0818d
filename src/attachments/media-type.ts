/** Kinds of file that are taken. */
export const MEDIA_TYPES = {
  'application/pdf': 'pdf',
  'image/jpeg': 'jpg',
  'image/png': 'png',
} as const

export type MediaType = keyof typeof MEDIA_TYPES

const MAGIC = [
  ['application/pdf', Buffer.from('%PDF-')],
  ['image/jpeg', Buffer.from([0xff, 0xd8, 0xff])],
  ['image/png', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])],
] as const satisfies readonly (readonly [MediaType, Buffer])[]

/** What the bytes are by how they begin, whatever their name says; null for any other kind. */
export function mediaTypeOf(bytes: Uint8Array): MediaType | null {
  const found = MAGIC.find(([, magic]) => magic.equals(Buffer.from(bytes.subarray(0, magic.length))))
  return found?.[0] ?? null
}
