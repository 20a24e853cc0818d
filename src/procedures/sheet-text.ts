import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib'
import { RuleError } from '../domain/refusals.ts'
import type { SheetRow } from './read-sheet.ts'

/** A form may be 256 KiB. */
const LONGEST = 200_000
const UNPACKED_AT_MOST = 8 * 1024 * 1024

/** The rows as one field of a form: what was looked at is what is sent back to be written, and nothing is kept meanwhile. */
export function packedSheet(rows: readonly SheetRow[]): string {
  const packed = brotliCompressSync(JSON.stringify(rows), {
    params: { [constants.BROTLI_PARAM_QUALITY]: 5 },
  }).toString('base64url')
  if (packed.length > LONGEST) throw new RuleError('procedure_sheet_too_long')
  return packed
}

/** The rows of such a field; it is checked again like a file. Throws `empty_file`. */
export function unpackedSheet(packed: string): readonly SheetRow[] {
  try {
    const bytes = brotliDecompressSync(Buffer.from(packed, 'base64url'), {
      maxOutputLength: UNPACKED_AT_MOST,
    })
    const rows: unknown = JSON.parse(bytes.toString())
    if (!Array.isArray(rows) || !rows.every(isRow)) throw new Error('no sheet')
    return rows
  } catch {
    throw new RuleError('empty_file')
  }
}

function isRow(row: unknown): row is SheetRow {
  const { row: number, cells } = (row ?? {}) as Partial<SheetRow>
  return (
    Number.isSafeInteger(number) &&
    typeof cells === 'object' &&
    cells !== null &&
    Object.values(cells).every((text) => typeof text === 'string')
  )
}
