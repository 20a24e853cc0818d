import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setDisabled } from '../../db/queries/accounts.ts'
import { endMembership } from '../../db/queries/memberships.ts'
import { upsertSetting } from '../../db/queries/settings.ts'
import { eventsOf } from '../../db/queries/timeline.ts'
import { endSubstitution } from '../../src/accounts/end-substitution.ts'
import { recordSubstitution, type SubstitutionInput } from '../../src/accounts/record-substitution.ts'
import { maySee } from '../../src/accounts/seen-units.ts'
import { catalogueOf } from '../../src/catalogue/catalogue.ts'
import { approveCorrection } from '../../src/corrections/decide-correction.ts'
import { enterOrAsk } from '../../src/corrections/enter-or-ask.ts'
import type { Actor } from '../../src/deps.ts'
import { parseInstant } from '../../src/domain/calendar/day.ts'
import { parsePeriod } from '../../src/domain/calendar/periods.ts'
import { SECOND_PERSON } from '../../src/dossiers/act-context.ts'
import { applyReorganisations } from '../../src/reorganisations/apply-reorganisation.ts'
import { closePeriod } from '../../src/reports/close-period.ts'
import { deskOf } from '../support/desk.ts'
import { actorNow, givePost, person, withAccount } from '../support/people.ts'
import { refused } from '../support/refused.ts'
import { planOf, record } from '../support/reorganised.ts'
import { testInstallation } from '../support/test-installation.ts'

const HEAD = 'xa-ngoc-ky.chu-tich'
const CLERK = 'xa-ngoc-ky.mot-cua-1'
const OFFICER = 'xa-ngoc-ky.cong-an'
const ABOVE = 'huyen-tu-ky.giam-sat'
const ELSEWHERE = 'xa-ha-ky.mot-cua-1'

/** Xã Ngọc Kỳ on Monday 13/03/2023: everybody has an account. */
function setting(moment = '2023-03-13T09:00') {
  const installation = testInstallation(moment)
  const write = <T>(work: () => T): T => installation.db.transaction(work).immediate()
  for (const key of [HEAD, CLERK, OFFICER, ABOVE, ELSEWHERE]) withAccount(installation, key)
  person(installation, 'quan-tri', 'Phạm Quản Trị', { roles: ['administrator'] })
  const as = (key: string) => actorNow(installation, key) as Actor
  const idOf = (key: string) => catalogueOf(installation.db).officerByKey.get(key)!.id
  const hand = (by: string, given: Partial<SubstitutionInput> & { substitute: string }) =>
    write(() =>
      recordSubstitution(installation, as(by), {
        absent: by,
        from: '2023-03-14',
        to: '2023-03-16',
        reason: 'Nghỉ phép',
        ...given,
      }),
    )
  const end = (by: string, id: number) => write(() => endSubstitution(installation, as(by), id))
  /** As pages and API do it. */
  const does = (key: string, { id }: { readonly id: number }, act: 'void' | 'transfer', at?: string) =>
    write(() => {
      const moment = at === undefined ? {} : { at: parseInstant(at) }
      const request = { act, reason: 'Theo quy định', ...moment }
      return enterOrAsk(installation, as(key), { kind: 'act', which: id, request })
    })
  const rolesOf = (key: string) => [...(actorNow(installation, key)?.roles ?? [])].sort()
  return { installation, write, as, idOf, hand, end, does, rolesOf }
}

test('the posts of the absent are the substitute’s too, from the first midnight to the last', () => {
  const { installation, hand, rolesOf } = setting()
  hand(HEAD, { substitute: CLERK })
  const on = (moment: string) => {
    installation.at(moment)
    return rolesOf(CLERK)
  }
  assert.deepEqual(on('2023-03-13T23:59'), ['counter'])
  assert.deepEqual(on('2023-03-14T00:00'), ['counter', 'head'])
  assert.deepEqual(on('2023-03-16T23:59'), ['counter', 'head'])
  assert.deepEqual(on('2023-03-17T00:00'), ['counter'])
})

test('the absent keep their own rights', () => {
  const { installation, hand, does } = setting()
  const dossier = deskOf(installation).log()
  hand(HEAD, { substitute: CLERK, from: '2023-03-13' })
  does(HEAD, dossier, 'void')
  assert.equal(eventsOf(installation.db, dossier.id).at(-1)?.onBehalfOfId, null)
})

