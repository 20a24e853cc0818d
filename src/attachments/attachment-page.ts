import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { attachmentsOf } from '../../db/queries/attachments.ts'
import type { StoredDossier } from '../../db/queries/dossiers.ts'
import { textsOf } from '../../db/queries/timeline.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import { RuleError } from '../domain/refusals.ts'
import { dossierAt } from '../dossiers/dossier-at.ts'
import { dossierHref } from '../dossiers/dossier-table.ts'
import { handles } from '../dossiers/standing-on.ts'
import type { PageOptions } from '../page-options.ts'
import { actorOf } from '../web/actor.ts'
import { type FormState, onceKeyOf, orRefused, type Typed, typedIn } from '../web/forms.ts'
import { html } from '../web/html.ts'
import { once } from '../web/idempotency.ts'
import type { Show } from '../web/layout.ts'
import { type SentFile, sentFile } from './add-attachments.ts'
import { attachmentLimitMib, FILES_AT_ONCE } from './attachment-limit.ts'
import { replyAttachment } from './attachment-reply.ts'
import { attachmentsView } from './attachments-view.ts'
import { mayAttach } from './may-attach.ts'
import { openAttachment } from './open-attachment.ts'
import { forgetBytes, removeAttachment } from './remove-attachments.ts'
import { storeAttachments } from './store-attachments.ts'

interface Route {
  readonly Params: { readonly code: string; readonly id: string }
  readonly Querystring: { readonly tai?: string }
}

/** `/ho-so/:code/tep`: the files of a dossier: upload, look at, remove. */
export async function attachmentPage(app: FastifyInstance, options: PageOptions, show: Show): Promise<void> {
  const { deps, writer } = options

  const asked = (request: FastifyRequest<Route>) => {
    const actor = actorOf(request)
    return { actor, dossier: dossierAt(deps, actor, request.params.code) }
  }

  const page = (request: FastifyRequest, reply: FastifyReply, dossier: StoredDossier, state?: FormState) => {
    const view = {
      dossier,
      catalogue: catalogueOf(deps.db),
      rows: attachmentsOf(deps.db, dossier.id),
      texts: textsOf(deps.db, dossier.id),
      mayOpen: handles(deps, actorOf(request), dossier),
      mayChange: mayAttach(deps, actorOf(request), dossier),
      limitMib: attachmentLimitMib(deps),
    }
    const code = dossier.code ?? 'Hồ sơ'
    const body = html`<header class="page-head"><p class="page-kicker"><a href="${dossierHref(dossier)}">${code}</a></p><h1>Tệp của hồ sơ</h1></header>
<div class="attachments-page">${attachmentsView(view, state)}</div>`
    const status = state === undefined || state.refusal === null ? 200 : 422
    return show(reply, { title: `Tệp đính kèm ${code}`, area: '/ho-so', status, body })
  }

  app.get<Route>('/ho-so/:code/tep', (request, reply) => page(request, reply, asked(request).dossier))

  app.get<Route>('/ho-so/:code/tep/:id', async (request, reply) => {
    const { actor, dossier } = asked(request)
    const row = await openAttachment(options, actor, dossier, idOf(request))
    return replyAttachment(deps, reply, row, request.query.tai === '1' ? 'attachment' : 'inline')
  })

  app.post<Route>('/ho-so/:code/tep/:id/go', async (request, reply) => {
    const { actor, dossier } = asked(request)
    const [id, typed] = [idOf(request), typedIn(request.body)]
    const repeatable = {
      actor,
      operation: 'remove_attachment',
      content: { id, typed },
      key: onceKeyOf(typed),
    }
    const work = () => removeAttachment(deps, actor, dossier, { id, reason: typed['reason'] ?? '' })
    const outcome = await orRefused(typed, () =>
      writer.write(() => once<{ id: number; sha256?: string }>(deps, repeatable, work, () => ({ id }))),
    )
    if ('state' in outcome) return page(request, reply, dossier, outcome.state)
    const { sha256 } = outcome.done.value
    if (sha256 !== undefined) forgetBytes(deps, [sha256])
    return reply.redirect(`${dossierHref(dossier)}#tep`, 303)
  })

  await app.register(async (uploads) => {
    await uploads.register(multipart, { limits: { files: FILES_AT_ONCE, fields: 10 } })
    uploads.post<Route>('/ho-so/:code/tep', async (request, reply) => {
      const { actor, dossier } = asked(request)
      const outcome = await orRefused({}, async () => {
        const { files, typed } = await sentFiles(request, attachmentLimitMib(deps), (name, bytes) =>
          sentFile(deps, name, bytes),
        )
        return storeAttachments(options, actor, dossier, { files, key: onceKeyOf(typed) })
      })
      if ('state' in outcome) return page(request, reply, dossier, outcome.state)
      return reply.redirect(`${dossierHref(dossier)}#tep`, 303)
    })
  })
}

function idOf({ params }: FastifyRequest<Route>): number {
  const id = /^\d{1,12}$/.test(params.id) ? Number(params.id) : 0
  if (id === 0) throw new RuleError('unknown_attachment', { attachment: params.id.slice(0, 20) })
  return id
}

/** Reads the whole form, whatever is wrong with one file: half an upload that is cut off looks like a broken network. */
async function sentFiles(
  request: FastifyRequest,
  most: number,
  look: (name: string, bytes: Buffer) => SentFile,
): Promise<{ readonly files: readonly SentFile[]; readonly typed: Typed }> {
  if (!request.isMultipart()) throw new RuleError('empty_file')
  const files: SentFile[] = []
  const typed: Record<string, string> = {}
  let refusal: RuleError | null = null
  const refuse = (error: unknown, name: string) => {
    const code = (error as { code?: string }).code
    if (code === 'FST_REQ_FILE_TOO_LARGE')
      refusal ??= new RuleError('attachment_too_large', { name: name.slice(0, 80), most })
    else if (code === 'FST_FILES_LIMIT')
      refusal ??= new RuleError('too_many_attachments', { most: FILES_AT_ONCE })
    else if (error instanceof RuleError) refusal ??= error
    else throw error
  }
  try {
    for await (const part of request.parts({ limits: { fileSize: most * 1024 * 1024 } })) {
      if (part.type === 'field') {
        typed[part.fieldname] = String(part.value)
        continue
      }
      try {
        const bytes = await part.toBuffer()
        // A field of files left empty comes as one without a name.
        if (part.filename !== '' || bytes.length > 0) files.push(look(part.filename, bytes))
      } catch (error) {
        refuse(error, part.filename)
      }
    }
  } catch (error) {
    refuse(error, '')
  }
  if (refusal !== null) throw refusal
  if (files.length === 0) throw new RuleError('empty_file')
  return { files, typed }
}
