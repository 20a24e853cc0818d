import {
  type RegisterDossier,
  type RegisterScope,
  registerDossiers,
} from '../../db/queries/register-dossiers.ts'
import { pausesOf } from '../../db/queries/timeline.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import type { Deps } from '../deps.ts'
import { type Instant, printInstant } from '../domain/calendar/day.ts'
import { COLUMN_NAMES, type Column } from './columns.ts'
import { knownRow } from './known-row.ts'
import type { Moment } from './read-moment.ts'
import type { RowPause } from './register-row.ts'

/** The lines of an exported register: first its headers, then a line a dossier. */
export interface ExportedLine {
  readonly cells: readonly string[]
  /** Pauses before the last one, for the second sheet. */
  readonly earlier: readonly (readonly string[])[]
}

export interface ExportRequest extends RegisterScope {
  /** With ID and phone numbers, opened. */
  readonly withNumbers: boolean
}

/**
 * Every dossier of the scope in the canonical columns: what an import reads back without a change. In slices, the
 * headers first, so that whoever sends them on may let others have their turn in between.
 */
export function* exportRegister(
  deps: Pick<Deps, 'db' | 'vault'>,
  { withNumbers, ...scope }: ExportRequest,
): Generator<readonly ExportedLine[]> {
  yield [{ cells: COLUMN_NAMES, earlier: [] }]
  const line = lineWriter(deps, withNumbers)
  for (const slice of registerDossiers(deps.db, scope)) yield slice.map(line)
}

function lineWriter({ db, vault }: Pick<Deps, 'db' | 'vault'>, withNumbers: boolean) {
  const catalogue = catalogueOf(db)
  let line = 1
  return (each: RegisterDossier): ExportedLine => {
    line += 1
    const row = knownRow(catalogue, each.dossier, pausesOf(db, each.dossier.id))
    const last = row.pauses.at(-1)
    const key = row.code ?? `#${line}`
    const cells: Record<Column, string> = {
      code: row.code ?? row.slipNumber ?? '',
      unit: row.unit.key,
      receiving_unit: row.receivingUnit.key,
      procedure: row.procedure.code,
      channel: row.channel,
      quantity: String(row.quantity),
      applicant: each.name ?? '',
      ...numbersOf(each, withNumbers ? vault : null),
      address: each.address ?? '',
      submitted_at: written(row.submittedAt),
      accepted_at: written(row.acceptedAt),
      due_at: written(row.dueAt),
      late_since: row.lateSince ?? '',
      ...pauseCells(last),
      ended_at: written(row.endedAt),
      outcome: row.outcome ?? '',
      returned_at: written(row.returnedAt),
      officer: row.officer?.key ?? '',
      note: each.note ?? '',
    }
    const earlier = row.pauses.slice(0, -1).map((pause) => [key, ...Object.values(pauseCells(pause))])
    return { cells: COLUMN_NAMES.map((column) => cells[column]), earlier }
  }
}

function numbersOf({ idNumberSealed, phoneSealed }: RegisterDossier, vault: Deps['vault'] | null) {
  const open = (sealed: Buffer | null) => (sealed === null || vault === null ? '' : vault.open(sealed))
  return { id_number: open(idNumberSealed), phone: open(phoneSealed) }
}

function pauseCells(pause: RowPause | undefined) {
  return {
    paused_from: written(pause?.from ?? null),
    paused_to: written(pause?.to ?? null),
    pause_reason: pause?.kind ?? '',
  }
}

/** Local, to the minute where that is exact. */
function written(moment: Moment | null): string {
  if (moment === null) return ''
  const text = printInstant(moment.at as Instant).slice(0, -'+07:00'.length)
  return text.endsWith(':00') ? text.slice(0, -':00'.length) : text
}
