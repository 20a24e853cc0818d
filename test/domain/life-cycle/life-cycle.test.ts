import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseInstant } from '../../../src/domain/calendar/day.ts'
import { parseLimit } from '../../../src/domain/deadlines/time-limit.ts'
import { ACT_RULES } from '../../../src/domain/life-cycle/act-rules.ts'
import type { ActContext, ActInput } from '../../../src/domain/life-cycle/acts.ts'
import { submit } from '../../../src/domain/life-cycle/acts-intake.ts'
import { type Dossier, STATES, type State } from '../../../src/domain/life-cycle/dossier.ts'
import {
  ACTS,
  type Act,
  actsFrom,
  NATIONAL_CODES,
  nationalCodeOf,
  nextState,
  PLAIN_ACTS,
  TRANSITIONS,
  type Transition,
} from '../../../src/domain/life-cycle/life-cycle.ts'
import { NOTHING_HAPPENED } from '../../../src/domain/life-cycle/nothing-happened.ts'
import { refused } from '../../support/refused.ts'
import { VIETNAM } from '../calendar/vietnam-calendar.ts'

const MONDAY = parseInstant('2023-03-06T09:00')
const TUESDAY = parseInstant('2023-03-07T09:00')

const CONTEXT: ActContext = {
  now: TUESDAY,
  role: 'head',
  calendar: VIETNAM,
  procedure: {
    deadline: { limit: parseLimit('10wd'), cutoffMinute: null, mode: 'day_end' },
    lateness: 'date',
    supplementPolicy: 'restart',
    paymentPolicy: 'resume',
    verificationPolicy: 'resume',
    consultationPolicy: 'no_effect',
    extensionDays: 2,
    instant: true,
  },
  closedThrough: null,
  supplementExpiryDays: null,
  pauses: [],
}

/** What an act needs besides a moment, so that only the table can refuse it. */
const INPUT: ActInput = {
  at: TUESDAY,
  hasReason: true,
  outcome: 'granted',
  days: 1,
  appointmentAt: parseInstant('2023-05-05T17:00'),
}

const BLANK = {
  ...NOTHING_HAPPENED,
  channel: 'level4',
  assisted: false,
  kiosk: false,
  byProxy: false,
  procedureId: 1,
  procedureVersionId: 1,
  receivingUnitId: 1,
  unitId: 1,
  holderUnitId: 1,
  assigneeId: null,
  eligible: true,
  returnMode: 'counter',
  quantity: 1,
  fee: 0,
  feePaidAt: null,
  feePayment: null,
  digitised: false,
  eResult: false,
} as const

const SUBMITTED = submit(BLANK, { ...INPUT, at: MONDAY }, CONTEXT).next
const ACCEPTED = ACT_RULES.accept(SUBMITTED, { ...INPUT, at: MONDAY }, CONTEXT).next

/** A dossier in `state` that lacks nothing an act from there may ask for. */
function dossierIn(state: State, act: Act): Dossier {
  const subState = (
    {
      answer_before_acceptance: 'asked_before_acceptance',
      end_verification: 'verifying',
      end_consultation: 'consulting',
      return_from_signature: 'awaiting_signature',
    } as const
  )[act as 'end_verification']
  const facts = state === 'submitted' || state === 'not_accepted' ? SUBMITTED : ACCEPTED
  return { ...facts, state, subState: subState ?? null }
}

for (const act of PLAIN_ACTS) {
  const transition: Transition = TRANSITIONS[act]
  for (const state of STATES) {
    const allowed = transition.from.includes(state)
    test(`${act} ${allowed ? 'is allowed' : 'is refused'} for a dossier that is ${state}`, () => {
      const run = () => ACT_RULES[act](dossierIn(state, act), INPUT, CONTEXT).next.state
      if (allowed) assert.equal(run(), transition.to === 'same' ? state : transition.to)
      else refused('act_not_allowed', run)
    })
  }
}

test('only submission, acceptance, an answer at once and a refusal open a dossier', () => {
  const opening = ACTS.filter((act) => {
    try {
      return nextState(null, act) === TRANSITIONS[act].to
    } catch {
      return false
    }
  })
  assert.deepEqual(opening, ['submit', 'accept', 'resolve_at_once', 'refuse_intake'])
  refused('act_not_allowed', () => nextState(null, 'finish'))
  refused('act_not_allowed', () => nextState('submitted', 'submit'))
})

