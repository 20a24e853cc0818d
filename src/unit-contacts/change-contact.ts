import { contactAt, insertContact, type UnitContact } from '../../db/queries/unit-contacts.ts'
import { must } from '../accounts/access.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { Actor, Deps } from '../deps.ts'
import { RuleError } from '../domain/refusals.ts'
import { isEmail, isPhone, phoneDigits } from '../person-numbers.ts'

/**
 * Says from now on how a unit is reached; slips of what happened before keep what they said. Throws `invalid_phone`,
 * `invalid_unit_email`. Run it inside a write.
 */
export function changeContact(deps: Deps, actor: Actor, unitId: number, typed: UnitContact): void {
  must(actor, 'catalogue_write')
  const contact = { phone: spaced(typed.phone), email: spaced(typed.email), address: spaced(typed.address) }
  const { phone, email } = contact
  if (phone !== null && !phone.split(/[,;]/).every((each) => isPhone(phoneDigits(each))))
    throw new RuleError('invalid_phone')
  if (email !== null && !isEmail(email)) throw new RuleError('invalid_unit_email')
  const now = deps.clock.now()
  const before = contactAt(deps.db, unitId, now)
  if (JSON.stringify(before ?? NOTHING_SAID) === JSON.stringify(contact)) return
  insertContact(deps.db, unitId, now, contact)
  const data = { what: 'unit_contact', unit: unitId }
  recordAudit(deps, { kind: 'reference_changed', actorId: actor.officerId, data })
}

const NOTHING_SAID: UnitContact = { phone: null, email: null, address: null }

function spaced(text: string | null): string | null {
  return text?.normalize('NFC').replace(/\s+/g, ' ').trim() || null
}
