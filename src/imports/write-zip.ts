import { constants, crc32, deflateRawSync } from 'node:zlib'

export interface ZipPart {
  readonly name: string
  /** The content, piece by piece. */
  readonly pieces: Iterable<string>
}

interface Written {
  readonly name: Buffer
  readonly at: number
  readonly crc: number
  readonly packed: number
  readonly size: number
}

/** Sizes and checksum follow the content; names are UTF-8. */
const FLAGS = 0x0808
const DEFLATED = 8
/** 1 January 1980: the same register gives the same bytes. */
const DATE = 0x0021

/**
 * A ZIP archive as it comes to be: no more than one piece is in memory. Each piece is packed by itself up to a byte's
 * end, so that the packed pieces one after the other are one stream.
 */
export function* zipPieces(parts: Iterable<ZipPart>): Generator<Buffer> {
  const written: Written[] = []
  let at = 0
  const told = (bytes: Buffer) => {
    at += bytes.length
    return bytes
  }
  for (const { name: text, pieces } of parts) {
    const [name, start] = [Buffer.from(text), at]
    yield told(
      Buffer.concat([
        record(
          0x04034b50,
          [20, 2],
          [FLAGS, 2],
          [DEFLATED, 2],
          [0, 2],
          [DATE, 2],
          [0, 4],
          [0, 4],
          [0, 4],
          [name.length, 2],
          [0, 2],
        ),
        name,
      ]),
    )
    const contentAt = at
    let [crc, size] = [0, 0]
    for (const piece of pieces) {
      const bytes = Buffer.from(piece)
      crc = crc32(bytes, crc)
      size += bytes.length
      yield told(deflateRawSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH }))
    }
    yield told(deflateRawSync(Buffer.alloc(0)))
    const packed = at - contentAt
    written.push({ name, at: start, crc, packed, size })
    yield told(record(0x08074b50, [crc, 4], [packed, 4], [size, 4]))
  }
  yield directoryOf(written, at)
}

function directoryOf(written: readonly Written[], at: number): Buffer {
  const entries = Buffer.concat(
    written.flatMap((each) => [
      record(
        0x02014b50,
        [20, 2],
        [20, 2],
        [FLAGS, 2],
        [DEFLATED, 2],
        [0, 2],
        [DATE, 2],
        [each.crc, 4],
        [each.packed, 4],
        [each.size, 4],
        [each.name.length, 2],
        [0, 2],
        [0, 2],
        [0, 2],
        [0, 2],
        [0, 4],
        [each.at, 4],
      ),
      each.name,
    ]),
  )
  const n = written.length
  return Buffer.concat([
    entries,
    record(0x06054b50, [0, 2], [0, 2], [n, 2], [n, 2], [entries.length, 4], [at, 4], [0, 2]),
  ])
}

/** A signature and numbers of 2 or 4 bytes, little end first. */
function record(signature: number, ...fields: readonly (readonly [value: number, bytes: 2 | 4])[]): Buffer {
  const all = [[signature, 4] as const, ...fields]
  const buffer = Buffer.alloc(all.reduce((sum, [, bytes]) => sum + bytes, 0))
  let at = 0
  for (const [value, bytes] of all) at = buffer.writeUIntLE(value, at, bytes)
  return buffer
}
