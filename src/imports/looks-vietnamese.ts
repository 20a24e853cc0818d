/** Enough of a file to know how it was written. */
const SAMPLE_LENGTH = 200_000

const SYLLABLE =
  /^(b|c|ch|d|đ|g|gh|gi|h|k|kh|l|m|n|ng|ngh|nh|p|ph|qu|r|s|t|th|tr|v|x)?[aăâeêioôơuưy]{1,3}(c|ch|m|n|ng|nh|p|t)?$/
const TONES = /[\u0300\u0301\u0303\u0309\u0323]/g

/**
 * How Vietnamese a text reads: of its words with a letter outside ASCII, the share that are Vietnamese syllables with
 * at most one tone; null where there is no such word. Example: `Nguyễn Văn` → 1, `NguyÔn V¨n` → 0.
 */
export function vietnameseShare(text: string): number | null {
  let [good, all] = [0, 0]
  for (const [word] of text
    .slice(0, SAMPLE_LENGTH)
    .normalize('NFC')
    .matchAll(/[^\s\d\p{P}<>|=+$]*[^\0-\x7f\p{P}\s][^\s\d\p{P}<>|=+$]*/gu)) {
    all += 1
    if (isSyllable(word.toLowerCase())) good += 1
  }
  return all === 0 ? null : good / all
}

function isSyllable(word: string): boolean {
  const apart = word.normalize('NFD')
  const tones = apart.match(TONES)?.length ?? 0
  return tones <= 1 && SYLLABLE.test(apart.replace(TONES, '').normalize('NFC'))
}
