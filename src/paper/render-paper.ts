import { instantAt } from '../domain/calendar/day.ts'
import { RuleError } from '../domain/refusals.ts'
import { visibleText } from '../visible-text.ts'
import type { PaperData, PaperTemplate } from './paper-data.ts'
import { readTemplates, type Templates, type TypedTemplate } from './paper-templates.ts'
import { brokenTemplate, refuseDownloads } from './template-problem.ts'

/** Where paper lies in the compiler's own world: files handed to it by name, never a folder of this machine. */
const WORLD = '/giay-to'
/** Renderings after which what the compiler remembers of a paper is forgotten. */
const REMEMBERED_RENDERINGS = 10
const NOON = 12 * 60

/**
 * The PDF of a template filled with `data`. The same data, templates and software give the same bytes: the date in
 * the file is `data.printedOn`. Data reach the template as a JSON file, so that no name is ever read as markup.
 * A file of the same name in `templatesDir` stands in for a shipped template, and `typed` for both; one that does not
 * compile is refused (`broken_template`) with its line. Compiler, fonts and barcodes are loaded by the first call.
 */
export async function renderPaper<T extends PaperTemplate>(
  template: T,
  data: PaperData[T],
  {
    templatesDir = null,
    typed = null,
  }: { readonly templatesDir?: string | null; readonly typed?: TypedTemplate | null } = {},
): Promise<Buffer> {
  const templates = readTemplates(templatesDir, typed)
  if (!templates.has(`${template}.typ`)) throw new RuleError('unknown_template', { template })
  refuseDownloads(templates)
  const [{ paperCompiler }, { withCodes }] = await Promise.all([
    import('./paper-compiler.ts'),
    import('./paper-codes.ts'),
  ])
  return compile(paperCompiler(), template, templates, withCodes(data))
}

type Compiler = ReturnType<typeof import('./paper-compiler.ts').paperCompiler>

/** What nobody sees stays off paper: it could turn a line around. */
function seen(_: string, value: unknown): unknown {
  return typeof value === 'string' ? visibleText(value) : value
}

/** Without a pause in between, so that two papers made at once do not see each other's data. */
function compile(
  compiler: Compiler,
  template: string,
  templates: Templates,
  data: { readonly printedOn: string },
): Buffer {
  for (const [name, { text }] of templates) compiler.addSource(`${WORLD}/${name}`, text)
  compiler.mapShadow(`${WORLD}/data.json`, Buffer.from(JSON.stringify(data, seen)))
  const compiled = compiler.compile({ mainFilePath: `${WORLD}/${template}.typ` })
  const document = compiled.result
  if (document === null) {
    const found = compiled.takeDiagnostics()
    throw brokenTemplate(template, templates, found === null ? [] : compiler.fetchDiagnostics(found))
  }
  const pdf = compiler.pdf(document, { creationTimestamp: instantAt(data.printedOn, NOON) / 1000 })
  compiler.evictCache(REMEMBERED_RENDERINGS)
  return pdf
}
