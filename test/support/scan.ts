import type { Page } from 'playwright-core'

const USUAL_GAP_MS = 4

/**
 * As a scanner does: all keys at once, Enter at the end. `gapBefore`: the milliseconds between a character, by its
 * place, and the one before it.
 */
export async function scan(
  page: Page,
  text: string,
  gapBefore: (place: number) => number = () => USUAL_GAP_MS,
): Promise<void> {
  const keys = await page.context().newCDPSession(page)
  let at = Date.now()
  const times = [...text, 'Enter'].map((_, n) => {
    at += gapBefore(n)
    return at / 1000
  })
  const press = (n: number, what: object) => {
    const timestamp = times[n]!
    return ['keyDown', 'keyUp'].map((type) =>
      keys.send('Input.dispatchKeyEvent', { type: type as 'keyDown', timestamp, ...what }),
    )
  }
  const enter = { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13, text: '\r' }
  const all = [...text].map((key) => ({ key, text: key }))
  await Promise.all([...all, enter].flatMap((what, n) => press(n, what)))
  await keys.detach()
}
