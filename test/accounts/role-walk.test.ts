import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import Fastify, { type InjectOptions } from 'fastify'
import { groupCommit } from '../../db/group-commit.ts'
import { PERMISSIONS, type Permission } from '../../src/accounts/access.ts'
import { guard } from '../../src/accounts/guard.ts'
import { ROLES, type Role } from '../../src/accounts/roles.ts'
import { ROUTES } from '../../src/accounts/routes.ts'
import { THIS_MACHINE } from '../../src/web/site.ts'
import { person, tokenOf, withAccount } from '../support/people.ts'
import { serviceApp } from '../support/service-app.ts'
import { sessionCookieOf } from '../support/signed-in.ts'
import { testInstallation } from '../support/test-installation.ts'

const DOC = readFileSync(new URL('../../docs/roles.md', import.meta.url), 'utf8')

/** What the page says: which roles have a permission. */
const GRANTED: ReadonlyMap<string, readonly Role[]> = new Map(
  tableUnder('## Permission × role').map(([permission = '', , ...ticks]) => [
    permission,
    ROLES_OF_PAGE().filter((_, index) => ticks[index] === '✓'),
  ]),
)

/** What the page says: the door of each route. */
const DOORS: ReadonlyMap<string, string> = new Map(
  tableUnder('## Route × door').flatMap(([door = '', routes = '']) =>
    routes.split('<br>').flatMap((route) => routesNamed(route).map((name) => [name, door] as const)),
  ),
)

function tableUnder(heading: string): readonly (readonly string[])[] {
  const [, section = ''] = DOC.split(`${heading}\n`)
  const lines = (section.split('\n## ')[0] ?? '').split('\n').filter((line) => line.startsWith('| '))
  return lines.slice(1).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.replaceAll('`', '').trim()),
  )
}

function ROLES_OF_PAGE(): readonly Role[] {
  const [, section = ''] = DOC.split('## Permission × role\n')
  const heading = section.split('\n').find((line) => line.startsWith('| Permission'))
  return [...(heading ?? '').matchAll(/`(\w+)`/g)].map(([, role]) => role as Role)
}

/** `…/acts/*` stands for one route for each act. */
function routesNamed(name: string): readonly string[] {
  if (!name.endsWith('/acts/*')) return [name]
  return Object.keys(ROUTES).filter((route) => route.startsWith(name.slice(0, -1)))
}

test('docs/roles.md gives each permission to the roles to which the code gives it', () => {
  assert.deepEqual([...ROLES_OF_PAGE()].sort(), [...ROLES].sort())
  const code = Object.entries(PERMISSIONS).map(([permission, { roles }]) => [permission, [...roles].sort()])
  const page = [...GRANTED].map(([permission, roles]) => [permission, [...roles].sort()])
  assert.deepEqual(Object.fromEntries(page), Object.fromEntries(code))
})

test('docs/roles.md names the door of every route', () => {
  assert.deepEqual(sorted(Object.fromEntries(DOORS)), sorted(ROUTES))
})

function sorted(routes: Readonly<Record<string, string>>) {
  return Object.fromEntries(Object.entries(routes).sort(([a], [b]) => (a < b ? -1 : 1)))
}

test('an auditor and an appraiser may change nothing, an administrator sees no dossier', () => {
  const may = (role: Role) => [...GRANTED].filter(([, roles]) => roles.includes(role)).map(([name]) => name)
  const isRead = (name: string) => /_read$/.test(name) || name === 'own_account'
  assert.deepEqual(
    [...may('auditor'), ...may('appraiser')].filter((name) => !isRead(name)),
    [],
  )
  const aboutDossiers = /^(dossiers|documents|corrections|registers|imports|exports|exchange|back_entry)/
  assert.deepEqual(
    may('administrator').filter((name) => aboutDossiers.test(name)),
    [],
  )
  assert.deepEqual(
    may('appraiser').filter((name) => GRANTED.get(name)!.includes('auditor') === false),
    [],
    'an auditor reads whatever anybody reads',
  )
})

test('a route that is missing from the table cannot be registered', async () => {
  const installation = testInstallation()
  const app = Fastify()
  await guard(app, { deps: installation, writer: groupCommit(installation.db), site: THIS_MACHINE })
  assert.throws(() => app.get('/bi-mat', () => 'x'), /Route GET \/bi-mat is missing/)
  assert.throws(() => app.delete('/ho-so/:code', () => 'x'), /Route DELETE \/ho-so\/:code is missing/)
})

/** One real person for each role, one program, somebody who has left, and nobody. */
function everybody() {
  const installation = testInstallation('2023-03-13T09:00')
  for (const key of Object.values(OFFICERS)) withAccount(installation, key)
  const posts = [{ unit: 'huyen-tu-ky', role: 'appraiser' }] as const
  person(installation, 'tham-dinh', 'Lê Thẩm Định', { posts })
  person(installation, 'quan-tri', 'Phạm Quản Trị', { roles: ['administrator'] })
  person(installation, 'kiem-tra', 'Đỗ Kiểm Tra', { roles: ['auditor'] })
  person(installation, 'phan-mem', 'Phần mềm một cửa điện tử', {
    posts: [{ unit: 'huyen-tu-ky', role: 'client' }],
    kind: 'client',
  })
  person(installation, 'da-nghi', 'Ngô Đã Nghỉ', {
    posts: [{ unit: 'xa-ngoc-ky', role: 'head', to: '2023-03-12' }],
  })
  return installation
}

const OFFICERS = {
  counter: 'xa-ngoc-ky.mot-cua-1',
  officer: 'xa-ngoc-ky.cong-an',
  head: 'xa-ngoc-ky.chu-tich',
  supervisor: 'huyen-tu-ky.giam-sat',
} as const

