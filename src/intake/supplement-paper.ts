import { readSetting } from '../../db/queries/settings.ts'
import { agencyName } from '../catalogue/agency-name.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import { clerkSignature } from '../catalogue/signatures.ts'
import type { Actor, PaperDeps } from '../deps.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import { RuleError } from '../domain/refusals.ts'
import { receivingUnit } from '../dossiers/intake-place.ts'
import { maskedEmail, maskedNumber } from '../dossiers/masked-person.ts'
import { shopParts } from '../dossiers/paper-parts.ts'
import { formLabel, paperMoment, paperTitle } from '../dossiers/paper-words.ts'
import { renderPaper } from '../paper/render-paper.ts'
import type { Typed } from '../web/forms.ts'
import { chosenProcedure } from './take-in.ts'

const KIND = 'supplement-request'

/**
 * The request for what is missing, before a dossier is accepted at the counter (TT 01/2018 form 02): the required
 * papers that were not ticked, then what was typed. Nothing has been received, so nothing is kept and nothing counted;
 * the desk keeps its signed copy. An online submission asks by its own act, and that is kept.
 */
export async function supplementPaper(deps: PaperDeps, actor: Actor, typed: Typed): Promise<Buffer> {
  const { db, clock, folders } = deps
  const now = clock.now()
  const day = localDayOf(now)
  const catalogue = catalogueOf(db)
  const { unit } = receivingUnit(catalogue, typed['unit'] ?? '', day)
  const { procedure, version } = chosenProcedure(deps, typed)
  if (!typed['name']) throw new RuleError('name_required')
  const missing = version.components
    .filter(({ required, position }) => required && typed[`paper-${position}`] !== '1')
    .map(({ name }) => `Thiếu: ${name}.`)
  const written = (typed['refusalReason'] ?? '').split('\n').map((line) => line.trim())
  const reasons = [...missing, ...written].filter((line) => line !== '')
  if (reasons.length === 0) throw new RuleError('reason_required', { act: 'Yêu cầu bổ sung' })
  const agency = agencyName(catalogue, unit.id, day)
  return renderPaper(
    KIND,
    {
      printedOn: day,
      edition: null,
      ...shopParts(deps, catalogue, unit.id, day, now),
      place: agency.place,
      title: paperTitle(KIND, day),
      form: formLabel(KIND, day),
      demo: readSetting(db, 'demo') === true,
      ...(typed['training'] === '1' && { specimen: SPECIMEN }),
      code: null,
      slipNumber: null,
      applicant: {
        name: typed['name'],
        idNumber: typed['idNumber'] ? maskedNumber(typed['idNumber']) : null,
        phone: typed['phone'] ? maskedNumber(typed['phone']) : null,
        ...(typed['email'] && { email: maskedEmail(typed['email']) }),
        address: typed['address'] || null,
      },
      proxy: null,
      procedure: {
        name: procedure.name,
        code: procedure.code,
        field: catalogue.fieldById.get(procedure.fieldId)?.name ?? '',
      },
      receivedAt: null,
      askedAt: paperMoment(now),
      reasons,
      ...(missing.length > 0 && { basis: `Thành phần hồ sơ đã công bố của thủ tục ${procedure.code}.` }),
      answerBy: null,
      signatures: [clerkSignature(catalogue, actor.officerId, 'Người hướng dẫn')],
    },
    folders,
  )
}

/** Across every paper made to practise. */
export const SPECIMEN = 'MẪU TẬP HUẤN'