test('what only the absent could do is done in their name, and the event keeps both; what is one’s own is one’s own', () => {
  const { installation, hand, does, idOf } = setting()
  const [one, two] = [deskOf(installation).log(), deskOf(installation).log()]
  refused('head_only', () => does(CLERK, one, 'void'))
  hand(HEAD, { substitute: CLERK, from: '2023-03-13' })
  does(CLERK, one, 'void')
  does(CLERK, two, 'transfer')
  const last = (id: number) => eventsOf(installation.db, id).at(-1)
  assert.deepEqual([last(one.id)?.actorId, last(one.id)?.onBehalfOfId], [idOf(CLERK), idOf(HEAD)])
  assert.deepEqual([last(two.id)?.actorId, last(two.id)?.onBehalfOfId], [idOf(CLERK), null])
})

test('ended today, the right is gone at once, also for acts dated before', () => {
  const { installation, hand, end, does, rolesOf } = setting()
  const dossier = deskOf(installation).log()
  const id = hand(HEAD, { substitute: CLERK, from: '2023-03-13', to: '2023-03-20' })
  assert.deepEqual(rolesOf(CLERK), ['counter', 'head'])
  installation.at('2023-03-13T10:00')
  end(HEAD, id)
  assert.deepEqual(rolesOf(CLERK), ['counter'])
  refused('head_only', () => does(CLERK, dossier, 'void', '2023-03-13T09:30'))
  refused('substitution_over', () => end(HEAD, id))
})

test('a substitution that is over gives nothing for the days it covered', () => {
  const { installation, hand, does } = setting()
  const dossier = deskOf(installation).log()
  hand(HEAD, { substitute: CLERK, from: '2023-03-13', to: '2023-03-14' })
  installation.at('2023-03-15T08:00')
  refused('head_only', () => does(CLERK, dossier, 'void', '2023-03-14T16:00'))
})

test('one that has not begun can be taken back, and another recorded for the same days', () => {
  const { installation, hand, end, rolesOf } = setting()
  const id = hand(HEAD, { substitute: CLERK })
  end(HEAD, id)
  hand(HEAD, { substitute: OFFICER })
  installation.at('2023-03-14T08:00')
  assert.deepEqual([rolesOf(CLERK), rolesOf(OFFICER)], [['counter'], ['head', 'officer']])
})

test('there is no chain: a substitute passes on only what is their own', () => {
  const { installation, hand, rolesOf } = setting()
  hand(HEAD, { substitute: CLERK, from: '2023-03-13', to: '2023-03-16' })
  hand(CLERK, { substitute: OFFICER, from: '2023-03-14', to: '2023-03-16' })
  installation.at('2023-03-14T08:00')
  assert.deepEqual(rolesOf(CLERK), ['counter', 'head'])
  assert.deepEqual(rolesOf(OFFICER), ['counter', 'officer'])
})

test('who stands in for the head hands over nobody’s posts as head, the head’s least of all', () => {
  const { hand } = setting()
  hand(HEAD, { substitute: CLERK, from: '2023-03-13', to: '2023-03-14' })
  const days = { from: '2023-03-15', to: '2023-03-16' }
  refused('not_your_people', () => hand(CLERK, { absent: HEAD, substitute: OFFICER, ...days }))
  refused('not_your_people', () => hand(CLERK, { absent: OFFICER, substitute: CLERK, ...days }))
})

test('roles for the whole installation never pass', () => {
  const { installation, hand, rolesOf } = setting()
  const posts = [{ unit: 'xa-ngoc-ky', role: 'officer' }] as const
  person(installation, 'hai-vai', 'Lê Hai Vai', { posts, roles: ['administrator', 'auditor'] })
  hand('hai-vai', { substitute: CLERK, from: '2023-03-13' })
  assert.deepEqual(rolesOf(CLERK), ['counter', 'officer'])
})

