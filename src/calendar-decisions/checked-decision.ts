import { Compile } from 'typebox/compile'
import { RuleError } from '../domain/refusals.ts'
import { issuesOf } from '../web/issues.ts'
import { toPlainText } from '../web/plain-text.ts'
// Days in a file or a form are checked by the same formats as those of a request.
import '../web/validation.ts'
import { DECISION_BODY, type DecisionInput } from './decision-input.ts'

const DECISION = Compile(DECISION_BODY)

/** A decision from a file or a form, of the same shape as the API takes; refuses with the first thing wrong. */
export function checkedDecision(given: unknown): DecisionInput {
  const plain = toPlainText(given)
  if ('problem' in plain) throw new RuleError('invalid_decision', { problem: 'có ký tự ẩn hoặc ký tự hỏng' })
  if (DECISION.Check(plain.value)) return plain.value
  const [issue] = issuesOf('body', DECISION.Errors(plain.value))
  const problem = `${issue?.field ?? ''}: ${issue?.detail ?? ''}`.replace(/\.$/, '')
  throw new RuleError('invalid_decision', { problem })
}
