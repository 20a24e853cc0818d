import type { ClientAuth, Configuration } from 'openid-client'
import type { Logger } from 'pino'
import type { SignInService } from '../config.ts'
import { RuleError } from '../domain/refusals.ts'

/** How long the service may take to answer: somebody waits before the page. */
const TIMEOUT_S = 8
/** By how much its clock and ours may differ. */
const CLOCK_TOLERANCE_S = 60

export const RETURN_PATH = '/dang-nhap/oidc/ve'

/** What has to be remembered in the browser between leaving for the service and coming back. */
export interface Flow {
  readonly state: string
  readonly nonce: string
  readonly verifier: string
}

/** Who somebody is there. */
export interface Identity {
  readonly issuer: string
  readonly subject: string
  /** Our username, where the service is trusted to tell it; else null. */
  readonly username: string | null
}

/** A service at which people prove who they are. */
export interface ExternalService {
  readonly issuer: string
  /** What the button says, and how sentences name the service. */
  readonly label: string
  readonly name: string
  /** Where to send the browser. Refuses (`sign_in_service_down`) where the service does not answer. */
  begin(): Promise<{ readonly address: string; readonly flow: Flow }>
  /** Who came back. Refuses (`identity_not_confirmed`) what the service does not stand for. */
  finish(flow: Flow, query: string): Promise<Identity>
}

/**
 * The authorization code flow of OpenID Connect with PKCE. The library is loaded and the service asked for its
 * addresses when somebody signs in there for the first time; what it said is kept until something fails.
 */
export function externalService(settings: SignInService, origin: string, log: Logger): ExternalService {
  const { issuer, label, usernameClaim } = settings
  const name = nameOf(label)
  const redirectUri = `${origin}${RETURN_PATH}`
  let known: Promise<Configuration> | null = null

  async function reached<T>(work: (configuration: Configuration) => Promise<T>): Promise<T> {
    known ??= discover(settings)
    try {
      return await work(await known)
    } catch (error) {
      const refusal = refusalOf(error, name, log)
      if (refusal.code === 'sign_in_service_down') known = null
      throw refusal
    }
  }

  return {
    issuer,
    label,
    name,
    begin: () =>
      reached(async (configuration) => {
        const client = await import('openid-client')
        const flow = {
          state: client.randomState(),
          nonce: client.randomNonce(),
          verifier: client.randomPKCECodeVerifier(),
        }
        const address = client.buildAuthorizationUrl(configuration, {
          redirect_uri: redirectUri,
          scope: usernameClaim === null ? 'openid' : 'openid profile email',
          state: flow.state,
          nonce: flow.nonce,
          code_challenge: await client.calculatePKCECodeChallenge(flow.verifier),
          code_challenge_method: 'S256',
        })
        return { address: address.href, flow }
      }),
    finish: (flow, query) =>
      reached(async (configuration) => {
        const client = await import('openid-client')
        const address = new URL(redirectUri)
        address.search = query
        const tokens = await client.authorizationCodeGrant(configuration, address, {
          expectedState: flow.state,
          expectedNonce: flow.nonce,
          pkceCodeVerifier: flow.verifier,
        })
        const claims = tokens.claims()
        if (claims === undefined) throw new Error('no ID token')
        const more =
          usernameClaim === null || usernameClaim in claims
            ? claims
            : await client.fetchUserInfo(configuration, tokens.access_token, claims.sub)
        return { issuer, subject: claims.sub, username: usernameIn(more, usernameClaim) }
      }),
  }
}

async function discover({ issuer, clientId, clientSecret }: SignInService): Promise<Configuration> {
  const client = await import('openid-client')
  const server = new URL(issuer)
  // Where the service does not say what it takes, the standard's default is meant.
  const bySecret: ClientAuth = (as, ...rest) => {
    const takesPost = as.token_endpoint_auth_methods_supported?.includes('client_secret_post')
    const authenticate = takesPost
      ? client.ClientSecretPost(clientSecret)
      : client.ClientSecretBasic(clientSecret)
    authenticate(as, ...rest)
  }
  return client.discovery(
    server,
    clientId,
    { [client.clockTolerance]: CLOCK_TOLERANCE_S },
    clientSecret === '' ? client.None() : bySecret,
    // Only an issuer on this machine comes here with http (src/config.ts).
    {
      timeout: TIMEOUT_S,
      // The signature of the ID token is checked although it comes from the service itself over TLS.
      execute: [
        client.enableNonRepudiationChecks,
        ...(server.protocol === 'http:' ? [client.allowInsecureRequests] : []),
      ],
    },
  )
}

function usernameIn(claims: Readonly<Record<string, unknown>>, claim: string | null): string | null {
  const told = claim === null ? undefined : claims[claim]
  if (typeof told !== 'string' || told === '') return null
  // Somebody may have typed any address into the service.
  return claim === 'email' && claims['email_verified'] !== true ? null : told
}

interface ServiceError {
  readonly code?: string
  /** OAuth's own word. */
  readonly error?: string
  readonly status?: number
}

/** Not reached, or answering nonsense: down. Anything else: it does not stand for this sign-in. Claims are never logged. */
function refusalOf(error: unknown, service: string, log: Logger): RuleError {
  const { code, error: word, status } = error as ServiceError
  log.warn({ code, word, status, what: (error as Error).message }, 'sign-in service')
  const isDown = error instanceof TypeError || DOWN.has(code ?? '') || (status ?? 0) >= 500
  return new RuleError(isDown ? 'sign_in_service_down' : 'identity_not_confirmed', { service })
}

const DOWN = new Set([
  'OAUTH_TIMEOUT',
  'OAUTH_ABORT',
  'OAUTH_RESPONSE_IS_NOT_CONFORM',
  'OAUTH_RESPONSE_IS_NOT_JSON',
  'OAUTH_PARSE_ERROR',
  'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED',
])

/** “Đăng nhập bằng VNeID” leads to “VNeID”. */
function nameOf(label: string): string {
  return label.replace(/^đăng nhập (bằng|qua|với|tại)\s+/iu, '')
}
