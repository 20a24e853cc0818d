import { COLUMN_NAMES, type Column, isColumn } from './columns.ts'
import { ENCODINGS } from './decode-text.ts'
import type { Separator } from './parse-csv.ts'
import type { Defaults } from './read-register.ts'
import type { ReadOptions } from './read-table.ts'

/** How a file is to be read, where a guess was wrong or a column is missing; kept with an import as JSON. */
export interface ImportOptions extends ReadOptions {
  readonly defaults?: Defaults | undefined
}

export const SEPARATOR_NAMES = { comma: ',', semicolon: ';', tab: '\t', pipe: '|' } as const satisfies Record<
  string,
  Separator
>
export type SeparatorName = keyof typeof SEPARATOR_NAMES

/** The options a person gave as words: by field of a form, by parameter of a request or by option of a command. */
export interface OptionWords {
  readonly encoding?: string | undefined
  readonly separator?: string | undefined
  readonly sheet?: string | undefined
  readonly headerRow?: string | number | undefined
  /** `accepted_at=Ngày nhận`: column and the file's header for it. */
  readonly columns?: readonly string[] | undefined
  /** `unit=xa-ngoc-ky`: column and what an empty cell of it says. */
  readonly defaults?: readonly string[] | undefined
}

/** The options those words mean; a word nobody knows goes to `wrong` as a sentence. */
export function readOptions(words: OptionWords, wrong: (sentence: string) => void): ImportOptions {
  const encoding = ENCODINGS.find((each) => each === words.encoding)
  if (words.encoding && encoding === undefined) wrong(`Bảng mã phải là một trong: ${ENCODINGS.join(', ')}.`)
  const separator = isSeparatorName(words.separator) ? SEPARATOR_NAMES[words.separator] : undefined
  if (words.separator && separator === undefined)
    wrong(`Dấu phân cách phải là một trong: ${Object.keys(SEPARATOR_NAMES).join(', ')}.`)
  const headerRow = words.headerRow ? Number(words.headerRow) : undefined
  if (headerRow !== undefined && !(Number.isInteger(headerRow) && headerRow >= 1 && headerRow <= 1_000))
    wrong('Dòng tiêu đề phải là một số từ 1 đến 1000.')
  return {
    ...(encoding !== undefined && { encoding }),
    ...(separator !== undefined && { separator }),
    ...(words.sheet && { sheet: words.sheet }),
    ...(headerRow !== undefined && { headerRow }),
    columns: pairsOf(words.columns ?? [], wrong),
    defaults: pairsOf(words.defaults ?? [], wrong),
  }
}

export function separatorName(separator: string | null): string {
  return Object.entries(SEPARATOR_NAMES).find(([, sign]) => sign === separator)?.[0] ?? ''
}

function pairsOf(
  words: readonly string[],
  wrong: (sentence: string) => void,
): Readonly<Partial<Record<Column, string>>> {
  const pairs: Partial<Record<Column, string>> = {}
  for (const word of words) {
    const [column = '', ...rest] = word.split('=')
    if (!isColumn(column) || rest.length === 0)
      wrong(`“${word}” phải có dạng CỘT=giá trị, với CỘT là một trong: ${COLUMN_NAMES.join(', ')}.`)
    else pairs[column] = rest.join('=').trim()
  }
  return pairs
}

function isSeparatorName(word: string | undefined): word is SeparatorName {
  return word !== undefined && Object.hasOwn(SEPARATOR_NAMES, word)
}
