import type { Paper } from '../../db/queries/papers.ts'

/** How a paper was handed in. */
export const PAPER_FORMS = {
  original: 'bản chính',
  copy: 'bản sao',
  electronic: 'bản điện tử',
} as const satisfies Record<Paper['form'], string>