test('a refusal names the acts that are possible', () => {
  const error = refused('act_not_allowed', () => nextState('result_ready', 'finish'))
  assert.match(error.message, /Không thể “Có kết quả” khi hồ sơ ở trạng thái “Có kết quả”/)
  assert.match(error.message, /Trả kết quả, Mở lại, Huỷ/)
  assert.match(
    refused('act_not_allowed', () => nextState('voided', 'reopen')).message,
    /Việc có thể làm: không có/,
  )
})

test('the acts of each open state are those of NĐ 61/2018, written out', () => {
  const pending = ['apologise', 'assign', 'withdraw', 'stop', 'void', 'amend', 'correct']
  const working = ['request_supplement', 'request_payment', 'begin_verification', 'begin_consultation']
    .concat(['send_for_signature', 'extend', 'finish_step', 'finish'])
    .concat(pending)
  const awaited = ['end_verification', 'end_consultation', 'return_from_signature']
  const decisions = ['accept', 'resolve_at_once', 'refuse_intake']
  const questions = ['ask_before_acceptance', 'answer_before_acceptance']
  const expected = {
    submitted: [...decisions, ...questions, 'assign', 'withdraw', 'void', 'amend'],
    accepted: ['transfer', ...working],
    processing: [...awaited, ...working],
    awaiting_supplement: ['supply_supplement', ...pending],
    awaiting_payment: ['pay', ...pending],
    result_ready: ['assign', 'return_result', 'reopen', 'void', 'amend', 'correct'],
  } as const satisfies Partial<Record<State, readonly string[]>>
  for (const [state, acts] of Object.entries(expected)) {
    assert.deepEqual([...actsFrom(state as State)].sort(), [...acts].sort(), state)
  }
})

test('a terminal state is left only by the head with a reason, or to hand over and correct', () => {
  assert.deepEqual(actsFrom('voided'), [])
  assert.deepEqual(actsFrom('not_accepted'), ['void'])
  assert.deepEqual(actsFrom('withdrawn'), ['reopen', 'void', 'correct'])
  assert.deepEqual(actsFrom('stopped'), ['reopen', 'void', 'correct'])
  assert.deepEqual(actsFrom('returned'), ['reopen', 'void', 'amend', 'correct'])
  for (const act of ['reopen', 'void'] as const) {
    const [state] = TRANSITIONS[act].from.slice(-1)
    const dossier = dossierIn(state!, act)
    refused('head_only', () => ACT_RULES[act](dossier, INPUT, { ...CONTEXT, role: 'officer' }))
    refused('reason_required', () => ACT_RULES[act](dossier, { ...INPUT, hasReason: false }, CONTEXT))
  }
})

for (const act of PLAIN_ACTS.filter((each) => TRANSITIONS[each].needsReason)) {
  test(`${act} needs a reason`, () => {
    const dossier = dossierIn(TRANSITIONS[act].from[0]!, act)
    refused('reason_required', () => ACT_RULES[act](dossier, { ...INPUT, hasReason: false }, CONTEXT))
  })
}

test('the national codes are 1 to 10, each for one state, and none for a voided dossier', () => {
  const { voided, ...codes } = NATIONAL_CODES
  assert.equal(voided, null)
  assert.deepEqual(
    Object.values(codes).sort((a, b) => a - b),
    [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
  )
  assert.deepEqual(
    [codes.submitted, codes.accepted, codes.not_accepted, codes.processing, codes.awaiting_supplement],
    [1, 2, 3, 4, 5],
  )
  assert.deepEqual(
    [codes.awaiting_payment, codes.withdrawn, codes.stopped, codes.result_ready, codes.returned],
    [6, 7, 8, 9, 10],
  )
})

test('a submission that waits for its applicant has national code 5', () => {
  assert.equal(nationalCodeOf({ state: 'submitted', subState: null }), 1)
  assert.equal(nationalCodeOf({ state: 'submitted', subState: 'asked_before_acceptance' }), 5)
  assert.equal(nationalCodeOf({ state: 'processing', subState: 'verifying' }), 4)
})
