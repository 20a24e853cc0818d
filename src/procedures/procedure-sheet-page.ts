import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { catalogueOf } from '../catalogue/catalogue.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import { FORM_FILE_PARTS, formFile } from '../imports/form-file.ts'
import { csvLine } from '../imports/write-csv.ts'
import { workbookOf } from '../imports/write-workbook.ts'
import type { PageOptions } from '../page-options.ts'
import { actorOf } from '../web/actor.ts'
import { EMPTY_FORM, type FormState, onceKeyOf, orRefused, typedIn } from '../web/forms.ts'
import { once } from '../web/idempotency.ts'
import type { Show } from '../web/layout.ts'
import { applySheet } from './apply-sheet.ts'
import { planSheet } from './plan-sheet.ts'
import { PROCEDURES_HREF } from './procedure-list-view.ts'
import { readProcedureSheet, type SheetRow } from './read-sheet.ts'
import { sampleRows, sheetRows } from './sheet-rows.ts'
import { packedSheet, unpackedSheet } from './sheet-text.ts'
import { sheetPlanBody, sheetUploadBody } from './sheet-views.ts'

/** A catalogue of a thousand procedures is about 1 MiB. */
const MOST_MIB = 5

/**
 * `/quan-tri/thu-tuc/nhap`: a sheet of procedures is read, what it would do is looked at, then it is written whole or not
 * at all. `…/tep`: the catalogue as such a sheet; `…/mau`: one to begin from.
 */
export async function procedureSheetPage(
  app: FastifyInstance,
  { deps, writer }: PageOptions,
  show: Show,
): Promise<void> {
  const path = `${PROCEDURES_HREF}/nhap`
  const upload = (reply: FastifyReply, state: FormState) =>
    show(reply, {
      title: 'Nhập thủ tục',
      area: '/quan-tri',
      status: state.refusal === null ? 200 : 422,
      body: sheetUploadBody(state, MOST_MIB),
    })
  const preview = (reply: FastifyReply, rows: readonly SheetRow[], state: FormState) => {
    const catalogue = catalogueOf(deps.db)
    const plan = planSheet(deps, rows)
    const body = sheetPlanBody({ plan, sheet: packedSheet(rows), version: catalogue.version, state })
    const status = state.refusal !== null ? 409 : plan.problems.length > 0 ? 422 : 200
    return show(reply, { title: 'Xem trước thủ tục', area: '/quan-tri', status, body })
  }

  app.get(path, (_request, reply) => upload(reply, EMPTY_FORM))

  await app.register(async (files) => {
    await files.register(multipart, { limits: FORM_FILE_PARTS })
    files.post(path, async (request, reply) => {
      const outcome = await orRefused({}, async () => {
        const { bytes } = await formFile(request, MOST_MIB)
        const rows = readProcedureSheet(bytes)
        packedSheet(rows)
        return rows
      })
      return 'state' in outcome ? upload(reply, outcome.state) : preview(reply, outcome.done, EMPTY_FORM)
    })
  })

  app.post(`${path}/ghi`, async (request, reply) => {
    const typed = typedIn(request.body)
    const actor = actorOf(request)
    const read = await orRefused({}, () => unpackedSheet(typed['sheet'] ?? ''))
    if ('state' in read) return upload(reply, read.state)
    const rows = read.done
    const repeatable = {
      actor,
      operation: 'apply_procedure_sheet',
      content: { rows },
      key: onceKeyOf(typed),
    }
    const outcome = await orRefused(typed, () =>
      writer.write(() =>
        once(
          deps,
          repeatable,
          () => {
            applySheet(deps, actor, rows, Number(typed['version']))
            return { id: 1 }
          },
          (id) => ({ id }),
        ),
      ),
    )
    if ('state' in outcome) return preview(reply, rows, { typed: {}, refusal: outcome.state.refusal })
    return reply.redirect(PROCEDURES_HREF, 303)
  })

  app.get<{ Querystring: { dang?: string } }>(`${PROCEDURES_HREF}/tep`, (request, reply) => {
    const rows = sheetRows(catalogueOf(deps.db), localDayOf(deps.clock.now()))
    return sendSheet(reply, rows, request.query.dang === 'csv' ? 'csv' : 'xlsx', 'thu-tuc')
  })

  app.get<{ Querystring: { dang?: string } }>(`${PROCEDURES_HREF}/mau`, (request, reply) =>
    sendSheet(reply, sampleRows(), request.query.dang === 'csv' ? 'csv' : 'xlsx', 'thu-tuc-mau'),
  )
}

/** So that a spreadsheet takes the file for UTF-8. */
const BYTE_ORDER_MARK = '\ufeff'

function sendSheet(
  reply: FastifyReply,
  rows: readonly (readonly string[])[],
  format: 'csv' | 'xlsx',
  name: string,
): FastifyReply {
  const isCsv = format === 'csv'
  const body = isCsv
    ? BYTE_ORDER_MARK + rows.map((row) => csvLine(row)).join('')
    : Buffer.concat([...workbookOf([{ name: 'procedures', slices: [rows] }])])
  return reply
    .type(
      isCsv ? 'text/csv; charset=utf-8' : 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    )
    .header('content-disposition', `attachment; filename="${name}.${format}"`)
    .send(body)
}