test('a post that the absent are given later does not pass to the substitute', () => {
  const { installation, hand, rolesOf, idOf, does } = setting()
  hand(OFFICER, { substitute: CLERK, from: '2023-03-13', to: '2023-03-20' })
  installation.at('2023-03-15T08:00')
  givePost(installation, idOf(OFFICER), { unit: 'xa-ngoc-ky', role: 'head', from: '2023-03-15' })
  assert.deepEqual(rolesOf(OFFICER), ['head', 'officer'])
  assert.deepEqual(rolesOf(CLERK), ['counter', 'officer'])
  refused('head_only', () => does(CLERK, deskOf(installation).log(), 'void'))
})

test('a post that a reorganisation makes of one that was handed over passes like it', () => {
  const { installation, hand, rolesOf } = setting()
  hand(HEAD, { substitute: CLERK, from: '2023-03-13', to: '2023-03-20' })
  record(installation, planOf(installation, 0, { on: '2023-03-15' }))
  installation.at('2023-03-15T08:00')
  assert.deepEqual(rolesOf(CLERK), ['counter', 'head'])
})

test('what somebody will hold only later cannot be handed over yet', () => {
  const { installation, hand } = setting()
  const posts = [{ unit: 'xa-ngoc-ky', role: 'officer', from: '2023-03-14' }] as const
  person(installation, 'moi-den', 'Lê Mới Đến', { posts })
  refused('no_post_to_hand_over', () => hand('quan-tri', { absent: 'moi-den', substitute: CLERK }))
  installation.at('2023-03-14T08:00')
  hand('quan-tri', { absent: 'moi-den', substitute: CLERK })
})

test('whoever has no post of their own any more stands in for nobody', () => {
  const { installation, hand, rolesOf } = setting()
  const posts = [{ unit: 'xa-ngoc-ky', role: 'officer', to: '2023-03-14' }] as const
  person(installation, 'sap-nghi', 'Ngô Sắp Nghỉ', { posts })
  hand(HEAD, { substitute: 'sap-nghi' })
  installation.at('2023-03-14T08:00')
  assert.deepEqual(rolesOf('sap-nghi'), ['head', 'officer'])
  installation.at('2023-03-15T08:00')
  assert.deepEqual(rolesOf('sap-nghi'), [])
})

test('days are from today on, in their order, 90 at most, with a reason, and of one absent person do not overlap', () => {
  const { hand } = setting()
  refused('invalid_days', () => hand(HEAD, { substitute: CLERK, from: '2023-03-16', to: '2023-03-15' }))
  refused('substitution_in_past', () => hand(HEAD, { substitute: CLERK, from: '2023-03-12' }))
  refused('substitution_too_long', () =>
    hand(HEAD, { substitute: CLERK, from: '2023-03-14', to: '2023-06-12' }),
  )
  refused('reason_required', () => hand(HEAD, { substitute: CLERK, reason: '  ' }))
  hand(HEAD, { substitute: CLERK, from: '2023-03-14', to: '2023-06-11' })
  const error = refused('substitution_overlaps', () =>
    hand(HEAD, { substitute: OFFICER, from: '2023-06-11', to: '2023-06-12' }),
  )
  assert.match(error.message, /từ 14\/03\/2023 đến 11\/06\/2023/)
  hand(HEAD, { substitute: OFFICER, from: '2023-06-12', to: '2023-06-12' })
})

test('a substitute is another person near by, present, with an account that works', () => {
  const { installation, hand, idOf } = setting()
  refused('substitute_is_self', () => hand(HEAD, { substitute: HEAD }))
  refused('unknown_officer', () => hand(HEAD, { substitute: 'khong-co' }))
  refused('substitute_not_near', () => hand(HEAD, { substitute: ELSEWHERE }))
  refused('substitute_not_near', () => hand(ABOVE, { substitute: HEAD }))
  hand(OFFICER, { substitute: ABOVE })
  refused('substitute_absent', () => hand(CLERK, { substitute: OFFICER }))
  const posts = [{ unit: 'xa-ngoc-ky', role: 'client' }] as const
  person(installation, 'phan-mem', 'Phần mềm', { posts, kind: 'client' })
  refused('substitute_not_near', () => hand(HEAD, { substitute: 'phan-mem' }))
  const accountId = installation.db
    .prepare('SELECT id FROM accounts WHERE officer_id = ?')
    .pluck()
    .get(idOf(CLERK)) as number
  setDisabled(installation.db, accountId, installation.clock.now())
  refused('substitute_without_account', () => hand(HEAD, { substitute: CLERK }))
})

