import type { PersonRow } from '../../db/queries/persons.ts'
import { fold } from '../fold.ts'
import { phoneSpellings } from '../person-numbers.ts'
import { tailHash } from '../tail-hash.ts'
import type { Vault } from '../vault.ts'
import type { Contradiction } from './compare-row.ts'
import type { RowApplicant } from './register-row.ts'

/** The person of a row, numbers sealed. */
export function sealedPerson(vault: Vault, { name, idNumber, phone, address }: RowApplicant): PersonRow {
  return {
    name,
    nameFolded: fold(name),
    birthYear: null,
    sex: null,
    idNumberSealed: idNumber === null ? null : vault.seal(idNumber),
    idNumberHash: idNumber === null ? null : vault.hash(idNumber),
    phoneSealed: phone === null ? null : vault.seal(phone),
    phoneHash: phone === null ? null : vault.hash(phone),
    idTailHash: tailHash(vault, idNumber),
    phoneTailHash: tailHash(vault, phone),
    address,
  }
}

/**
 * What a row says of the applicant against what is known: particulars that were missing are filled in, others
 * contradict. Numbers are compared by their hashes and never shown. `person`: the applicant from now on, or null.
 */
export function comparePerson(
  vault: Vault,
  known: PersonRow | null,
  given: RowApplicant | null,
): { readonly person: PersonRow | null; readonly contradictions: readonly Contradiction[] } {
  if (given === null) return { person: null, contradictions: [] }
  if (known === null) return { person: sealedPerson(vault, given), contradictions: [] }
  const isOther = (hash: Buffer | null, spellings: readonly string[]) =>
    spellings.length > 0 && hash !== null && !spellings.some((each) => hash.equals(vault.hash(each)))
  const [name, address] = [
    known.name !== given.name,
    given.address !== null && known.address !== null && known.address !== given.address,
  ]
  const contradictions: Contradiction[] = [
    ...(name ? [{ column: 'applicant', known: known.name, given: given.name } as const] : []),
    ...(address
      ? [{ column: 'address', known: known.address ?? '', given: given.address ?? '' } as const]
      : []),
    ...(isOther(known.idNumberHash, given.idNumber === null ? [] : [given.idNumber])
      ? [{ column: 'id_number', known: 'số khác', given: '' } as const]
      : []),
    ...(isOther(known.phoneHash, given.phone === null ? [] : phoneSpellings(given.phone))
      ? [{ column: 'phone', known: 'số khác', given: '' } as const]
      : []),
  ]
  const adds =
    (given.idNumber !== null && known.idNumberHash === null) ||
    (given.phone !== null && known.phoneHash === null) ||
    (given.address !== null && known.address === null)
  if (contradictions.length === 0 && !adds) return { person: null, contradictions }
  const sealed = sealedPerson(vault, given)
  const person: PersonRow = {
    ...sealed,
    birthYear: known.birthYear,
    sex: known.sex,
    ...(given.idNumber === null && {
      idNumberSealed: known.idNumberSealed,
      idNumberHash: known.idNumberHash,
      idTailHash: known.idTailHash,
    }),
    ...(given.phone === null && {
      phoneSealed: known.phoneSealed,
      phoneHash: known.phoneHash,
      phoneTailHash: known.phoneTailHash,
    }),
    address: given.address ?? known.address,
  }
  return { person, contradictions }
}
