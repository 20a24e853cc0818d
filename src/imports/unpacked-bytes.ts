const END_OF_DIRECTORY = 0x06054b50
const ENTRY = 0x02014b50
const ENTRY_BYTES = 46

/**
 * How large the files of a zip archive say they become, by its directory and without unpacking anything; null where
 * the bytes are no whole zip archive.
 */
export function unpackedBytes(bytes: Buffer): number | null {
  const from = Math.max(0, bytes.length - 66_000)
  const end = bytes.subarray(from).lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]))
  if (end === -1 || bytes.length < from + end + 22 || bytes.readUInt32LE(from + end) !== END_OF_DIRECTORY)
    return null
  let at = bytes.readUInt32LE(from + end + 16)
  let total = 0
  while (at + ENTRY_BYTES <= bytes.length && bytes.readUInt32LE(at) === ENTRY) {
    total += bytes.readUInt32LE(at + 24)
    at +=
      ENTRY_BYTES + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
  }
  return total
}