test('a person hands over their own posts, a head those of their people, an administrator anybody’s but not to themselves', () => {
  const { installation, hand, end, idOf } = setting()
  refused('not_permitted', () => hand(CLERK, { absent: OFFICER, substitute: CLERK }))
  refused('not_permitted', () => hand(ABOVE, { absent: CLERK, substitute: OFFICER }))
  refused('not_your_people', () => hand(HEAD, { absent: ELSEWHERE, substitute: HEAD }))
  const first = hand(HEAD, { absent: CLERK, substitute: HEAD })
  refused('not_permitted', () => end(OFFICER, first))
  end(HEAD, first)
  const second = hand('quan-tri', { absent: ELSEWHERE, substitute: ABOVE })
  end(ABOVE, second)
  givePost(installation, idOf('quan-tri'), { unit: 'huyen-tu-ky', role: 'officer' })
  refused('substitution_to_oneself', () => hand('quan-tri', { absent: HEAD, substitute: 'quan-tri' }))
  const nobody = person(installation, 'khong-vi-tri', 'Lê Không')
  assert.ok(nobody > 0)
  refused('no_post_to_hand_over', () => hand('quan-tri', { absent: 'khong-vi-tri', substitute: CLERK }))
  refused('unknown_substitution', () => end(HEAD, 99))
})

test('a head hands over nobody who also has, or will have, a post elsewhere in those days', () => {
  const { installation, hand, idOf } = setting()
  givePost(installation, idOf(OFFICER), { unit: 'huyen-tu-ky', role: 'supervisor', from: '2023-03-16' })
  refused('not_your_people', () => hand(HEAD, { absent: OFFICER, substitute: CLERK }))
  hand(HEAD, { absent: OFFICER, substitute: CLERK, to: '2023-03-15' })
})

test('the queue goes along: what is assigned to the absent may be seen by the substitute, and for those days only', () => {
  const { installation, hand, as, idOf } = setting()
  const posts = [{ unit: 'xa-ha-ky', role: 'officer' }] as const
  person(installation, 'hai-noi', 'Lê Hai Nơi', { posts })
  givePost(installation, idOf('hai-noi'), { unit: 'xa-ngoc-ky', role: 'officer' })
  const dossier = deskOf(installation).log({ unit: 'xa-ha-ky', assignee: 'hai-noi' })
  assert.equal(maySee(installation, as(OFFICER), dossier), false)
  hand('hai-noi', { substitute: OFFICER, from: '2023-03-13' })
  assert.equal(maySee(installation, as(OFFICER), dossier), true)
  installation.at('2023-03-17T08:00')
  assert.equal(maySee(installation, as(OFFICER), dossier), false)
})

/** A clerk's late finish into a closed week, which waits for a head or a supervisor. */
function asked(by: (s: ReturnType<typeof setting>) => Actor, second = false) {
  const s = setting('2023-03-06T09:00')
  const dossier = deskOf(s.installation).log()
  s.installation.at('2023-03-13T06:00')
  closePeriod(s.installation, parsePeriod('2023-W10'))
  upsertSetting(s.installation.db, SECOND_PERSON, second)
  s.installation.at('2023-03-13T09:00')
  const ask = () =>
    s.write(() =>
      enterOrAsk(s.installation, by(s), {
        kind: 'act',
        which: dossier.id,
        request: {
          act: 'finish',
          outcome: 'granted',
          at: parseInstant('2023-03-08T10:00'),
          reason: 'Quên bấm',
        },
      }),
    )
  const approve = (key: string, id: number) => s.write(() => approveCorrection(s.installation, s.as(key), id))
  return { ...s, dossier, ask, approve }
}

test('a substitute does not approve what they asked for, nor what the absent asked for', () => {
  const own = asked(({ as }) => as(CLERK))
  const request = own.ask()
  own.hand(HEAD, { substitute: CLERK, from: '2023-03-13' })
  refused('own_request', () => own.approve(CLERK, request.id))
  assert.equal(own.approve(HEAD, request.id).status, 'approved')

  const theirs = asked(({ as }) => as(HEAD), true)
  const other = theirs.ask()
  assert.ok(other.waiting)
  theirs.hand(HEAD, { substitute: OFFICER, from: '2023-03-13' })
  refused('own_request', () => theirs.approve(OFFICER, other.id))
  assert.equal(theirs.approve(ABOVE, other.id).status, 'approved')
})

