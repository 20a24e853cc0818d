import type { Db } from '../../db/open.ts'
import { nextNumber } from '../../db/queries/codes.ts'
import type { UnitVersion } from '../catalogue/catalogue.ts'
import type { LocalDay } from '../domain/calendar/day.ts'
import type { ActResult } from '../domain/life-cycle/acts.ts'
import { dossierCode } from '../domain/life-cycle/dossier-code.ts'

/** A dossier accepted gets its code, one refused at the counter a slip number (TT 01/2018 art 19; a refusal has no code). */
export function openingNumbers(db: Db, unitVersion: UnitVersion, { next }: ActResult) {
  if (next.acceptedOn !== null) {
    return { code: acceptanceCode(db, unitVersion, next.acceptedOn), slipNumber: null }
  }
  if (next.state !== 'not_accepted' || next.refusedIntakeOn === null) return { code: null, slipNumber: null }
  const number = nextNumber(db, `KTN ${unitVersion.agencyCode}`, next.refusedIntakeOn)
  return {
    code: null,
    slipNumber: `KTN-${dossierCode(unitVersion.agencyCode, next.refusedIntakeOn, number)}`,
  }
}

/** The next code of the receiving agency on `day`; allocate it in the accepting transaction. */
export function acceptanceCode(db: Db, unitVersion: UnitVersion, day: LocalDay): string {
  return dossierCode(unitVersion.agencyCode, day, nextNumber(db, unitVersion.agencyCode, day))
}
