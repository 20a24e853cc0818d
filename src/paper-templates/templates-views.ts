import { sampleOf } from '../paper/paper-templates.ts'
import { moment } from '../web/formats.ts'
import { type FormState, refusalView } from '../web/forms.ts'
import { each, type Html, html, NOTHING, when } from '../web/html.ts'
import { icon } from '../web/icons.ts'
import type { TemplateFile } from './template-files.ts'
import { type TemplateState, textHash } from './template-state.ts'

export const TEMPLATES_HREF = '/quan-tri/mau-giay'

/** Lines of a template shown before and after the one that is wrong. */
const AROUND = 2

export interface TemplateLine {
  readonly file: TemplateFile
  readonly state: TemplateState
}

/** Every template with what is in force: ours, or the shipped one. */
export function templatesBody(templates: readonly TemplateLine[]): Html {
  return html`<header class="page-head"><p class="page-kicker"><a href="/quan-tri">Quản trị</a></p><h1>Mẫu giấy</h1><p class="lead">Chữ và bố cục của giấy tờ in. Mẫu vừa ghi dùng cho giấy lập từ lúc ấy; giấy đã lập giữ nguyên.</p></header>
<div class="scroll" role="region" aria-label="Mẫu giấy" tabindex="0"><table class="data settings templates"><caption class="sr">Mẫu giấy</caption>
<thead><tr><th scope="col">Giấy tờ</th><th scope="col" class="setting-value">Đang dùng</th><th scope="col" class="template-since">Ghi lúc</th><th scope="col"><span class="sr">Việc</span></th></tr></thead>
<tbody>${each(templates, templateLine)}</tbody></table></div>`
}

function templateLine({ file, state }: TemplateLine): Html {
  const { ownSince, isOutdated } = state
  const used =
    ownSince === null
      ? html`<td class="setting-value muted">Mẫu có sẵn</td>`
      : html`<td class="setting-value set">Mẫu của đơn vị${when(isOutdated, () => html` <span class="tag due_soon">mẫu có sẵn mới hơn</span>`)}</td>`
  return html`<tr id="${file.name}"><th scope="row">${file.label}<small>${file.name}.typ</small></th>${used}<td class="template-since nowrap">${when(ownSince, (at) => html`${moment(at)}`)}</td><td class="acts"><a href="${TEMPLATES_HREF}/${file.name}">Sửa<span class="sr"> ${file.label}</span></a></td></tr>`
}

interface Editor extends TemplateLine {
  readonly form: FormState
  /** The line that is wrong, from 1; null: none of this file. */
  readonly wrongLine: number | null
}

/** One template to edit, to try out and to put back. */
export function templateBody({ file, state, form, wrongLine }: Editor): Html {
  const href = `${TEMPLATES_HREF}/${file.name}`
  const isOvertaken = form.code === 'template_overtaken'
  const opened = isOvertaken ? undefined : form.typed['opened']
  const text = form.typed['text'] ?? state.text
  return html`<header class="page-head"><p class="page-kicker"><a href="/quan-tri">Quản trị</a><a href="${TEMPLATES_HREF}">Mẫu giấy</a></p><h1>${file.label}</h1><p class="lead">${standing(state)} ${file.papers.length > 1 ? `Dùng trong ${file.papers.length} giấy tờ; dựng thử được tất cả mới ghi.` : 'Dựng thử được mới ghi.'}</p></header>
${when(state.isOutdated, () => html`<p class="template-newer">${icon('due_soon', 20)}<span>Mẫu có sẵn đã đổi cùng phần mềm sau khi mẫu của đơn vị được sửa từ nó. Hãy <a href="${href}/tep?ban=co-san">tải mẫu có sẵn</a>, đưa điểm mới vào mẫu dưới đây rồi ghi lại; không cần đổi gì thì cứ ghi lại.</span></p>`)}
<form class="form template-form" method="post" action="${href}">
<input type="hidden" name="opened" value="${opened ?? textHash(state.text)}">
${refusalView(form)}
${when(wrongLine, (line) => linesAround(text, line))}
<div class="field"><label for="f-text">Nội dung mẫu, tệp ${file.name}.typ</label><textarea id="f-text" name="text" rows="20" wrap="off" spellcheck="false" autocapitalize="off" required aria-describedby="h-text">
${text}</textarea><small id="h-text">Viết bằng Typst. Dữ liệu của giấy ở data, ví dụ #data.printedOn; các trường và một bộ dữ liệu thử ở cuối trang.</small></div>
<p class="form-end"><button class="button primary" type="submit">Ghi mẫu</button><button class="button" type="submit" formaction="${href}/xem-thu" formtarget="_blank" data-paper="${file.label}, xem thử">Xem thử</button><a href="${TEMPLATES_HREF}#${file.name}">Thôi</a></p>
</form>
${isOvertaken ? inForce(state) : NOTHING}
${shippedSection(href, state)}
<section><h2>Dữ liệu thử</h2><details class="template-data"><summary>Các trường, với dữ liệu dùng khi xem thử</summary><pre tabindex="0">${sampleOf(file.papers[0])}</pre></details></section>`
}

function standing({ ownSince }: TemplateState): string {
  return ownSince === null
    ? 'Đang dùng mẫu có sẵn.'
    : `Đang dùng mẫu của đơn vị, ghi lúc ${moment(ownSince)}.`
}

/** The line that is wrong and those beside it, as an editor would number them. */
function linesAround(text: string, wrong: number): Html {
  const lines = text.split('\n').map((words, n) => ({ words, n: n + 1 }))
  const shown = lines.filter(({ n }) => Math.abs(n - wrong) <= AROUND)
  return html`<ol class="template-lines" start="${shown[0]?.n ?? 1}" aria-label="Chỗ sai trong mẫu">${each(shown, ({ words, n }) => html`<li value="${n}"${when(n === wrong, () => html` class="wrong"`)}><code>${words}</code></li>`)}</ol>`
}

/** What somebody else has put in force meanwhile. */
function inForce({ text }: TemplateState): Html {
  return html`<section><h2>Bản đang dùng</h2><details class="template-data" open><summary>Nội dung bản đang dùng</summary><pre tabindex="0">${text}</pre></details></section>`
}

function shippedSection(href: string, { text, ownSince }: TemplateState): Html {
  const links = html`<a href="${href}/tep">${ownSince === null ? 'Tải mẫu có sẵn' : 'Tải mẫu của đơn vị'}</a>`
  if (ownSince === null) return html`<section><h2>Tệp mẫu</h2><p>${links}</p></section>`
  return html`<section><h2>Mẫu có sẵn</h2><form class="form" method="post" action="${href}/co-san"><input type="hidden" name="opened" value="${textHash(text)}"><p>Mẫu của đơn vị không mất: tệp được giữ trong thư mục templates, đuôi .cu.</p><p class="form-end"><button class="button" type="submit">Trở về mẫu có sẵn</button>${links}<a href="${href}/tep?ban=co-san">Tải mẫu có sẵn</a></p></form></section>`
}
