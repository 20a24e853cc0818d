import { Readable } from 'node:stream'
import { setImmediate as turn } from 'node:timers/promises'
import type { FastifyReply } from 'fastify'
import type { Writer } from '../../db/group-commit.ts'
import { countRegisterDossiers, type RegisterScope } from '../../db/queries/register-dossiers.ts'
import { type Exported, recordExport } from '../audit/record-export.ts'
import type { Actor, Deps } from '../deps.ts'
import { type ExportedLine, exportRegister } from './export-register.ts'
import { pausesCsv, registerCsv } from './write-csv.ts'
import { workbookPieces } from './write-workbook.ts'

interface Format {
  readonly label: string
  readonly type: string
  readonly file: string
  write(slices: Iterable<readonly ExportedLine[]>): Iterable<string | Buffer>
}

/** What a register is downloaded as. */
export const FORMATS = {
  xlsx: {
    label: 'Excel (.xlsx), có trang các lần tạm dừng',
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    file: 'so-theo-doi.xlsx',
    write: workbookPieces,
  },
  csv: { label: 'CSV (UTF-8)', type: 'text/csv; charset=utf-8', file: 'so-theo-doi.csv', write: registerCsv },
  pauses: {
    label: 'CSV các lần tạm dừng trước lần cuối',
    type: 'text/csv; charset=utf-8',
    file: 'tam-dung.csv',
    write: pausesCsv,
  },
} as const satisfies Record<string, Format>

export type FormatName = keyof typeof FORMATS
export const FORMAT_NAMES = Object.keys(FORMATS) as readonly FormatName[]

/** What the audit keeps of a register that is taken out. */
export function registerExport({ unitIds, from, to }: RegisterScope, told: Omit<Exported, 'what'>): Exported {
  return { what: 'register', ...told, units: unitIds ?? 'all', from, to }
}

interface Doors {
  readonly deps: Pick<Deps, 'db' | 'clock' | 'vault'>
  readonly writer: Writer
}

export interface Download {
  readonly scope: RegisterScope
  readonly format: FormatName
  readonly by: Exported['by']
}

/**
 * Sends the register as it is read, slice by slice, with a turn for everybody else in between; the audit has been told
 * before the first byte leaves. Without ID and phone numbers: those leave the installation by its command line alone.
 */
export async function sendRegister(
  { deps, writer }: Doors,
  actor: Actor,
  reply: FastifyReply,
  { scope, format, by }: Download,
): Promise<FastifyReply> {
  const { type, file, write } = FORMATS[format]
  let rows = 0
  for (const n of countRegisterDossiers(deps.db, scope)) {
    rows += n
    await turn()
  }
  const exported = registerExport(scope, { by, format, rows, numbers: false })
  await writer.write(() => recordExport(deps, actor, exported))
  const slices = exportRegister(deps, { ...scope, withNumbers: false })
  return reply
    .type(type)
    .headers({ 'cache-control': 'no-store', 'content-disposition': `attachment; filename="${file}"` })
    .send(Readable.from(inTurns(write(slices)), { objectMode: false }))
}

async function* inTurns(pieces: Iterable<string | Buffer>): AsyncGenerator<Buffer> {
  for (const piece of pieces) {
    if (piece.length > 0) yield Buffer.from(piece)
    await turn()
  }
}
