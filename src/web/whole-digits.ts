/**
 * The digits of a whole number as people type it, thousands apart or not: '35.000', '35 000' → '35000'. '' for nothing;
 * null for anything else, a fraction ('35.000,00', '1.5') too.
 */
export function wholeDigits(text: string): string | null {
  const plain = text.trim()
  return /^(\d*|\d{1,3}([.,\s]\d{3})+)$/.test(plain) ? plain.replace(/\D/g, '') : null
}
