import type { Entry } from '../corrections/entry.ts'
import type { IntakeInput } from '../dossiers/log-dossier.ts'

/** A new dossier as an entry; one from an emergency slip has its reason in that. */
export function intakeEntry(input: IntakeInput, slip: string | undefined): Entry {
  if (slip === undefined) return { kind: 'intake', input }
  return { kind: 'intake', slip, input: { ...input, reason: input.reason ?? `Nhập bù từ phiếu ${slip}` } }
}
