import { type Html, html, when } from './html.ts'
import { icon } from './icons.ts'

/**
 * Attributes of a link (or of a button that sends a form) to a paper or a file: with scripts it is looked at over the page
 * and printed from there (browser/paper.js), without them it opens beside the page. `now`: shows by itself, once.
 */
export function asPaper(title: string, now = false): Html {
  return html` target="_blank" rel="noopener" data-paper="${title}"${when(now, () => html` data-now`)}`
}

/** Where papers are looked at. It is there from the start, closed. */
export function paperDialog(): Html {
  return html`<dialog id="paper" class="paper-preview" aria-labelledby="paper-title"><div class="paper-preview-head"><h2 id="paper-title"></h2><button class="button primary" type="button" data-print-shown>${icon('print')}In <kbd>↵</kbd></button><a class="button" target="_blank" rel="noopener">Mở thẻ mới</a><form method="dialog"><button class="quiet" type="submit">${icon('cross')}<span class="sr">Đóng</span></button></form></div>
<div role="status"></div></dialog>`
}
