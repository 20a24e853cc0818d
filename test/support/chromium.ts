import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type Browser, chromium, type Page } from 'playwright-core'

const CHROMIUM = '/usr/bin/chromium'
const ARGS = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Why the browser tests do not run here; false: they do. */
export const skip = existsSync(CHROMIUM)
  ? false
  : `Chromium is not installed at ${CHROMIUM}: the browser tests did not run`

/** Where screenshots and papers of the tests are left to be looked at. */
export const ARTEFACTS = new URL('../../.artefacts/', import.meta.url).pathname

export const DESK = { width: 1366, height: 768 } as const
export const MONITOR = { width: 1920, height: 1080 } as const
export const PHONE = { width: 390, height: 844 } as const

export function launchBrowser(): Promise<Browser> {
  mkdirSync(ARTEFACTS, { recursive: true })
  return chromium.launch({ executablePath: CHROMIUM, args: ARGS })
}

/** What the browser complains about from now on; an answer that refuses something is none. */
export function complaintsOf(page: Page): readonly string[] {
  const complaints: string[] = []
  page.on('console', (message) => {
    const isComplaint = message.type() === 'error' || message.type() === 'warning'
    if (isComplaint && !/responded with a status of [45]\d\d/.test(message.text()))
      complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  return complaints
}

interface AxeResults {
  readonly violations: readonly {
    readonly id: string
    readonly nodes: readonly { readonly html: string }[]
  }[]
}

/** What axe objects to, each with the first places. */
export async function violationsOf(page: Page): Promise<readonly string[]> {
  await page.evaluate(AXE)
  const results = await page.evaluate<AxeResults>('axe.run(document)')
  return results.violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes
        .slice(0, 3)
        .map(({ html }) => html.slice(0, 160))
        .join(' | ')}`,
  )
}

/** What makes a page wider than its window; regions that scroll by themselves may. */
export function spillingOf(page: Page): Promise<readonly string[]> {
  return page.evaluate(`document.documentElement.scrollWidth <= window.innerWidth ? [] : [...document.querySelectorAll('main *')]
  .filter((each) => each.getBoundingClientRect().right > window.innerWidth && !each.closest('.scroll'))
  .map((each) => each.className + ': ' + each.textContent.slice(0, 60))`)
}
