import type { FastifySchemaCompiler } from 'fastify'
import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import Format from 'typebox/format'
import { parseDay, parseInstant } from '../domain/calendar/day.ts'
import { issuesOf, textIssue } from './issues.ts'
import { toPlainText } from './plain-text.ts'
import { InvalidRequest, type Issue } from './problems.ts'

const PARTS: Readonly<Record<string, Issue['in']>> = {
  body: 'body',
  querystring: 'query',
  params: 'path',
}

Format.Set('local-day', (text) => isReadBy(parseDay, text))
Format.Set('moment', (text) => isReadBy(parseInstant, text))

/**
 * Checks a part of a request against its TypeBox schema, compiled once. Text becomes NFC first; numbers and
 * booleans of query strings are read from their text, an empty query parameter is none. Bodies are taken as they are.
 */
export const validatorCompiler: FastifySchemaCompiler<TSchema> = ({ schema, httpPart = 'body' }) => {
  // Headers are described for the documents; those that matter are read, and refused, where they are used.
  if (httpPart === 'headers') return (value: unknown) => ({ value })
  const validator = Compile(schema)
  const part = PARTS[httpPart] ?? 'body'
  return (sent: unknown) => {
    const plain = toPlainText(part === 'query' ? withoutEmpty(sent) : sent)
    if ('problem' in plain) return { error: new InvalidRequest([textIssue(part, plain)]) }
    const value = part === 'query' ? validator.Convert(plain.value) : plain.value
    if (validator.Check(value)) return { value }
    return { error: new InvalidRequest(issuesOf(part, validator.Errors(value))) }
  }
}

function withoutEmpty(query: unknown): unknown {
  return Object.fromEntries(Object.entries(query as object).filter(([, value]) => value !== ''))
}

function isReadBy(read: (text: string) => unknown, text: string): boolean {
  try {
    read(text)
    return true
  } catch {
    return false
  }
}
