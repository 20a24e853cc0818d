import type { Page } from 'playwright-core'

/** As a scanner does: all keys at once, Enter at the end. */
export async function scan(page: Page, text: string): Promise<void> {
  const keys = await page.context().newCDPSession(page)
  const now = Date.now() / 1000
  const press = (n: number, what: object) => {
    const timestamp = now + n * 0.004
    return ['keyDown', 'keyUp'].map((type) =>
      keys.send('Input.dispatchKeyEvent', { type: type as 'keyDown', timestamp, ...what }),
    )
  }
  const enter = { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13, text: '\r' }
  const all = [...text].map((key) => ({ key, text: key }))
  await Promise.all([...all, enter].flatMap((what, n) => press(n, what)))
  await keys.detach()
}
