import { type Logger, pino } from 'pino'

/** Log lines carry no personal data: no bodies, no query strings, no names. */
export function createLogger(level: string): Logger {
  const redact = { paths: ['req.headers', 'body', '*.applicant', '*.idNumber', '*.phone'], remove: true }
  return pino({ level, redact })
}
