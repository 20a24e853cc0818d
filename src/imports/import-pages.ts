import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Writer } from '../../db/group-commit.ts'
import { findImport, type ImportRow, importedBefore, newestImports } from '../../db/queries/imports.ts'
import { newestWatchedFiles, type WatchedFile } from '../../db/queries/watched-files.ts'
import { must } from '../accounts/access.ts'
import { mayEnter } from '../accounts/guard.ts'
import type { Deps } from '../deps.ts'
import { RuleError } from '../domain/refusals.ts'
import { actorOf } from '../web/actor.ts'
import { EMPTY_FORM, type FormState, onceKeyOf, orRefused, type Typed, typedIn } from '../web/forms.ts'
import { once } from '../web/idempotency.ts'
import type { Show } from '../web/layout.ts'
import { COLUMN_NAMES } from './columns.ts'
import { FORM_FILE_PARTS, formFile } from './form-file.ts'
import { type ImportOptions, readOptions } from './import-options.ts'
import { IMPORTS_PATH, importListView, importView } from './import-views.ts'
import { importersSeen, seenImport } from './seen-imports.ts'
import { howReadOf } from './stored-report.ts'
import {
  applyRegister,
  existingImport,
  importLimitMib,
  recheckRegister,
  uploadRegister,
} from './upload-register.ts'
import { watchedReport } from './watched-report.ts'

export interface ImportPageOptions {
  readonly deps: Deps
  readonly writer: Writer
}

const LISTED = 30
/** Seconds after which the page of a run is read again; a header, so that it works without JavaScript. */
const REFRESH_S = 3

/** `/quan-tri/nhap-so`: upload a register, see what it would do, correct how it is read, then have it written. */
export async function importPages(
  app: FastifyInstance,
  { deps, writer }: ImportPageOptions,
  show: Show,
): Promise<void> {
  const list = (request: FastifyRequest, reply: FastifyReply, state: FormState = EMPTY_FORM) => {
    const importers = importersSeen(deps, actorOf(request))
    const isSeen = (file: WatchedFile) =>
      findImport(deps.db, watchedReport(file)?.importId ?? 0, importers) !== null
    const watched = newestWatchedFiles(deps.db, LISTED).filter(isSeen)
    const rows = newestImports(deps.db, importers, LISTED)
    const body = importListView(rows, watched, importLimitMib(deps), mayImport(request) ? state : null)
    return show(reply, {
      title: 'Nhập sổ',
      area: '/quan-tri',
      body,
      status: state.refusal === null ? 200 : 422,
    })
  }
  const one = (request: FastifyRequest, reply: FastifyReply, id: number, state: FormState = EMPTY_FORM) => {
    const row = seenImport(deps, actorOf(request), id)
    const before = importedBefore(deps.db, row.sha256)
    if (['uploaded', 'waiting', 'running'].includes(row.status)) reply.header('refresh', String(REFRESH_S))
    const body = importView(row, before?.id === row.id ? null : before, state, mayImport(request))
    return show(reply, {
      title: row.name,
      area: '/quan-tri',
      body,
      status: state.refusal === null ? 200 : 422,
    })
  }

  app.get(IMPORTS_PATH, (request, reply) => {
    return list(request, reply)
  })

  await app.register(async (files) => {
    await files.register(multipart, { limits: FORM_FILE_PARTS })
    files.post(IMPORTS_PATH, async (request, reply) => {
      const actor = actorOf(request)
      must(actor, 'imports')
      const outcome = await orRefused({}, async () => {
        const { name, bytes } = await formFile(request, importLimitMib(deps))
        return writer.write(() => uploadRegister(deps, actor, { name, bytes, options: {} }))
      })
      if ('state' in outcome) return list(request, reply, outcome.state)
      return reply.redirect(pathOf(outcome.done.id), 303)
    })
  })

  app.get<Which>(`${IMPORTS_PATH}/:id`, (request, reply) => {
    return one(request, reply, idOf(request))
  })

  const answer = async (
    request: FastifyRequest<Which>,
    reply: FastifyReply,
    operation: string,
    work: (typed: Typed, id: number) => { id: number },
  ) => {
    const actor = actorOf(request)
    const [id, typed] = [idOf(request), typedIn(request.body)]
    const repeatable = { actor, operation, content: { id, typed }, key: onceKeyOf(typed) }
    const outcome = await orRefused(typed, () =>
      writer.write(() =>
        once(
          deps,
          repeatable,
          () => work(typed, id),
          (again) => existingImport(deps, again),
        ),
      ),
    )
    return 'state' in outcome ? one(request, reply, id, outcome.state) : reply.redirect(pathOf(id), 303)
  }
  app.post<Which>(`${IMPORTS_PATH}/:id/doc-lai`, (request, reply) =>
    answer(request, reply, 'recheck_import', (typed, id) =>
      recheckRegister(deps, actorOf(request), id, optionsOf(typed, seenImport(deps, actorOf(request), id))),
    ),
  )
  app.post<Which>(`${IMPORTS_PATH}/:id/ghi`, (request, reply) =>
    answer(request, reply, 'apply_import', (typed, id) =>
      applyRegister(deps, actorOf(request), id, typed['accept'] === '1'),
    ),
  )
}

function mayImport({ principal }: FastifyRequest): boolean {
  return mayEnter(principal, 'imports')
}

interface Which {
  readonly Params: { readonly id: string }
}

function idOf({ params }: FastifyRequest<Which>): number {
  const id = Number(params.id)
  if (!Number.isSafeInteger(id)) throw new RuleError('unknown_import', { id: params.id.slice(0, 20) })
  return id
}

function pathOf(id: number): string {
  return `${IMPORTS_PATH}/${id}`
}

/**
 * The form's fields: `column-…` says which header of the file a column is, `default-…` what empty cells say. With
 * another sheet or header row the headers are others, and found anew.
 */
function optionsOf(typed: Typed, row: ImportRow): ImportOptions {
  const read = howReadOf(row)
  const isSameTable =
    read !== null &&
    typed['headerRow'] === String(read.headerRow) &&
    (typed['sheet'] || read.sheet || '') === (read.sheet ?? '')
  const pairs = (kind: string) =>
    COLUMN_NAMES.flatMap((column) =>
      typed[`${kind}-${column}`] ? [`${column}=${typed[`${kind}-${column}`]}`] : [],
    )
  const words = { ...typed, columns: isSameTable ? pairs('column') : [], defaults: pairs('default') }
  return readOptions(words, (sentence) => {
    throw new RuleError('invalid_import_option', { sentence })
  })
}
