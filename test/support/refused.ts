import assert from 'node:assert/strict'
import { type RefusalCode, RuleError } from '../../src/domain/refusals.ts'

/** The same of work that ends later. */
export async function refusedLater(code: RefusalCode, work: Promise<unknown>): Promise<RuleError> {
  const [settled] = await Promise.allSettled([work])
  return refused(code, () => {
    if (settled.status === 'rejected') throw settled.reason
  })
}

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
