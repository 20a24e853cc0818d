import type { StoredDossier } from '../../db/queries/dossiers.ts'
import { type Paper, papersOf, replacePapers } from '../../db/queries/papers.ts'
import type { Actor, Deps } from '../deps.ts'
import type { ReturnMode } from '../domain/life-cycle/dossier.ts'
import { RuleError } from '../domain/refusals.ts'
import { findDossier } from '../dossiers/act-on-dossier.ts'
import { isErased } from '../dossiers/is-erased.ts'
import { judgeAct } from '../dossiers/judge-act.ts'
import { fullPerson, type PersonView } from '../dossiers/masked-person.ts'
import { actingOf } from '../dossiers/own-unit.ts'
import { type PersonInput, recordPerson } from '../dossiers/record-person.ts'
import { storeChange } from '../dossiers/store-change.ts'
import { idDigits, phoneDigits } from '../person-numbers.ts'
import { visibleLine, visibleText } from '../visible-text.ts'

/** Who handed a dossier in, for whom, with which papers, and how the result is to come back: all of it as it is right. */
export interface PeopleAmendment {
  /** The version the actor saw. */
  readonly version: number
  readonly applicant: PersonInput
  readonly proxy: PersonInput | null
  readonly returnMode: ReturnMode
  readonly papers: readonly Paper[]
}

/**
 * Puts that right; the timeline tells which particulars, never their values. The next print of its papers is another
 * version. What is the same changes nothing. Run it inside a write.
 */
export function amendPeople(
  deps: Deps,
  actor: Actor,
  id: number,
  { version, applicant, proxy, returnMode, papers }: PeopleAmendment,
): StoredDossier {
  const { db, clock } = deps
  const dossier = findDossier(deps, id)
  if (version !== dossier.version) throw new RuleError('stale')
  if (isErased(deps, dossier)) throw new RuleError('dossier_erased')
  const { result, standing } = judgeAct(deps, actor, dossier, {
    act: 'amend',
    returnMode,
    byProxy: proxy !== null,
  })
  const changed = [
    ...particulars('người nộp', fullPerson(deps, dossier.applicantId), applicant),
    ...particulars('người được ủy quyền', fullPerson(deps, dossier.proxyId), proxy),
    ...(samePapers(papersOf(db, id), papers) ? [] : ['giấy tờ đã nộp']),
  ]
  if (changed.length === 0 && returnMode === dossier.returnMode) return dossier
  const now = clock.now()
  const personId = (known: number | null, was: PersonView | null, is: PersonInput | null) =>
    is === null ? null : differing(was, is).length === 0 ? known : recordPerson(deps, is)
  const desk = {
    applicantId: personId(dossier.applicantId, fullPerson(deps, dossier.applicantId), applicant),
    proxyId: personId(dossier.proxyId, fullPerson(deps, dossier.proxyId), proxy),
  }
  const happening = {
    act: 'amend',
    at: now,
    recordedAt: now,
    actor: actingOf(actor, standing),
    note: changed.length === 0 ? undefined : `Sửa ${changed.join(', ')}.`,
  } as const
  return storeChange(db, dossier, result, happening, desk, () => replacePapers(db, id, papers))
}

/** 'họ tên người nộp': what differs, in words. */
function particulars(whose: string, was: PersonView | null, is: PersonInput | null): readonly string[] {
  if (was === null && is === null) return []
  if (was === null || is === null) return [whose]
  return differing(was, is).map((label) => `${label} ${whose}`)
}

function differing(was: PersonView | null, is: PersonInput): readonly string[] {
  return COMPARED.flatMap(([label, before, after]) =>
    (was === null ? null : before(was)) === after(is) ? [] : [label],
  )
}

const COMPARED: readonly (readonly [
  string,
  (was: PersonView) => string | number | null,
  (is: PersonInput) => string | number | null,
])[] = [
  ['họ tên', ({ name }) => name, ({ name }) => visibleLine(name)],
  ['số định danh', ({ idNumber }) => idNumber, ({ idNumber }) => idDigits(idNumber ?? '') || null],
  ['năm sinh', ({ birthYear }) => birthYear, ({ birthYear }) => birthYear ?? null],
  ['giới tính', ({ sex }) => sex, ({ sex }) => sex ?? null],
  [
    'điện thoại',
    ({ phone }) => (phone === null ? null : phoneDigits(phone)),
    ({ phone }) => phoneDigits(phone ?? '') || null,
  ],
  [
    'địa chỉ',
    ({ address }) => address,
    ({ address }) =>
      visibleText(address ?? '')
        .normalize('NFC')
        .trim() || null,
  ],
  ['thư điện tử', ({ email }) => email, ({ email }) => visibleLine(email ?? '') || null],
]

function samePapers(before: readonly Paper[], after: readonly Paper[]): boolean {
  const said = (papers: readonly Paper[]) =>
    JSON.stringify(papers.map(({ name, form, copies }) => [name, form, copies]))
  return said(before) === said(after)
}
