import { findPerson, insertPerson } from '../../db/queries/persons.ts'
import type { Deps } from '../deps.ts'
import { RuleError } from '../domain/refusals.ts'
import { fold } from '../fold.ts'
import { idDigits, isEmail, isIdNumber, isPhone, phoneDigits } from '../person-numbers.ts'
import { tailHash } from '../tail-hash.ts'
import { visibleLine, visibleText } from '../visible-text.ts'

export interface PersonInput {
  readonly name: string
  readonly idNumber?: string | undefined
  readonly phone?: string | undefined
  readonly address?: string | undefined
  readonly birthYear?: number | undefined
  readonly sex?: 'male' | 'female' | undefined
  readonly email?: string | undefined
}

/** The id of the person, recorded anew only where nobody with the same particulars is known. */
export function recordPerson({ db, vault }: Deps, input: PersonInput): number {
  const name = visibleLine(input.name)
  if (!/\p{L}/u.test(name)) throw new RuleError('name_required')
  const idNumber = idDigits(input.idNumber ?? '') || null
  const phone = phoneDigits(input.phone ?? '') || null
  if (idNumber !== null && !isIdNumber(idNumber)) throw new RuleError('invalid_id_number')
  if (phone !== null && !isPhone(phone)) throw new RuleError('invalid_phone')
  const email = visibleLine(input.email ?? '') || null
  if (email !== null && !isEmail(email)) throw new RuleError('invalid_email')
  const person = {
    name,
    nameFolded: fold(name),
    birthYear: input.birthYear ?? null,
    sex: input.sex ?? null,
    idNumberHash: idNumber === null ? null : vault.hash(idNumber),
    phoneHash: phone === null ? null : vault.hash(phone),
    address:
      visibleText(input.address ?? '')
        .normalize('NFC')
        .trim() || null,
    email,
  }
  const known = person.idNumberHash === null ? null : findPerson(db, person)
  if (known !== null) return known
  return insertPerson(db, {
    ...person,
    idNumberSealed: idNumber === null ? null : vault.seal(idNumber),
    phoneSealed: phone === null ? null : vault.seal(phone),
    idTailHash: tailHash(vault, idNumber),
    phoneTailHash: tailHash(vault, phone),
  })
}
