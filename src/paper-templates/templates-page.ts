import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { RuleError } from '../domain/refusals.ts'
import type { PageOptions } from '../page-options.ts'
import { actorOf } from '../web/actor.ts'
import { EMPTY_FORM, type FormState, type Typed, typedIn } from '../web/forms.ts'
import type { Show } from '../web/layout.ts'
import { replyPdf } from '../web/pdf-reply.ts'
import { STATUS_OF_KIND } from '../web/problems.ts'
import { changeTemplate, fitText } from './change-template.ts'
import { TEMPLATE_FILES, type TemplateFile, templateFile } from './template-files.ts'
import { templateState } from './template-state.ts'
import { TEMPLATES_HREF, templateBody, templatesBody } from './templates-views.ts'
import { tryTemplate } from './try-template.ts'

interface One {
  readonly Params: { readonly name: string }
  readonly Querystring: { readonly ban?: string }
}

/**
 * `/quan-tri/mau-giay`: the templates of papers; `…/receipt-slip`: one to edit. Nothing is put in force that could not be
 * made into the papers it is for, and none of what was typed is lost where something stands against it.
 */
export function templatesPage(app: FastifyInstance, { deps, writer }: PageOptions, show: Show): void {
  const editor = (
    reply: FastifyReply,
    file: TemplateFile,
    form: FormState,
    error: RuleError | null = null,
  ) => {
    const state = templateState(deps, file.name)
    const body = templateBody({ file, state, form, wrongLine: lineIn(file, error) })
    const status = error === null ? 200 : STATUS_OF_KIND[error.kind]
    return show(reply, { title: file.label, area: '/quan-tri', status, body })
  }

  app.get(TEMPLATES_HREF, (_request, reply) => {
    const templates = TEMPLATE_FILES.map((file) => ({ file, state: templateState(deps, file.name) }))
    return show(reply, { title: 'Mẫu giấy', area: '/quan-tri', body: templatesBody(templates) })
  })

  app.get<One>(`${TEMPLATES_HREF}/:name`, ({ params }, reply) =>
    editor(reply, templateFile(params.name), EMPTY_FORM),
  )

  /** A button of the editor: what is refused comes back as it was typed. */
  const button = (
    path: string,
    work: (
      file: TemplateFile,
      typed: Typed,
      request: FastifyRequest<One>,
      reply: FastifyReply,
    ) => Promise<FastifyReply>,
  ) => {
    app.post<One>(`${TEMPLATES_HREF}/:name${path}`, async (request, reply) => {
      const file = templateFile(request.params.name)
      const typed = asTyped(request.body)
      try {
        return await work(file, typed, request, reply)
      } catch (error) {
        if (!(error instanceof RuleError)) throw error
        return editor(reply, file, { typed, refusal: error.message, code: error.code }, error)
      }
    })
  }
  const tried = (file: TemplateFile, text: string) =>
    tryTemplate({
      papers: file.papers,
      templatesDir: deps.folders.templatesDir,
      typed: { file: `${file.name}.typ`, text },
    })

  button('', async (file, { opened = '', text = '' }, request, reply) => {
    const fit = fitText(text)
    await tried(file, fit)
    await writer.write(() => changeTemplate(deps, actorOf(request), file, { text: fit, opened }))
    return reply.redirect(`${TEMPLATES_HREF}#${file.name}`, 303)
  })
  button('/xem-thu', async (file, { text = '' }, _request, reply) =>
    replyPdf(reply, await tried(file, fitText(text)), file.name, 'xem-thu'),
  )
  button('/co-san', async (file, { opened = '' }, request, reply) => {
    await writer.write(() => changeTemplate(deps, actorOf(request), file, { text: null, opened }))
    return reply.redirect(`${TEMPLATES_HREF}#${file.name}`, 303)
  })

  app.get<One>(`${TEMPLATES_HREF}/:name/tep`, ({ params, query }, reply) => {
    const { name } = templateFile(params.name)
    const { text, shipped } = templateState(deps, name)
    const isShipped = query.ban === 'co-san'
    return reply
      .type('text/plain; charset=utf-8')
      .header('content-disposition', `attachment; filename="${name}${isShipped ? '.co-san' : ''}.typ"`)
      .send(isShipped ? shipped : text)
  })
}

/** The text keeps the blanks at its ends: lines are counted from its first one. */
function asTyped(body: unknown): Typed {
  const { text } = (body ?? {}) as { readonly text?: unknown }
  return { ...typedIn(body), ...(typeof text === 'string' && { text: text.replaceAll('\r\n', '\n') }) }
}

/** The line of this file that the refusal is about. */
function lineIn({ name }: TemplateFile, error: RuleError | null): number | null {
  return error?.code === 'broken_template' && error.params['file'] === `${name}.typ`
    ? Number(error.params['line'])
    : null
}
