/**
 * Vietnamese typed with fonts of the time before Unicode: the letters of such a text are characters of Windows-1252
 * that only the font showed as Vietnamese. Both tables are those of the fonts (.VnTime, VNI-Times).
 */

const TCVN3_FROM = '¡¢£¤¥¦§¨©ª«¬\u00ad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ'
const TCVN3_TO = 'ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ'
const TCVN3 = tableOf([...TCVN3_FROM].map((letter, index) => [letter, [...TCVN3_TO][index] as string]))

/** Text of TCVN3 (ABC) as Unicode. Example: `NguyÔn V¨n` → `Nguyễn Văn`. */
export function fromTcvn3(text: string): string {
  return text.replace(/[¡-þ]/g, (letter) => TCVN3.get(letter) ?? letter)
}

/** VNI writes a mark as a second character after the letter: tone marks, then circumflex and breve with tones. */
const VNI_MARKS = 'ùøûõï' as const
const CIRCUMFLEX_MARKS = 'âáàåãä'
const BREVE_MARKS = 'êéèúüë'
const TONED = {
  a: 'áàảãạ',
  e: 'éèẻẽẹ',
  o: 'óòỏõọ',
  u: 'úùủũụ',
  y: 'ýỳỷỹ',
  ô: 'ớờởỡợ',
  ö: 'ứừửữự',
} as const
const CIRCUMFLEXED = { a: 'âấầẩẫậ', e: 'êếềểễệ', o: 'ôốồổỗộ' } as const
const BREVED = { a: 'ăắằẳẵặ' } as const
const VNI_SINGLES = { ñ: 'đ', ô: 'ơ', ö: 'ư', í: 'í', ì: 'ì', æ: 'ỉ', ó: 'ĩ', ò: 'ị', î: 'ỵ' } as const

const VNI = tableOf([
  ...pairs(TONED, VNI_MARKS),
  ...pairs(CIRCUMFLEXED, CIRCUMFLEX_MARKS),
  ...pairs(BREVED, BREVE_MARKS),
  ...Object.entries(VNI_SINGLES),
])
const VNI_LETTERS = new RegExp([...VNI.keys()].sort((a, b) => b.length - a.length).join('|'), 'g')

/** Text of VNI-Windows as Unicode. Example: `Nguyeãn Vaên` → `Nguyễn Văn`. */
export function fromVni(text: string): string {
  return text.replace(VNI_LETTERS, (letters) => VNI.get(letters) ?? letters)
}

function pairs(letters: Readonly<Record<string, string>>, marks: string): [string, string][] {
  return Object.entries(letters).flatMap(([letter, results]) =>
    [...results].map((result, index): [string, string] => [`${letter}${[...marks][index]}`, result]),
  )
}

/** Capitals follow from small letters: both characters of a pair may be either. */
function tableOf(small: readonly (readonly [string, string])[]): ReadonlyMap<string, string> {
  const table = new Map<string, string>(small)
  const isPairs = small.some(([from]) => from.length === 2)
  if (!isPairs) return table
  for (const [from, to] of small) {
    table.set(from.toUpperCase(), to.toUpperCase())
    const [letter = '', mark = ''] = from
    if (mark !== '') table.set(letter.toUpperCase() + mark, to.toUpperCase())
  }
  return table
}
