import type { FastifyRequest } from 'fastify'
import { RuleError } from '../domain/refusals.ts'

const READABLE = /\.(csv|txt|xlsx|xlsm|xls)$/i

/** One file and nothing long beside it; its own size is bound by the setting. */
export const FORM_FILE_PARTS = {
  files: 1,
  fields: 10,
  parts: 11,
  fieldNameSize: 100,
  fieldSize: 1_000,
  headerPairs: 20,
} as const

/**
 * The file of a form that uploads one, of at most `most` MiB. Throws `empty_file`, `import_file_too_large`,
 * `unknown_file_kind`.
 */
export async function formFile(
  request: FastifyRequest,
  most: number,
): Promise<{ name: string; bytes: Buffer }> {
  const file = request.isMultipart()
    ? await request.file({ limits: { fileSize: most * 1024 * 1024 } })
    : undefined
  if (file === undefined || file.filename === '') throw new RuleError('empty_file')
  const bytes = await file.toBuffer().catch((error: { code?: string }) => {
    throw error.code === 'FST_REQ_FILE_TOO_LARGE' ? new RuleError('import_file_too_large', { most }) : error
  })
  if (!READABLE.test(file.filename)) throw new RuleError('unknown_file_kind')
  return { name: file.filename, bytes }
}
