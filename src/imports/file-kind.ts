const ZIP = Buffer.from('PK\x03\x04')
const COMPOUND = Buffer.from([0xd0, 0xcf, 0x11, 0xe0])
const UTF16_MARKS = [Buffer.from([0xff, 0xfe]), Buffer.from([0xfe, 0xff])]

/** Where a program or a picture shows itself. */
const LOOKED_AT_BYTES = 64 * 1024

/** What a file is by its bytes, whatever its name says; null: no register can be in it. */
export function fileKind(bytes: Buffer): 'excel' | 'text' | null {
  const begins = (mark: Buffer) => bytes.subarray(0, mark.length).equals(mark)
  if (begins(ZIP) || begins(COMPOUND)) return 'excel'
  if (begins(Buffer.from('%PDF-'))) return null
  return UTF16_MARKS.some(begins) || hasNoZeros(bytes) || isUtf16(bytes) ? 'text' : null
}

function hasNoZeros(bytes: Buffer): boolean {
  return !bytes.subarray(0, LOOKED_AT_BYTES).includes(0)
}

/** Text of two bytes a letter without a mark at the start: zeros stand on one side only. */
function isUtf16(bytes: Buffer): boolean {
  const start = bytes.subarray(0, 4096)
  const zeros = (side: number) => start.filter((byte, index) => index % 2 === side && byte === 0).length
  const [even, odd] = [zeros(0), zeros(1)]
  return Math.max(even, odd) > start.length / 5 && Math.min(even, odd) < start.length / 100
}
