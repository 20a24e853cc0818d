import type { Db } from '../../db/open.ts'
import { findDossierById, findDossierBySlip, type StoredDossier } from '../../db/queries/dossiers.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'

/** What stands for the code before there is one, and goes on naming the dossier afterwards. */
export function interimCode({ id }: Pick<StoredDossier, 'id'>): string {
  return `CTN-${id}`
}

/**
 * The dossier of the number on a slip that has no code: that of its refusal, or its interim code; null for anything
 * else. Example: 'ktn-000.24.35.h23-230306-0001' is the refusal with that number.
 */
export function dossierOfSlip(db: Db, text: string): StoredDossier | null {
  const number = text.trim().toUpperCase()
  const interim = /^CTN-([1-9]\d{0,14})$/.exec(number)?.[1]
  if (interim !== undefined) return findDossierById(db, Number(interim))
  const agencyCode = /^KTN-(.+)-\d{6}-\d+$/.exec(number)?.[1]
  if (agencyCode === undefined) return null
  const agencies = catalogueOf(db).units.filter(({ versions }) =>
    versions.some((each) => each.agencyCode === agencyCode),
  )
  return findDossierBySlip(
    db,
    number,
    agencies.map(({ id }) => id),
  )
}
