import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import type { Browser, Page } from 'playwright-core'
import { findAccountByName, setTotp } from '../../db/queries/accounts.ts'
import { externalService } from '../../src/accounts/external-service.ts'
import { setupPath } from '../../src/accounts/set-up.ts'
import { newTotpSecret } from '../../src/accounts/totp.ts'
import {
  ARTEFACTS,
  complaintsOf,
  launchBrowser,
  PHONE,
  skip,
  spillingOf,
  violationsOf,
} from '../support/chromium.ts'
import { appOf, PASSWORD, signUp } from '../support/signed-up.ts'
import { testInstallation } from '../support/test-installation.ts'

/** A sign-in service at which nobody answers. */
const SERVICE = {
  issuer: 'http://127.0.0.1:9',
  clientId: 'motcua',
  clientSecret: '',
  label: 'Đăng nhập bằng VNeID',
  usernameClaim: null,
} as const

let app: FastifyInstance
let empty: FastifyInstance
let setupLink: string
let browser: Browser

before(async () => {
  if (skip) return
  const installation = testInstallation()
  const { db, clock, vault, log } = installation
  await signUp(installation, { username: 'chi.lan', officer: 'xa-ngoc-ky.mot-cua-1' })
  await signUp(installation, { username: 'anh.hai', officer: 'xa-ngoc-ky.mot-cua-2' })
  const secret = vault.seal(newTotpSecret())
  setTotp(db, findAccountByName(db, 'anh.hai')!.id, secret, clock.now())
  app = await appOf(installation, externalService(SERVICE, 'https://motcua.invalid', log))
  const other = testInstallation()
  setupLink = setupPath(other)!
  empty = await appOf(other)
  await Promise.all([app, empty].map((each) => each.listen({ host: '127.0.0.1', port: 0 })))
  browser = await launchBrowser()
})

after(async () => {
  if (skip) return
  await browser.close()
  await Promise.all([app.close(), empty.close()])
})

/** On a telephone, in light and in dark. */
function onPhone(
  name: string,
  work: (page: Page, look: (what: string) => Promise<void>) => Promise<void>,
): void {
  for (const colorScheme of ['light', 'dark'] as const)
    test(`${name}, ${colorScheme}`, { skip }, async () => {
      const context = await browser.newContext({ viewport: PHONE, colorScheme })
      const page = await context.newPage()
      const complaints = complaintsOf(page)
      const look = async (what: string) => {
        assert.deepEqual(await violationsOf(page), [], what)
        assert.deepEqual(await spillingOf(page), [], what)
        await page.screenshot({ path: `${ARTEFACTS}${what}-${colorScheme}.png`, fullPage: true })
      }
      await work(page, look)
      assert.deepEqual(complaints, [])
      await context.close()
    })
}

onPhone('the sign-in says why somebody is not let in and keeps the name', async (page, look) => {
  await page.goto(at(app, '/dang-nhap'))
  await look('sign-in')
  await signInByKeyboard(page, 'khong.co.ai', 'mật khẩu sai')
  await refusedWith(page, /Tên đăng nhập hoặc mật khẩu không đúng/)
  assert.equal(await page.inputValue('#f-username'), 'khong.co.ai')
  assert.equal(await page.inputValue('#f-password'), '')
  await look('sign-in-refused')
})

onPhone('the sign-in says why the other service lets nobody in', async (page, look) => {
  await page.goto(at(app, '/dang-nhap'))
  await Promise.all([page.waitForEvent('load'), page.getByText('Đăng nhập bằng VNeID').click()])
  assert.equal(new URL(page.url()).pathname, '/dang-nhap/oidc')
  await refusedWith(page, /Chưa liên lạc được với VNeID/)
  await look('service-down')
  await page.goto(at(app, '/dang-nhap/oidc/ve'))
  await refusedWith(page, /không bắt đầu ở trình duyệt này/)
  await look('service-return-refused')
})

onPhone('the second factor is asked for, from the telephone or from paper', async (page, look) => {
  await page.goto(at(app, '/dang-nhap'))
  await signInByKeyboard(page, 'anh.hai', PASSWORD)
  assert.equal(new URL(page.url()).pathname, '/dang-nhap/ma')
  await look('code')
  await page.getByText('Dùng mã khôi phục').click()
  await look('recovery-code')
  await page.keyboard.type('aaaaa-aaaaa')
  await enter(page)
  await refusedWith(page, /Mã xác thực không đúng/)
  await look('code-refused')
})

onPhone('an installation without accounts asks for its first administrator', async (page, look) => {
  await page.goto(at(empty, setupLink))
  assert.equal(new URL(page.url()).pathname, '/thiet-lap')
  await look('set-up')
  for (const text of ['Đoàn Thị Lụa', 'lua', 'ngan', 'ngan']) {
    await page.keyboard.type(text)
    await page.keyboard.press('Tab')
  }
  await enter(page)
  await refusedWith(page, /ít nhất/)
  assert.equal(await page.inputValue('#f-name'), 'Đoàn Thị Lụa')
  await look('set-up-refused')
})

onPhone(
  'an account is linked with the sign-in service by who proves again who they are',
  async (page, look) => {
    await page.goto(at(app, '/dang-nhap'))
    await signInByKeyboard(page, 'chi.lan', PASSWORD)
    await page.goto(at(app, '/tai-khoan/lien-ket'))
    await look('link')
    await page.keyboard.type('không phải mật khẩu')
    await enter(page)
    await refusedWith(page, /Mật khẩu hoặc mã xác thực không đúng/)
    await look('link-refused')
    await page.fill('#f-proof', PASSWORD)
    await enter(page)
    assert.match((await page.textContent('main')) ?? '', /Đã xác nhận/)
    await look('link-onward')
    await page.goto(at(app, '/tai-khoan'))
    await look('account-with-service')
  },
)

function at(service: FastifyInstance, path: string): string {
  const { port } = service.server.address() as { port: number }
  return `http://127.0.0.1:${port}${path}`
}

async function signInByKeyboard(page: Page, username: string, password: string): Promise<void> {
  await page.keyboard.type(username)
  await page.keyboard.press('Tab')
  await page.keyboard.type(password)
  await enter(page)
}

async function enter(page: Page): Promise<void> {
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')])
}

async function refusedWith(page: Page, why: RegExp): Promise<void> {
  assert.match((await page.textContent('[role=alert]')) ?? '', why)
}