test('who headed the unit when it was asked for, and does no more, decides nothing in it', () => {
  const { ask, approve, installation, idOf } = asked(({ as }) => as(CLERK))
  const request = ask()
  const { memberships } = catalogueOf(installation.db).officerById.get(idOf(HEAD))!
  endMembership(installation.db, memberships[0]!.id, '2023-03-13')
  givePost(installation, idOf(HEAD), { unit: 'xa-ha-ky', role: 'head', from: '2023-03-14' })
  installation.at('2023-03-14T08:00')
  refused('not_your_unit', () => approve(HEAD, request.id))
  assert.equal(approve(ABOVE, request.id).status, 'approved')
})

test('what was asked for in a unit that is no more is decided by the head of what it became', () => {
  const { ask, approve, installation } = asked(({ as }) => as(CLERK))
  const request = ask()
  record(installation, planOf(installation, 0, { on: '2023-03-14' }))
  installation.at('2023-03-14T08:00')
  applyReorganisations(installation, '2023-03-14')
  withAccount(installation, 'xa-tai-son.chu-tich')
  refused('not_permitted', () => approve('xa-tai-son.chu-tich', request.id))
  assert.equal(approve(HEAD, request.id).status, 'approved')
})

test('with a second person, nor does the head approve what a substitute asked for in their name', () => {
  const { ask, approve, hand, installation } = asked(({ as }) => as(ABOVE), true)
  hand(HEAD, { substitute: ABOVE, from: '2023-03-13', to: '2023-03-13' })
  const request = ask()
  assert.ok(request.waiting)
  installation.at('2023-03-14T08:00')
  refused('own_request', () => approve(HEAD, request.id))
  withAccount(installation, 'huyen-tu-ky.chu-tich')
  assert.equal(approve('huyen-tu-ky.chu-tich', request.id).status, 'approved')

  const own = asked(({ as }) => as(OFFICER), true)
  own.hand(HEAD, { substitute: OFFICER, from: '2023-03-13', to: '2023-03-13' })
  const ownRequest = own.ask()
  own.installation.at('2023-03-14T08:00')
  assert.equal(own.approve(HEAD, ownRequest.id).status, 'approved', 'asked for in their own right')
})

test('what was asked for in somebody’s name is done in their name, though the substitution is over', () => {
  const { ask, approve, hand, end, installation, dossier, idOf } = asked(({ as }) => as(ABOVE), true)
  assert.throws(ask, 'a supervisor works on no dossier')
  const id = hand(HEAD, { substitute: ABOVE, from: '2023-03-13', to: '2023-03-13' })
  const request = ask()
  installation.at('2023-03-13T10:00')
  end(ABOVE, id)
  installation.at('2023-03-14T08:00')
  assert.throws(ask, 'the right is gone')
  withAccount(installation, 'huyen-tu-ky.chu-tich')
  approve('huyen-tu-ky.chu-tich', request.id)
  const event = eventsOf(installation.db, dossier.id).at(-1)
  assert.deepEqual([event?.actorId, event?.onBehalfOfId], [idOf(ABOVE), idOf(HEAD)])
})

test('the audit tells of both ends, by ids and days', () => {
  const { installation, hand, end, idOf } = setting()
  const id = hand(HEAD, { substitute: CLERK })
  end(CLERK, id)
  const entries = installation.db
    .prepare(`SELECT kind, actor_id AS actor, data FROM audit_entries WHERE kind LIKE 'substitution%'`)
    .all() as { kind: string; actor: number; data: string }[]
  const [absent, substitute] = [idOf(HEAD), idOf(CLERK)]
  assert.deepEqual(
    entries.map(({ kind, actor, data }) => [kind, actor, JSON.parse(data)]),
    [
      [
        'substitution_recorded',
        absent,
        { substitution: id, absent, substitute, from: '2023-03-14', to: '2023-03-16' },
      ],
      ['substitution_ended', substitute, { substitution: id, absent, substitute }],
    ],
  )
})
