import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Assets } from './assets.ts'
import { each, type Html, html, when } from './html.ts'
import { type IconName, icon } from './icons.ts'
import { keyHelp } from './key-help.ts'
import { paperDialog } from './paper-preview.ts'

/** What a page gives; the frame around it is the same everywhere. */
export interface Page {
  /** Of the window: the page first, then the product. */
  readonly title: string
  /** Address of the area of the rail it belongs to. */
  readonly area: string
  readonly body: Html
  /** Paper of the printed page; the default is portrait. */
  readonly paper?: 'landscape'
  /** What was searched for, kept in the field. */
  readonly search?: string
  readonly status?: number
  /** The page of a failure asks the database for nothing, not even for the banner. */
  readonly bare?: true
}

export interface NavItem {
  readonly href: string
  /** Area of its pages, where that is not the address. */
  readonly area?: string
  readonly label: string
  readonly icon: IconName
  /** How much is new there. */
  readonly fresh?: number
  readonly key?: string
}

export interface Frame {
  readonly assets: Assets
  /** What of the rail this person may open; empty for nobody. */
  nav(request: FastifyRequest): readonly NavItem[]
  /** What else is done at a desk; empty for who works at none. */
  desk(request: FastifyRequest): readonly NavItem[]
  /** Where a dossier is taken in; null for who may not. */
  intake(request: FastifyRequest): string | null
  /** Where the search field sends its `q`; null for who may not search. */
  searchAction(request: FastifyRequest): string | null
  /** Today, as the top bar shows it. */
  today(): string
  /** A sentence over every page: this is a demonstration. */
  banner(): string | null
  /** For whom this person stands in, and until when, over every page; null for nobody. */
  standsIn(request: FastifyRequest): string | null
  /** Who is signed in; null for nobody. */
  who(request: FastifyRequest): string | null
}

/** Sends a page in its frame. */
export type Show = (reply: FastifyReply, page: Page) => FastifyReply

export function pageShower(frame: Frame): Show {
  return (reply, page) =>
    reply
      .code(page.status ?? 200)
      .type('text/html; charset=utf-8')
      .send(`<!doctype html>\n${document(frame, page, reply.request)}`)
}

const PRODUCT = 'Một cửa'

function document(frame: Frame, page: Page, request: FastifyRequest): Html {
  const { assets } = frame
  // The page of a failure shows the frame of nobody: it asks for nothing that may fail too.
  const who = page.bare ? null : frame.who(request)
  return html`<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${page.title} · ${PRODUCT}</title>
${each(assets.preloads, (path) => html`<link rel="preload" href="${path}" as="font" type="font/woff2" crossorigin>`)}
<link rel="stylesheet" href="${assets.stylesheet}">
<link rel="icon" type="image/svg+xml" href="${assets.mark}">
${each(assets.scripts, (path) => html`<script type="module" src="${path}"></script>`)}
</head>
<body class="${page.paper === 'landscape' ? 'paper-landscape' : 'paper-portrait'}${when(who === null, () => html` gated`)}">
<a class="skip" href="#noi-dung">Đến nội dung chính</a>
${who === null ? gate() : rail({ nav: frame.nav(request), desk: frame.desk(request), intake: intakeLink(frame.intake(request), request) }, page.area)}
<div class="stage">
${when(who, (name) => topBar(frame.today(), frame.searchAction(request), page.search ?? '', name))}
${when(page.bare ? null : frame.banner(), (text) => html`<aside class="banner" aria-label="Bản trình diễn">${icon('info')}<span>${text}</span></aside>`)}
${when(who !== null && frame.standsIn(request), (text) => html`<aside class="banner standing-in" aria-label="Uỷ quyền">${icon('person')}<span>${text} <a href="/uy-quyen">Uỷ quyền</a></span></aside>`)}
<main id="noi-dung" tabindex="-1">
${page.body}
</main>
</div>
${when(who !== null, () => html`${keyHelp(request.routeOptions.url)}${paperDialog()}`)}
</body>
</html>`
}

const MARK = html`<a class="mark" href="/"><svg class="mark-sign" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false"><rect class="mark-ground" width="24" height="24" rx="5"/><path class="mark-gate" d="M6.5 19.5V10a5.5 5.5 0 0 1 11 0v9.5M10.4 11.6 12.4 10v9.5"/></svg><span>${PRODUCT}</span></a>`

/** Before the sign-in there is nothing to choose from. */
function gate(): Html {
  return html`<header class="gate">${MARK}</header>`
}

/** On the intake itself no key leads away from what is typed there; who trains goes on training. */
function intakeLink(intake: string | null, { routeOptions, query, body }: FastifyRequest): Html {
  const asked = { ...(query as object), ...(body as object | null) } as Readonly<Record<string, unknown>>
  const trains =
    asked['tap-huan'] === '1' || asked['training'] === '1' || routeOptions.url === `${intake}/tap-huan/:id`
  const key = routeOptions.url === intake ? html`` : html` data-key="n" aria-keyshortcuts="n"`
  return when(
    intake,
    (href) =>
      html`<a class="rail-act" href="${href}${trains ? '?tap-huan=1' : ''}"${key}>${icon('plus')}<span>Tiếp nhận hồ sơ</span>${when(routeOptions.url !== href, () => html`<kbd>n</kbd>`)}</a>`,
  )
}

interface Rail {
  readonly nav: readonly NavItem[]
  readonly desk: readonly NavItem[]
  readonly intake: Html
}

function rail({ nav, desk, intake }: Rail, area: string): Html {
  return html`<nav class="rail" aria-label="Các phần chính">
${MARK}
${intake}
<ul>${each(nav, (item) => railItem(item, area))}</ul>
${when(desk.length > 0, () => html`<ul class="rail-desk">${each(desk, (item) => railItem(item, area))}</ul>`)}
<p class="rail-foot"><a href="/phim-tat"><kbd aria-hidden="true">?</kbd><span>Phím tắt</span></a></p>
</nav>`
}

function railItem(
  { href, area: own = href, label, icon: name, fresh = 0, key }: NavItem,
  area: string,
): Html {
  return html`<li><a href="${href}"${when(own === area, () => html` aria-current="page"`)}${when(key, (letter) => html` data-key="${letter}" aria-keyshortcuts="${letter}"`)}>${icon(name, 20)}<span>${label}</span>${when(fresh > 0, () => html`<span class="rail-new">${fresh}<span class="sr"> việc mới</span></span>`)}${when(key, (letter) => html`<kbd aria-hidden="true">${letter}</kbd>`)}</a></li>`
}

function topBar(today: string, action: string | null, search: string, who: string): Html {
  return html`<header class="top">${when(action, (to) => searchForm(to, search))}
<p class="today">${today}</p>
<a class="who" href="/tai-khoan">${icon('person')}<span>${who}</span></a>
<form class="leave" method="post" action="/dang-xuat"><button class="quiet" type="submit">Đăng xuất</button></form>
</header>`
}

function searchForm(action: string, search: string): Html {
  return html`<form class="search" role="search" action="${action}" method="post">
<label class="sr" for="search">Tìm hồ sơ theo họ tên người nộp, mã, số định danh hoặc điện thoại</label>
${icon('search')}<input id="search" name="q" type="search" value="${search}" placeholder="Họ tên, mã hồ sơ hoặc bốn số cuối" data-suggest="/tim" autocomplete="off" spellcheck="false">
<kbd aria-hidden="true">/</kbd>
</form>`
}
