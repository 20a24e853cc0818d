import { findDossierByCode } from '../../db/queries/dossiers.ts'
import { maySee } from '../accounts/seen-units.ts'
import type { Actor, Deps } from '../deps.ts'
import { type CitizenCard, parseCitizenCard } from '../domain/citizen-card.ts'
import { RuleError } from '../domain/refusals.ts'
import { dossierHref } from '../dossiers/dossier-table.ts'
import { dossierOfSlip } from '../dossiers/slip-numbers.ts'
import type { Typed } from '../web/forms.ts'
import { procedureText } from './find-procedure.ts'
import { chosenProcedure } from './take-in.ts'

/** What a scan is, and what the page shows of it. The text itself is neither kept nor logged nor sent back. */
export type Scanned =
  | { readonly kind: 'card'; readonly fields: Readonly<Record<string, string>>; readonly say: string }
  | { readonly kind: 'procedure'; readonly value: string; readonly say: string }
  | { readonly kind: 'dossier'; readonly href: string; readonly say: string }
  | { readonly kind: 'unknown'; readonly say: string }

/** `who`: whether the cursor stands in the fields of whoever hands in for somebody else. */
export function scanned(
  deps: Deps,
  actor: Actor,
  { unit = '', text = '', who = 'applicant' }: Typed,
): Scanned {
  const card = parseCitizenCard(text)
  if (card !== null) {
    const { name } = card
    const read =
      name === null ? 'Đã đọc số định danh; họ tên không đọc được, hãy gõ họ tên.' : `Đã đọc thẻ của ${name}.`
    return who === 'proxy'
      ? { kind: 'card', fields: asProxy(card), say: `${read} Đã điền vào người được ủy quyền.` }
      : { kind: 'card', fields: asApplicant(card), say: `${read} Đã điền vào người nộp.` }
  }
  if (/^\d{1,2}\.\d{6}$/.test(text)) return procedureScanned(deps, unit, text)
  const dossier = findDossierByCode(deps.db, text.toUpperCase()) ?? dossierOfSlip(deps.db, text)
  if (dossier !== null && maySee(deps, actor, dossier))
    return { kind: 'dossier', href: dossierHref(dossier), say: `Đã quét hồ sơ ${dossier.code ?? text}.` }
  return {
    kind: 'unknown',
    say: `Không nhận ra mã vừa quét (${text.length} ký tự). Hãy quét mã QR trên thẻ căn cước, thẻ thủ tục hoặc mã hồ sơ; nếu đó là thẻ căn cước, hãy quét lại hoặc gõ số định danh.`,
  }
}

function asApplicant({ idNumber, name, birthYear, sex, address }: CitizenCard) {
  return {
    idNumber,
    name: name ?? '',
    birthYear: birthYear === null ? '' : String(birthYear),
    sex: sex ?? '',
    address: address ?? '',
  }
}

function asProxy({ idNumber, name, address }: CitizenCard) {
  return { proxyIdNumber: idNumber, proxyName: name ?? '', proxyAddress: address ?? '' }
}

function procedureScanned(deps: Deps, unit: string, code: string): Scanned {
  try {
    const chosen = chosenProcedure(deps, { unit, procedure: code })
    return { kind: 'procedure', value: procedureText(chosen), say: `Đã chọn ${chosen.procedure.name}.` }
  } catch (error) {
    if (!(error instanceof RuleError)) throw error
    return { kind: 'unknown', say: error.message }
  }
}
