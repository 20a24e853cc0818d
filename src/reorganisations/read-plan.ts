import { Compile } from 'typebox/compile'
import { RuleError } from '../domain/refusals.ts'
import { issuesOf } from '../web/issues.ts'
import '../web/validation.ts'
import { PLAN, type ReorganisationPlan } from './plan-schema.ts'

const validator = Compile(PLAN)

/** A plan from its JSON text; refuses (`invalid_plan`) what is no plan, naming every field that is wrong. */
export function readPlan(text: string): ReorganisationPlan {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new RuleError('invalid_plan', { problems: 'Tệp không phải JSON hợp lệ.' })
  }
  if (validator.Check(value)) return value
  const issues = issuesOf('body', validator.Errors(value))
  throw new RuleError('invalid_plan', {
    problems: issues.map(({ field, detail }) => `${field}: ${detail}`).join(' '),
  })
}
