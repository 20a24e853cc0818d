import type { StoredDossier } from '../../db/queries/dossiers.ts'
import { eventsOf } from '../../db/queries/timeline.ts'
import type { Deps } from '../deps.ts'
import { formatCount } from '../domain/counting/rate-format.ts'
import { RuleError } from '../domain/refusals.ts'
import type { Says, SittingSlip } from '../paper/paper-data.ts'
import { paperOccasions } from './paper-occasions.ts'
import { paperSays } from './paper-says.ts'

/** One slip for several dossiers of a sitting: each with what its own slip would say. */
export function sittingSays(deps: Deps, sitting: readonly StoredDossier[]): Says<'sitting-slip'> {
  const slips = sitting.map((dossier) => slipOf(deps, dossier))
  const [first] = slips
  if (first === undefined) throw new RuleError('voided_dossier')
  const { place, title, form, demo, applicant, proxy, office, shop, contact, signatures } = first
  const total = sitting.reduce((sum, { fee }) => sum + fee, 0)
  return {
    ...{ place, title, form, demo, applicant, proxy, office, shop, signatures },
    ...(contact !== undefined && { contact }),
    code: null,
    slipNumber: null,
    slips: slips.map(rowOf),
    totalFee: total === 0 ? 'không thu' : `${formatCount(total)} đồng`,
  }
}

function rowOf(slip: Says<'receipt-slip'>): SittingSlip['slips'][number] {
  const { procedure, resolvedBy, channel, papers, quantity, limit, limitVerified } = slip
  const { code, receivedAt, appointmentAt, returnAt, fee } = slip
  return {
    ...{ number: code!, procedure, resolvedBy, channel, papers, quantity, limit, limitVerified },
    ...{ receivedAt, appointmentAt, returnAt, fee },
  }
}

function slipOf(deps: Deps, dossier: StoredDossier): Says<'receipt-slip'> {
  const events = eventsOf(deps.db, dossier.id)
  const occasion = paperOccasions(dossier, events).find(({ kind }) => kind === 'receipt-slip')
  if (occasion === undefined) throw new RuleError('nothing_to_print', { paper: 'Giấy tiếp nhận' })
  return paperSays(deps, dossier, events, occasion) as Says<'receipt-slip'>
}
