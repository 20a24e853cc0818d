import { type Act, actsFrom, TRANSITIONS } from '../domain/life-cycle/life-cycle.ts'
import { each, type Html, html, NOTHING, when } from '../web/html.ts'
import { icon } from '../web/icons.ts'
import { ACT_GROUPS, describeAct, groupOf } from './act-words.ts'
import { dossierHref } from './dossier-table.ts'
import type { DossierView } from './dossier-views.ts'

/** What can be done now: the usual next act is the one button; the others by what they do to the due date. */
export function actsView({ dossier, offered, rights }: DossierView): Html {
  const { next, others, barred } = offered
  const head = html`<h2>Việc có thể làm</h2>`
  if (barred !== null)
    return html`<section class="acts">${head}<p class="muted acts-barred">${barred}</p></section>`
  const href = dossierHref(dossier)
  // A correction from acceptance has a page of its own, linked below.
  const groups = Map.groupBy(
    others.filter((act) => act !== 'correct'),
    groupOf,
  )
  return html`<section class="acts">${head}
${when(next, (act) => html`<p class="next-act"><a class="button primary" href="${href}/viec/${act}" data-key="s">${icon('arrow')}${TRANSITIONS[act].label} <kbd aria-hidden="true">s</kbd></a><small class="muted">${describeAct(act)}</small></p>`)}
${next === null && others.length === 0 ? html`<p class="muted">Hồ sơ đã khép lại, không còn việc nào.</p>` : NOTHING}
<dl class="facts act-groups">${each(
    ACT_GROUPS.filter((group) => groups.has(group)),
    (group) =>
      html`<dt>${group}</dt><dd>${each(groups.get(group) ?? [], (act) => html`<a class="act" href="${href}/viec/${act}" title="${describeAct(act)}">${TRANSITIONS[act].label}</a>`)}</dd>`,
  )}</dl>
${lateLinks(dossier, rights)}
</section>`
}

/** Ways to say what really happened: closed without a click, or wrong from acceptance. */
function lateLinks(dossier: DossierView['dossier'], { late }: DossierView['rights']): Html {
  if (!late) return NOTHING
  const acts: readonly Act[] = actsFrom(dossier.state)
  const href = dossierHref(dossier)
  const closes = acts.includes('finish') || acts.includes('return_result')
  const corrects = acts.includes('correct') && dossier.acceptedAt !== null
  return html`<p class="late-links">${when(corrects, () => html`<a href="${href}/dinh-chinh#f-procedure">Đổi thủ tục</a><a href="${href}/dinh-chinh">Đính chính từ khi tiếp nhận</a>`)}${when(closes, () => html`<a href="${href}/khep">Khép với thời điểm thực</a>`)}</p>`
}
