const LONGEST = 120
const EXTENSION = /\.[a-z0-9]{1,5}$/i

/**
 * The name of a sent file as it is shown: its last part, without control characters and marks that turn text around,
 * which make `x[RLO]vsc.exe` read as another kind of file. Files are never stored under it.
 */
export function fileNameOf(sent: string): string {
  const last = sent.toWellFormed().normalize('NFC').split(/[/\\]/).at(-1) ?? ''
  const shown = last.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '').trim()
  if (/^\.*$/.test(shown)) return 'register'
  const letters = [...shown]
  if (letters.length <= LONGEST) return shown
  const extension = EXTENSION.exec(shown)?.[0] ?? ''
  return `${letters.slice(0, LONGEST - extension.length - 1).join('')}…${extension}`
}
