import { asksForPending, type DossierListQuery } from '../../db/queries/dossier-list.ts'
import { seenDossiers } from '../accounts/seen-units.ts'
import { type Catalogue, catalogueOf } from '../catalogue/catalogue.ts'
import type { Actor, Deps } from '../deps.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import { STATES, type State } from '../domain/life-cycle/dossier.ts'
import { RuleError } from '../domain/refusals.ts'
import { fold } from '../fold.ts'
import { idDigits, phoneDigits, phoneSpellings } from '../person-numbers.ts'
import { scopeUnits } from '../reports/scope.ts'
import { readCursor } from '../web/cursor.ts'
import { InvalidRequest } from '../web/problems.ts'
import { PAGE_SIZE } from '../web/schemas.ts'
import type { DossierQuery } from './dossier-schemas.ts'
import { assigneeOf } from './intake-place.ts'

/**
 * What a caller asks of the list, in ids and hashes, of the dossiers they may see; refuses units, procedures and officers
 * nobody knows.
 */
export function dossierFilter(
  { db, clock, vault }: Deps,
  actor: Actor,
  query: DossierQuery,
): DossierListQuery {
  const catalogue = catalogueOf(db)
  const today = localDayOf(clock.now())
  const sort = query.sort ?? 'recorded'
  const states = query.state === undefined ? undefined : statesOf(query.state)
  const pending = asksForPending({ open: query.open, overdue: query.overdue, sort, states })
  const scope = scopeUnits(catalogue, query.unit, today)
  return {
    sort,
    today,
    seen: seenDossiers({ db, clock }, actor),
    limit: query.limit ?? PAGE_SIZE,
    after: query.cursor === undefined ? undefined : readCursor(query.cursor, sort === 'due' ? 2 : 1),
    // Naming every unit opens the index of pending dossiers.
    unitIds: scope ?? (pending ? catalogue.units.map((unit) => unit.id) : undefined),
    receivingUnitIds: scopeUnits(catalogue, query.receivingUnit, today) ?? undefined,
    states,
    procedureId: query.procedure === undefined ? undefined : procedureId(catalogue, query.procedure),
    channel: query.channel,
    assigneeId: query.assignee === undefined ? undefined : officerId(catalogue, query.assignee),
    open: query.open,
    overdue: query.overdue,
    dueBefore: query.dueBefore,
    receivedFrom: query.receivedFrom,
    receivedTo: query.receivedTo,
    namePrefix: query.name === undefined ? undefined : fold(query.name),
    idNumberHash: query.idNumber === undefined ? undefined : vault.hash(idDigits(query.idNumber)),
    phoneHashes:
      query.phone === undefined ? undefined : phoneSpellings(phoneDigits(query.phone)).map(vault.hash),
    codePrefix: query.code?.trim().toUpperCase(),
  }
}

function statesOf(text: string): readonly State[] {
  const states = text.split(',').map((part) => part.trim())
  const unknown = states.find((state) => !STATES.includes(state as State))
  if (unknown === undefined) return states as State[]
  throw new InvalidRequest([
    {
      in: 'query',
      field: 'state',
      detail: `Không có trạng thái “${unknown.slice(0, 30)}”. Hãy chọn trong: ${STATES.join(', ')}.`,
    },
  ])
}

function procedureId(catalogue: Catalogue, code: string): number {
  const procedure = catalogue.procedureByCode.get(code)
  if (procedure === undefined) throw new RuleError('unknown_procedure', { procedure: code })
  return procedure.id
}

/** 0 for `none`: nobody has it. */
function officerId(catalogue: Catalogue, key: string): number {
  return key === 'none' ? 0 : (assigneeOf(catalogue, key) ?? 0)
}
