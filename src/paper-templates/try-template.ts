import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { RuleError } from '../domain/refusals.ts'
import type { PaperTemplate } from '../paper/paper-data.ts'
import type { TypedTemplate } from '../paper/paper-templates.ts'

/** What the process that tries a template is sent. */
export interface Trial {
  readonly papers: readonly PaperTemplate[]
  readonly templatesDir: string
  readonly typed: TypedTemplate
}

/** What it answers: the first paper, or why one of them could not be made. */
export type TrialOutcome =
  | { readonly pdf: Uint8Array }
  | { readonly broken: Readonly<Record<'file' | 'line' | 'problem' | 'advice', string | number>> }

const PROCESS = fileURLToPath(new URL('./trial-process.ts', import.meta.url))
/** Papers take milliseconds; starting the process takes most of a second. */
const PATIENCE_MS = 20_000

/**
 * The PDF of the first of the papers with the text that was typed and the shipped sample; the others are made too. In a
 * process of its own: a template may loop for ever, and the counter goes on. Throws `broken_template`, `template_too_slow`.
 */
export async function tryTemplate(trial: Trial, patienceMs = PATIENCE_MS): Promise<Buffer> {
  const outcome = await outcomeOf(trial, patienceMs)
  if ('broken' in outcome) throw new RuleError('broken_template', outcome.broken)
  return Buffer.from(outcome.pdf)
}

function outcomeOf(trial: Trial, patienceMs: number): Promise<TrialOutcome> {
  // Neither our flags nor our environment, which has secrets in it.
  const child = fork(PROCESS, { execArgv: [], env: {}, serialization: 'advanced', stdio: 'ignore' })
  const patience = setTimeout(() => child.kill('SIGKILL'), patienceMs)
  return new Promise<TrialOutcome>((resolve, reject) => {
    child.once('message', (outcome) => resolve(outcome as TrialOutcome))
    child.once('exit', (code, signal) => {
      const wasEnded = new RuleError('template_too_slow', { seconds: patienceMs / 1000 })
      reject(signal === null ? new Error(`the trial of a template ended with code ${code}`) : wasEnded)
    })
    child.once('error', reject)
    child.send(trial)
  }).finally(() => clearTimeout(patience))
}
