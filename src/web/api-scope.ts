import type { IncomingMessage, ServerResponse } from 'node:http'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from 'fastify'
import type { Writer } from '../../db/group-commit.ts'
import type { PaperDeps } from '../deps.ts'

/** A scope whose handlers know their bodies and queries from the TypeBox schemas of their routes. */
export type ApiScope = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>

export interface ApiOptions {
  readonly deps: PaperDeps
  readonly writer: Writer
}
