import type { ProcedureSeed } from '../reference-types.ts'
import { certificationProcedures } from './procedures/certification.ts'
import { civilStatusProcedures } from './procedures/civil-status.ts'
import { districtProcedures } from './procedures/district.ts'
import { landProcedures } from './procedures/land.ts'
import { residenceProcedures } from './procedures/residence.ts'
import { socialProcedures } from './procedures/social.ts'

/**
 * Procedures of communes and of the district with their versions. Online levels are illustrative: the
 * province's own list for 2022 was not at hand. Publication decisions are to be entered by the administrator.
 */
export const procedures: readonly ProcedureSeed[] = [
  ...civilStatusProcedures,
  ...certificationProcedures,
  ...socialProcedures,
  ...residenceProcedures,
  ...districtProcedures,
  ...landProcedures,
]
