import { catalogueOf } from '../catalogue/catalogue.ts'
import type { Entry } from '../corrections/entry.ts'
import type { Deps } from '../deps.ts'
import type { IntakeInput } from '../dossiers/log-dossier.ts'
import { slipOf } from './usable-slip.ts'

/** A new dossier as an entry; one from an emergency slip names it in full and has its reason in that. */
export function intakeEntry(
  { db }: Pick<Deps, 'db'>,
  input: IntakeInput,
  typedSlip: string | undefined,
): Entry {
  if (typedSlip === undefined) return { kind: 'intake', input }
  const unit = catalogueOf(db).unitByKey.get(input.unit)
  const slip = (unit && slipOf({ db }, unit.id, typedSlip)?.number) ?? typedSlip
  return { kind: 'intake', slip, input: { ...input, reason: input.reason ?? `Nhập bù từ phiếu ${slip}` } }
}
