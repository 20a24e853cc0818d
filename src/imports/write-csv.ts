/** So that a spreadsheet takes the file for UTF-8. */
export const BYTE_ORDER_MARK = '\ufeff'

/**
 * A line of CSV (RFC 4180). A field that a spreadsheet would take for a formula gets an apostrophe in front, which
 * the import takes off again. Example: `=1+1` → `'=1+1`.
 */
export function csvLine(fields: readonly string[]): string {
  return `${fields.map(csvField).join(',')}\r\n`
}

function csvField(text: string): string {
  const guarded = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n;]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded
}
