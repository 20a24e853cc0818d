import { each, type Html, html, when } from '../web/html.ts'
import { type IconName, icon } from '../web/icons.ts'
import type { ChecklistLine, PaperState } from './checklist.ts'
import { PAPER_FORMS } from './paper-forms.ts'

const STATES = {
  handed_in: { words: 'đã nộp', sign: 'check', meaning: 'done' },
  supplied: { words: 'đã bổ sung', sign: 'check', meaning: 'done' },
  asked: { words: 'chờ bổ sung', sign: 'paused', meaning: 'paused' },
  missing: { words: 'chưa có', sign: 'due_soon', meaning: 'due_soon' },
  optional: { words: 'không bắt buộc', sign: 'same', meaning: 'muted' },
  not_said: { words: 'theo thủ tục', sign: 'same', meaning: 'muted' },
} as const satisfies Record<PaperState, { words: string; sign: IconName; meaning: string }>

/** The papers of the dossier, each with how it stands. */
export function checklistView(lines: readonly ChecklistLine[]): Html {
  const isSilent = lines.every(({ paper }) => paper === null)
  return html`<section><h2>Thành phần hồ sơ</h2>
${when(isSilent, () => html`<p class="muted">Không ghi thành phần hồ sơ nào.</p>`)}
<ul class="lines checklist">${each(lines, ({ name, state, paper }) => {
    const { words, sign, meaning } = STATES[state]
    const as =
      paper === null
        ? ''
        : `${paper.copies} ${PAPER_FORMS[paper.form]}${paper.digitised && paper.form !== 'electronic' ? ', đã số hóa' : ''}`
    return html`<li class="paper ${meaning}">${icon(sign)}<span>${name}</span><span class="n">${as === '' ? words : state === 'handed_in' ? as : `${as} · ${words}`}</span></li>`
  })}</ul></section>`
}
