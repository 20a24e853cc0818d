/** Who may hold a step of a procedure within the agency, by what they are; others are named by the key of their unit. */
export const STEP_PLACES = {
  shop: 'Bộ phận Một cửa',
  resolver: 'cơ quan giải quyết',
  leader: 'lãnh đạo',
  clerk: 'văn thư',
} as const

/** A place within the agency, not another agency. */
export function isStepPlace(actor: string): actor is keyof typeof STEP_PLACES {
  return Object.hasOwn(STEP_PLACES, actor)
}
