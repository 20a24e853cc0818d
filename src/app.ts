import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyServerOptions,
  fastify,
  LogController,
} from 'fastify'
import type { Writer } from '../db/group-commit.ts'
import type { ExternalService } from './accounts/external-service.ts'
import { guard } from './accounts/guard.ts'
import { substitutionApi } from './accounts/substitution-api.ts'
import { attachmentApi } from './attachments/attachment-api.ts'
import { decisionApi } from './calendar-decisions/decision-api.ts'
import { catalogueApi } from './catalogue/catalogue-api.ts'
import { dueApi } from './catalogue/due-api.ts'
import { correctionApi } from './corrections/correction-api.ts'
import { handOverApi } from './custody/hand-over-api.ts'
import type { PaperDeps } from './deps.ts'
import { dossierApi } from './dossiers/dossier-api.ts'
import { dossierPaperApi } from './dossiers/dossier-paper-api.ts'
import { portalApi } from './exchange/portal-api.ts'
import { deliveryApi } from './exchange/webhooks/delivery-api.ts'
import { webhookApi } from './exchange/webhooks/webhook-api.ts'
import { exportApi } from './imports/export-api.ts'
import { importApi } from './imports/import-api.ts'
import { registerPages } from './pages.ts'
import { reorganisationApi } from './reorganisations/reorganisation-api.ts'
import { reportApi } from './reports/report-api.ts'
import { revisionApi } from './reports/revision-api.ts'
import { TLS_OPTIONS, type Tls } from './tls.ts'
import { documentApi } from './web/api-docs.ts'
import type { ApiOptions } from './web/api-scope.ts'
import { boundConnections } from './web/bound-connections.ts'
import { serveHealth } from './web/health.ts'
import { acceptJsonOnly } from './web/json-body.ts'
import { LIMITS, type Limits } from './web/limits.ts'
import { problemApi } from './web/problem-api.ts'
import { replyWithProblem, replyWithProblems } from './web/problem-replies.ts'
import { logRequests } from './web/request-log.ts'
import { NAMED_SCHEMAS } from './web/schemas.ts'
import { DATA_POLICY, headersOf, securityHeaders } from './web/security-headers.ts'
import { type Site, THIS_MACHINE } from './web/site.ts'
import { validatorCompiler } from './web/validation.ts'

export interface AppOptions extends PaperDeps {
  readonly writer: Writer
  /** Left out: only this machine. */
  readonly site?: Site
  /** Certificate and key where the service itself encrypts; left out: a proxy does, or nobody. */
  readonly tls?: Tls | null
  readonly limits?: Limits
  /** Left out: nobody signs in through another service. */
  readonly external?: ExternalService | undefined
  /** Null or left out: the jobs run without Redis. */
  readonly redisUrl?: string | null
}

/** The service, not yet listening: one scope for each audience, everything registered by name. */
export async function buildApp({
  writer,
  site = THIS_MACHINE,
  tls = null,
  limits = LIMITS,
  external,
  redisUrl = null,
  ...deps
}: AppOptions): Promise<FastifyInstance> {
  const app = listener(deps, site, tls, limits)
  boundConnections(app, site, limits)
  logRequests(app)
  securityHeaders(app, site)
  await guard(app, { deps, writer, site, rates: limits.rates })
  await app.register(publicScope, { deps, writer })
  await app.register(registerPages, { deps, writer, site, external, redisUrl })
  await app.register(apiScope, { prefix: '/api', deps, writer })
  return app
}

function listener(deps: PaperDeps, site: Site, tls: Tls | null, limits: Limits): FastifyInstance {
  const { headMs, checkEveryMs, headerBytes, bodyBytes, requestMs, silentMs } = limits
  const patience = {
    headersTimeout: headMs,
    connectionsCheckingInterval: checkEveryMs,
    maxHeaderSize: headerBytes,
  }
  const options: FastifyServerOptions = {
    loggerInstance: deps.log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: bodyBytes,
    requestTimeout: requestMs,
    connectionTimeout: silentMs,
    forceCloseConnections: 'idle',
    frameworkErrors: (error, request, reply) => {
      // A broken address is answered before any hook is run.
      reply.headers({ ...headersOf(site), 'content-security-policy': DATA_POLICY })
      replyWithProblem(error, request, reply)
    },
    routerOptions: { maxParamLength: 200 },
    trustProxy: site.trustProxy.length > 0 && [...site.trustProxy],
  }
  if (tls === null) return fastify({ ...options, http: patience })
  return fastify({
    ...options,
    https: { ...patience, ...TLS_OPTIONS, ...tls, handshakeTimeout: headMs },
  } as FastifyServerOptions) as FastifyInstance
}

/** For anybody and for watchdogs. */
async function publicScope(scope: FastifyInstance, { deps }: ApiOptions): Promise<void> {
  scope.setErrorHandler(replyWithProblem)
  serveHealth(scope, deps)
}

/** For programs: JSON in and out, problem+json for every refusal, documents at /api/docs. */
async function apiScope(scope: FastifyInstance, options: ApiOptions): Promise<void> {
  replyWithProblems(scope)
  acceptJsonOnly(scope)
  scope.setValidatorCompiler(validatorCompiler)
  for (const schema of NAMED_SCHEMAS) scope.addSchema(schema)
  await documentApi(scope)
  await scope.register(version1, { ...options, prefix: '/v1' })
}

async function version1(scope: FastifyInstance, options: ApiOptions): Promise<void> {
  const api = scope.withTypeProvider<TypeBoxTypeProvider>()
  api.addHook('onRequest', async (_request, reply) => {
    reply.header('content-security-policy', DATA_POLICY)
  })
  await dossierApi(api, options)
  await correctionApi(api, options)
  await dossierPaperApi(api, options)
  await attachmentApi(api, options)
  await reportApi(api, options)
  await revisionApi(api, options)
  await catalogueApi(api, options)
  await dueApi(api, options)
  await importApi(api, options)
  await exportApi(api, options)
  await portalApi(api, options)
  await decisionApi(api, options)
  await reorganisationApi(api, options)
  await substitutionApi(api, options)
  await webhookApi(api, options)
  await deliveryApi(api, options)
  await handOverApi(api, options)
  await problemApi(api)
  api.get('/openapi.json', { schema: { hide: true } }, async () => scope.swagger())
}
