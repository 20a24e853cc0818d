import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { Provider } from 'oidc-provider'
import type { SignInService } from '../../src/config.ts'
import { freePort } from './free-port.ts'

/** A real OpenID Connect service on a free port, at which everybody is whom the test says. */
export interface SignInProvider {
  readonly settings: SignInService
  /** Subject of whoever sits at the browser. */
  person: string
  /** What the service tells of everybody. */
  claims: Readonly<Record<string, string | boolean>>
  /** Follows a browser from our redirect to the service and back: the address it comes back to. */
  walk(address: string): Promise<string>
  stop(): Promise<void>
  start(): Promise<void>
}

const SECRET = 'secret of the tests'
export const ORIGIN = 'http://127.0.0.1:8080'

export async function signInProvider(): Promise<SignInProvider> {
  const port = await freePort()
  const issuer = `http://127.0.0.1:${port}`
  const state = { person: 'sub-lan', claims: {} as Readonly<Record<string, string | boolean>> }
  const provider: Provider = quietly(
    () =>
      new Provider(issuer, {
        clients: [
          {
            client_id: 'motcua',
            client_secret: SECRET,
            redirect_uris: [`${ORIGIN}/dang-nhap/oidc/ve`],
            token_endpoint_auth_method: 'client_secret_basic',
          },
          {
            client_id: 'motcua-without-secret',
            redirect_uris: [`${ORIGIN}/dang-nhap/oidc/ve`],
            token_endpoint_auth_method: 'none',
          },
        ],
        clientAuthMethods: ['client_secret_basic', 'none'],
        pkce: { required: () => true },
        claims: { openid: ['sub'], profile: ['preferred_username'], email: ['email', 'email_verified'] },
        findAccount: (_context, sub) => ({ accountId: sub, claims: async () => ({ sub, ...state.claims }) }),
        features: { devInteractions: { enabled: false } },
        interactions: { url: (_context, { uid }) => `/who/${uid}` },
        cookies: { keys: ['of the tests'] },
        ttl: { Interaction: 600, Grant: 600, Session: 600, AccessToken: 600, IdToken: 600 },
        loadExistingGrant: async ({ oidc }) => {
          const grant = new provider.Grant({
            accountId: oidc.session!.accountId!,
            clientId: oidc.client!.clientId,
          })
          grant.addOIDCScope('openid profile email')
          await grant.save()
          return grant
        },
      }),
  )
  const answer = provider.callback()
  let server: Server
  const start = async () => {
    server = createServer((request, reply) => {
      if (!request.url?.startsWith('/who/')) return void answer(request, reply)
      provider
        .interactionFinished(request, reply, { login: { accountId: state.person, remember: false } })
        .catch(() => reply.writeHead(500).end())
    })
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
  }
  const stop = async () => {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  }
  await start()
  return Object.assign(state, {
    settings: {
      issuer,
      clientId: 'motcua',
      clientSecret: SECRET,
      label: 'Đăng nhập bằng VNeID',
      usernameClaim: null,
    },
    walk,
    start,
    stop,
  })
}

/** From redirect to redirect with the cookies that are set on the way, until it leads to us. */
async function walk(address: string): Promise<string> {
  const cookies = new Map<string, string>()
  let next = address
  for (let steps = 0; steps < 10 && !next.startsWith(ORIGIN); steps += 1) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const reply = await fetch(next, { headers: { cookie }, redirect: 'manual' })
    for (const line of reply.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      cookies.set(name, value)
    }
    const to = reply.headers.get('location')
    if (to === null) throw new Error(`${reply.status} ${await reply.text()}`)
    next = new URL(to, next).href
  }
  return next
}

/** The service warns on the console of everything a test leaves at its default. */
function quietly<T>(work: () => T): T {
  const { warn, info } = console
  Object.assign(console, { warn: () => {}, info: () => {} })
  try {
    return work()
  } finally {
    Object.assign(console, { warn, info })
  }
}
