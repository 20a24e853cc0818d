import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { FastifyInstance } from 'fastify'

/** Addresses of the files a page names. The name carries a hash of the content, so browsers may keep them for ever. */
export interface Assets {
  readonly stylesheet: string
  readonly scripts: readonly string[]
  readonly mark: string
  /** The two font files every page needs first. */
  readonly preloads: readonly string[]
  readonly files: ReadonlyMap<string, Asset>
}

interface Asset {
  readonly type: string
  readonly body: Buffer
}

const STYLES = [
  'tokens',
  'base',
  'frame',
  'accounts',
  'page-head',
  'tables',
  'due',
  'figures',
  'controls',
  'forms',
  'sign-in',
  'look-up',
  'intake',
  'import',
  'units',
  'feed',
  'webhooks',
  'messages',
  'keys',
  'paper-preview',
  'people',
  'audit',
  'administration',
  'notices',
  'home',
  'morning',
  'report',
  'ranking',
  'form06',
  'revisions',
  'dossier-list',
  'dossier',
  'dossier-work',
  'attachments',
  'queue',
  'day-strip',
  'timeline',
  'late-facts',
  'custody',
  'calendar',
  'reform-index',
  'design',
  'print',
] as const
const SCRIPTS = [
  'search-key',
  'page-keys',
  'suggest',
  'list-keys',
  'answer-keys',
  'scan',
  'scan-list',
  'intake-procedure',
  'intake',
  'enter-key',
  'paper',
  'copy',
  'way-back',
  'presence',
  'act-preview',
  'key-help',
] as const
const FONT_WEIGHTS = [400, 500, 600] as const
const ONE_YEAR = 'public, max-age=31536000, immutable'

/** Reads stylesheet, script and fonts once, at start. */
export function loadAssets(): Assets {
  const files = new Map<string, Asset>()
  const add = (name: string, extension: string, type: string, body: Buffer): string => {
    const hash = createHash('sha256').update(body).digest('hex').slice(0, 10)
    const path = `/assets/${name}-${hash}.${extension}`
    files.set(path, { type, body })
    return path
  }
  const fonts = FONT_WEIGHTS.flatMap((weight) =>
    FACES.map((face) => ({
      ...face,
      weight,
      path: add(`${face.name}-${weight}`, 'woff2', 'font/woff2', face.read(weight)),
    })),
  )
  const faces = fonts.map(fontFace).join('\n')
  const rules = STYLES.map((name) => readFileSync(new URL(`./styles/${name}.css`, import.meta.url), 'utf8'))
  const css = Buffer.from([faces, ...rules].join('\n'))
  const own = (file: string) => readFileSync(new URL(file, import.meta.url))
  return {
    stylesheet: add('motcua', 'css', 'text/css; charset=utf-8', css),
    scripts: SCRIPTS.map((name) =>
      add(name, 'js', 'text/javascript; charset=utf-8', own(`./browser/${name}.js`)),
    ),
    mark: add('mark', 'svg', 'image/svg+xml', own('./mark.svg')),
    preloads: fonts
      .filter(({ weight, name }) => weight === 400 && name !== 'figures')
      .map(({ path }) => path),
    files,
  }
}

export function serveAssets(app: FastifyInstance, { files }: Assets): void {
  app.get<{ Params: { file: string } }>('/assets/:file', (request, reply) => {
    const asset = files.get(`/assets/${request.params.file}`)
    if (asset === undefined) return reply.callNotFound()
    return reply.header('cache-control', ONE_YEAR).type(asset.type).send(asset.body)
  })
}

const require = createRequire(import.meta.url)
const fromPackage = (subset: string) => (weight: number) =>
  readFileSync(
    require.resolve(`@fontsource/be-vietnam-pro/files/be-vietnam-pro-${subset}-${weight}-normal.woff2`),
  )

/**
 * Be Vietnam Pro has no tabular figures, so its own digits were given one width (docs/design.md): a face of ten
 * glyphs that tables put before the text face.
 */
const FACES = [
  {
    name: 'figures',
    family: 'Be Vietnam Pro Figures',
    range: 'U+0030-0039',
    read: (weight: number) =>
      readFileSync(new URL(`./fonts/be-vietnam-pro-figures-${weight}.woff2`, import.meta.url)),
  },
  {
    name: 'vietnamese',
    family: 'Be Vietnam Pro',
    range:
      'U+0102-0103, U+0110-0111, U+0128-0129, U+0168-0169, U+01A0-01A1, U+01AF-01B0, U+0300-0301, U+0303-0304, U+0308-0309, U+0323, U+0329, U+1EA0-1EF9, U+20AB',
    read: fromPackage('vietnamese'),
  },
  {
    name: 'latin',
    family: 'Be Vietnam Pro',
    range:
      'U+0000-00FF, U+0131, U+0152-0153, U+02BB-02BC, U+02C6, U+02DA, U+02DC, U+2000-206F, U+20AC, U+2122, U+2191, U+2193, U+2212, U+2215, U+FEFF, U+FFFD',
    read: fromPackage('latin'),
  },
] as const

function fontFace({
  family,
  weight,
  range,
  path,
}: {
  family: string
  weight: number
  range: string
  path: string
}): string {
  return `@font-face{font-family:"${family}";font-style:normal;font-weight:${weight};font-display:swap;src:url(${path}) format("woff2");unicode-range:${range}}`
}
