import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { problemOf, TransportError } from './problems.ts'

/** In this scope every error and every unknown address is answered as RFC 9457 problem+json. */
export function replyWithProblems(scope: FastifyInstance): void {
  scope.setErrorHandler(replyWithProblem)
  scope.setNotFoundHandler((request, reply) =>
    replyWithProblem(new TransportError('no_such_page'), request, reply),
  )
}

/** Answers with the problem; only what is our own fault is logged, with its cause and without the request. */
export function replyWithProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const problem = problemOf(error, request.id)
  if (problem.status >= 500) request.log.error({ err: error, route: request.routeOptions.url }, problem.code)
  if (problem.status === 503) reply.header('retry-after', '5')
  reply
    .code(problem.status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .send(JSON.stringify(problem))
}
