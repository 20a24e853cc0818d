/** Control characters but tab and line ends, and marks that turn the direction of text around. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const HIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff]/

/** Nesting no schema of ours comes near. */
const DEEPEST = 8

export interface UncleanText {
  readonly path: readonly string[]
  readonly problem: 'hidden_characters' | 'broken_characters' | 'too_deep'
}

/**
 * The value with every text in it as NFC (composed Vietnamese), or the first text that cannot be taken:
 * one with control characters or half a character. Changes the value in place.
 */
export function toPlainText(value: unknown, path: readonly string[] = []): { value: unknown } | UncleanText {
  if (typeof value === 'string') return plainText(value, path)
  if (typeof value !== 'object' || value === null) return { value }
  if (path.length >= DEEPEST) return { path, problem: 'too_deep' }
  const parts = value as Record<string, unknown>
  for (const key of Object.keys(parts)) {
    const part = toPlainText(parts[key], [...path, key])
    if ('problem' in part) return part
    parts[key] = part.value
  }
  return { value }
}

function plainText(text: string, path: readonly string[]): { value: string } | UncleanText {
  if (!text.isWellFormed()) return { path, problem: 'broken_characters' }
  if (HIDDEN.test(text)) return { path, problem: 'hidden_characters' }
  return { value: text.normalize('NFC') }
}
