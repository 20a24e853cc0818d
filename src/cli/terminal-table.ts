export interface Column<Row> {
  readonly head: string
  readonly align: 'left' | 'right'
  cell(row: Row): string
}

const GAP = '  '

/**
 * Rows under their heads, aligned by what a terminal shows: a Vietnamese letter with its marks is one column wide
 * however it is encoded. The last row is set apart by a rule when `total` is given.
 */
export function terminalTable<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  total?: Row,
): string {
  const texts = (row: Row) => columns.map((column) => column.cell(row).normalize('NFC'))
  const head = columns.map((column) => column.head)
  const body = rows.map(texts)
  const foot = total === undefined ? [] : [texts(total)]
  const widths = columns.map((_, index) =>
    Math.max(...[head, ...body, ...foot].map((line) => terminalWidth(line[index]!))),
  )
  const print = (line: readonly string[]) =>
    line
      .map((text, index) => padded(text, widths[index]!, columns[index]!.align))
      .join(GAP)
      .trimEnd()
  const rule = widths.map((width) => '─'.repeat(width)).join(GAP)
  const lines = [
    print(head),
    rule,
    ...body.map(print),
    ...(total === undefined ? [] : [rule, ...foot.map(print)]),
  ]
  return `${lines.join('\n')}\n`
}

/** Columns of a terminal a text takes: its letters, marks not counted. */
function terminalWidth(text: string): number {
  return text.replace(/\p{M}/gu, '').length
}

function padded(text: string, width: number, align: Column<unknown>['align']): string {
  const space = ' '.repeat(Math.max(0, width - terminalWidth(text)))
  return align === 'left' ? text + space : space + text
}
