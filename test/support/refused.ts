import assert from 'node:assert/strict'
import { type RefusalCode, RuleError } from '../../src/domain/refusals.ts'

/** `work` is refused with exactly this code, and its sentence leaves no placeholder open. */
export function refused(code: RefusalCode, work: () => unknown): RuleError {
  try {
    work()
  } catch (error) {
    if (!(error instanceof RuleError)) throw error
    assert.equal(error.code, code)
    assert.doesNotMatch(error.message, /\{\w+\}|undefined/)
    return error
  }
  assert.fail(`not refused: ${code} expected`)
}
