import { inflateRawSync } from 'node:zlib'

const END_OF_DIRECTORY = Buffer.from([0x50, 0x4b, 5, 6])
const ENTRY_BYTES = 46
const LOCAL_BYTES = 30
const STORED = 0

/** A workbook has a dozen. */
const MOST_FILES = 1_000

/** The last record of an archive and the longest comment after it. */
const TAIL_BYTES = 66_000

/**
 * How large the files of a zip archive become, Infinity beyond `most`; null where the bytes are no whole archive. What
 * an archive says of itself counts where it says more, but is not believed where it says less: each file is unpacked,
 * from where its own header stands, as the reader of workbooks will.
 */
export function unpackedBytes(bytes: Buffer, most: number): number | null {
  const from = Math.max(0, bytes.length - TAIL_BYTES)
  const end = bytes.subarray(from).lastIndexOf(END_OF_DIRECTORY)
  if (end === -1) return null
  try {
    const count = bytes.readUInt16LE(from + end + 10)
    if (count > MOST_FILES) return Number.POSITIVE_INFINITY
    let at = bytes.readUInt32LE(from + end + 16)
    let total = 0
    for (let nth = 0; nth < count && total <= most; nth += 1) {
      const [name, extra, comment] = [28, 30, 32].map((place) => bytes.readUInt16LE(at + place)) as Three
      const said = Math.max(bytes.readUInt32LE(at + 24), longSize(bytes, at + ENTRY_BYTES + name, extra))
      total += Math.max(said, sizeOfFile(bytes, bytes.readUInt32LE(at + 42), most - total))
      at += ENTRY_BYTES + name + extra + comment
    }
    return total > most ? Number.POSITIVE_INFINITY : total
  } catch {
    return null
  }
}

type Three = [number, number, number]

function sizeOfFile(bytes: Buffer, at: number, most: number): number {
  const [method, name, extra] = [8, 26, 28].map((place) => bytes.readUInt16LE(at + place)) as Three
  const content = at + LOCAL_BYTES + name + extra
  const said = Math.max(bytes.readUInt32LE(at + 22), longSize(bytes, at + LOCAL_BYTES + name, extra))
  if (said > most || method === STORED) return Math.max(said, bytes.readUInt32LE(at + 18))
  return Math.max(said, inflatedBytes(bytes.subarray(content), most))
}

/** Throws where it is no deflated stream. */
function inflatedBytes(packed: Buffer, most: number): number {
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, most) }).length
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE') return Number.POSITIVE_INFINITY
    throw error
  }
}

/** The size in the field for files beyond 4 GiB, 0 without one. */
function longSize(bytes: Buffer, from: number, length: number): number {
  let at = from
  while (at + 4 <= from + length) {
    const [kind, size] = [bytes.readUInt16LE(at), bytes.readUInt16LE(at + 2)]
    if (kind === 1 && size >= 8) return Number(bytes.readBigUInt64LE(at + 4))
    at += 4 + size
  }
  return 0
}
