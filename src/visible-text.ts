// A byte order mark is a blank to JavaScript.
const UNSEEN = /\ufeff|(?!\s)[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu

/**
 * The text without what nobody sees: control characters, marks that turn the direction of text around, letters without
 * width. Blanks and line ends stay. Example: `visibleText('Đào\u202e\u200b')` is `'Đào'`.
 */
export function visibleText(text: string): string {
  return text.toWellFormed().replace(UNSEEN, '')
}

/** One line of it with single blanks, composed: a name or an address as it is kept. */
export function visibleLine(text: string): string {
  return visibleText(text).normalize('NFC').replace(/\s+/g, ' ').trim()
}