const WHO = {
  ...OFFICERS,
  appraiser: 'tham-dinh',
  administrator: 'quan-tri',
  auditor: 'kiem-tra',
  left: 'da-nghi',
} as const

type Asker = keyof typeof WHO | 'client' | 'nobody'

const ASKERS = [...Object.keys(WHO), 'client', 'nobody'] as readonly Asker[]

const installation = everybody()
const app = await serviceApp(installation)
const allScopes = Object.keys(PERMISSIONS) as Permission[]
const token = tokenOf(installation, 'phan-mem', allScopes)

test('the service has the routes of the table, and no other', () => {
  const registered = registeredRoutes()
  const named = Object.keys(ROUTES)
  assert.deepEqual([...registered].sort(), [...named].sort())
})

/** The router lists a wildcard without the words before it. */
const WILDCARDS: Readonly<Record<string, string>> = {
  '/api/docs/*': '/api/docs/static/*',
  '/quan-tri/viec-nen*': '/quan-tri/viec-nen/bull-board/*',
}

/** As the router itself lists them: `GET /ho-so/:code`. HEAD comes with every GET. */
function registeredRoutes(): readonly string[] {
  const routes: string[] = []
  const above: string[] = []
  for (const line of app.printRoutes({ commonPrefix: false }).split('\n')) {
    const found = /^([│ ]*)[├└]── (\S+)(?: \(([A-Z, ]+)\))?$/.exec(line)
    if (found === null) continue
    const [, indent = '', part = '', methods = ''] = found
    const depth = indent.length / 4
    above[depth] = `${depth === 0 ? '' : above[depth - 1]}${part}`
    const path = WILDCARDS[above[depth]] ?? above[depth]
    for (const method of methods.split(', ').filter((each) => each !== '' && each !== 'HEAD'))
      routes.push(`${method} ${path}`)
  }
  return routes
}

for (const asker of ASKERS) {
  test(`${asker} is let in by the routes of docs/roles.md and refused by all others`, async () => {
    const wrong: string[] = []
    for (const [route, door] of DOORS) {
      const found = await outcomeOf(asker, route)
      const expected = expectedOf(asker, route, door)
      if (found !== expected) wrong.push(`${route} (${door}): ${found}, expected ${expected}`)
    }
    assert.deepEqual(wrong, [])
  })
}

test('a HEAD is let in where the GET is', async () => {
  for (const [route, door] of DOORS) {
    const url = withValues(route.split(' ')[1] ?? '')
    if (!route.startsWith('GET ') || door === 'public') continue
    const nobody = await app.inject({ method: 'HEAD', url, headers: headersOf('nobody') })
    assert.equal(nobody.statusCode, 401, route)
    const auditor = await app.inject({ method: 'HEAD', url, headers: headersOf('auditor') })
    const isGranted = ['session', 'people'].includes(door) || GRANTED.get(door)?.includes('auditor') === true
    if (!isGranted) assert.equal(auditor.statusCode, 403, route)
  }
})

type Outcome = 'let in' | 'not signed in' | 'not permitted' | 'no post'

/** By the page alone: the code's own answer is what is tested. */
function expectedOf(asker: Asker, route: string, door: string): Outcome {
  if (door === 'public') return 'let in'
  const isNobody = asker === 'nobody' || (asker === 'client' && !route.includes(' /api/'))
  if (isNobody) return 'not signed in'
  if (door === 'session' || door === 'people') return 'let in'
  if (asker === 'left') return 'no post'
  return GRANTED.get(door)?.includes(asker as Role) === true ? 'let in' : 'not permitted'
}

async function outcomeOf(asker: Asker, route: string): Promise<Outcome> {
  const [method = '', path = ''] = route.split(' ')
  const reply = await app.inject({
    method: method as 'GET' | 'POST',
    url: withValues(path),
    headers: headersOf(asker),
    ...bodyOf(method, path),
  })
  const { location = '' } = reply.headers as { location?: string }
  if (reply.statusCode === 401 || location === '/dang-nhap' || location.startsWith('/dang-nhap?'))
    return path === '/dang-xuat' && asker !== 'nobody' && asker !== 'client' ? 'let in' : 'not signed in'
  if (reply.statusCode !== 403) return 'let in'
  if (/Hôm nay .* không giữ vị trí hay vai trò nào/.test(reply.body)) return 'no post'
  return /dành cho: /.test(reply.body) ? 'not permitted' : 'let in'
}

/** A session of its own for each request: some of them end it. */
function headersOf(asker: Asker): Record<string, string> {
  if (asker === 'nobody') return { 'x-motcua-officer': 'nobody' }
  if (asker === 'client') return { authorization: `Bearer ${token}` }
  return { cookie: sessionCookieOf(installation, WHO[asker]), 'sec-fetch-site': 'same-origin' }
}

const VALUES: Readonly<Record<string, string>> = {
  period: '2023-W10',
  year: '2022',
  unit: 'xa-ngoc-ky',
  form: 'merge',
  code: 'so-999999',
  number: 'KC-000.24.35.H23-999999',
  key: 'xa-ngoc-ky',
}

/** Addresses of what there is not: nothing is changed. */
function withValues(path: string): string {
  return path.replace(/:(\w+)/g, (_, name: string) => VALUES[name] ?? '999999').replace('/*', '/khong-co')
}

function bodyOf(method: string, path: string): Pick<InjectOptions, 'payload' | 'headers'> {
  if (method === 'GET') return {}
  return path.startsWith('/api/') ? { payload: {} } : { payload: '' }
}
