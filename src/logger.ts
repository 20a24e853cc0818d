import { type DestinationStream, type Logger, pino } from 'pino'
import { loggedError } from './logged-error.ts'

/** Log lines carry no personal data: no bodies, no query strings, no names, and of an error no value that was wrong. */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  const redact = { paths: ['req', 'res', 'body', '*.applicant', '*.idNumber', '*.phone'], remove: true }
  const options = { level, redact, serializers: { err: loggedError } }
  return destination === undefined ? pino(options) : pino(options, destination)
}
