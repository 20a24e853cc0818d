import type { FastifyInstance } from 'fastify'
import { each, type Html, html, when } from './html.ts'
import { icon } from './icons.ts'
import { KEYS, type KeyGroup, keysOn } from './keys.ts'
import type { Show } from './layout.ts'

/** `/phim-tat`: all keys of all pages, for whoever has no scripts or wants to read them at leisure. */
export function keyPage(app: FastifyInstance, show: Show): void {
  app.get('/phim-tat', (_request, reply) => {
    const body = html`<header class="page-head"><h1>Phím tắt</h1><p class="lead">Ở trang nào cũng bấm <kbd>?</kbd> để xem các phím của trang đó. Khi đang gõ trong ô hoặc bộ gõ đang ghép chữ, các phím là chữ.</p></header>
<div class="key-groups">${each(KEYS, (group) => html`<section><h2>${group.title}</h2>${keyList(group)}</section>`)}</div>`
    return show(reply, { title: 'Phím tắt', area: '/phim-tat', body })
  })
}

/** What `?` opens: the keys of this page and the general ones. It is there from the start, closed. */
export function keyHelp(route: string | undefined): Html {
  return html`<dialog id="key-help" class="key-help" aria-labelledby="key-help-title"><div class="key-help-head"><h2 id="key-help-title">Phím tắt</h2><form method="dialog"><button class="quiet" type="submit">${icon('cross')}<span class="sr">Đóng</span></button></form></div>
${each(keysOn(route), (group) => html`<h3>${group.title}</h3>${keyList(group)}`)}
<p><a href="/phim-tat">Phím của mọi trang</a></p></dialog>`
}

function keyList({ keys }: KeyGroup): Html {
  return html`<dl class="keys">${each(keys, ({ keys: pressed, does }) => html`<div><dt>${each(pressed, (key, index) => html`${when(index > 0, () => html`<span aria-hidden="true"> + </span>`)}<kbd>${key}</kbd>`)}</dt><dd>${does}</dd></div>`)}</dl>`
}
