import { parseLimit } from '../domain/deadlines/time-limit.ts'
import type { ProcedureRule } from '../domain/life-cycle/acts.ts'
import type { ProcedureVersion } from './catalogue.ts'

const rules = new WeakMap<ProcedureVersion, ProcedureRule>()

/** What the rules need of a procedure's version. */
export function procedureRule(version: ProcedureVersion): ProcedureRule {
  let rule = rules.get(version)
  if (rule === undefined) {
    rule = {
      deadline: {
        limit: parseLimit(version.limitText),
        cutoffMinute: version.cutoffMinute,
        mode: version.mode,
      },
      lateness: version.lateness,
      supplementPolicy: version.supplementPolicy,
      paymentPolicy: version.paymentPolicy,
      verificationPolicy: version.verificationPolicy,
      consultationPolicy: version.consultationPolicy,
      extensionDays: version.extensionDays,
      instant: version.instant,
    }
    rules.set(version, rule)
  }
  return rule
}
