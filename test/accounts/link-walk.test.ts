import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { ROUTES } from '../../src/accounts/routes.ts'
import { catalogueOf } from '../../src/catalogue/catalogue.ts'
import { lateFacts } from '../support/late-facts.ts'
import { linksOf, pageApp } from '../support/page-app.ts'
import { newOfficer } from '../support/posts.ts'
import { OFFICER } from '../support/signed-in.ts'
import { weekOfDossiers } from '../support/week-of-dossiers.ts'

const installation = weekOfDossiers()
lateFacts(installation)
newOfficer(installation, 'tham-dinh', { unit: 'huyen-tu-ky', role: 'appraiser' })
newOfficer(installation, 'quan-tri', { wide: 'administrator' })
newOfficer(installation, 'kiem-tra', { wide: 'auditor' })
const app = await pageApp(installation)
after(() => app.close())

const WHO = {
  counter: 'xa-ngoc-ky.mot-cua-1',
  officer: 'phong-tu-phap.chuyen-vien-1',
  head: 'xa-ngoc-ky.chu-tich',
  supervisor: 'huyen-tu-ky.giam-sat',
  appraiser: 'tham-dinh',
  administrator: 'quan-tri',
  auditor: 'kiem-tra',
} as const

/** Files cost time and say nothing that the pages do not; signing out ends the walk. */
const PASSED_OVER = /\.(pdf|xlsx|csv|zip|json)(\?|$)|^\/(assets|api|dang-)/
/** Every page whose address says all; those that lead to one thing are reached by their links. */
const FIRST = Object.keys(ROUTES)
  .filter((route) => /^GET \/[^:*]*$/.test(route))
  .map((route) => route.slice('GET '.length))
  .filter((path) => !PASSED_OVER.test(path))

const OF_A_KIND = 2

for (const [role, officer] of Object.entries(WHO)) {
  test(`no page that opens to ${role} has a link that does not`, async () => {
    const asked = new Set<string>()
    const kinds = new Map<string, number>()
    const pages = [...FIRST]
    const barred: string[] = []
    for (let page = pages.shift(); page !== undefined; page = pages.shift()) {
      const { body, headers } = await get(page, officer)
      if (headers.location !== undefined) pages.push(headers.location)
      for (const link of linksOf(body).map((href) => href.replace(/#.*/, ''))) {
        if (link === '' || asked.has(link) || PASSED_OVER.test(link)) continue
        asked.add(link)
        const { statusCode } = await get(link, officer)
        if (statusCode === 403) barred.push(`${page} → ${link}`)
        const kind = kindOf(link)
        const seen = kinds.get(kind) ?? 0
        kinds.set(kind, seen + 1)
        if (statusCode === 200 && seen < OF_A_KIND) pages.push(link)
      }
    }
    assert.ok(asked.size > 20, `only ${asked.size} links`)
    assert.deepEqual(barred, [])
  })
}

test('an administrator reads figures that open nothing, a clerk the same figures as links', async () => {
  const figures = async (officer: string) => (await get('/bao-cao/2023-W10', officer)).body
  const [plain, opening] = [await figures(WHO.administrator), await figures(WHO.counter)]
  assert.match(opening, /<dd class="figure-value n"><a href="\/bao-cao\/2023-W10\/ho-so\?/)
  assert.match(plain, /<dd class="figure-value n">\d+<\/dd>/)
  assert.doesNotMatch(plain, /\/bao-cao\/2023-W10\/ho-so/)
})

function get(url: string, officer: string) {
  return app.inject({ url, headers: { [OFFICER]: officer } })
}

const UNITS = new Set(catalogueOf(installation.db).units.map(({ key }) => key))

/** Pages of one kind differ in the dossier, the unit or the number they are about. */
function kindOf(link: string): string {
  const [path = '', query = ''] = link.split('?')
  const parts = path.split('/').map((part) => (/\d/.test(part) || UNITS.has(part) ? '#' : part))
  return `${parts.join('/')}?${[...new URLSearchParams(query).keys()].sort().join('&')}`
}
