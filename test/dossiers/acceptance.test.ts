import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bumpCatalogue } from '../../src/catalogue/catalogue.ts'
import { printInstant } from '../../src/domain/calendar/day.ts'
import { maskedPerson } from '../../src/dossiers/masked-person.ts'
import { deskOf } from '../support/desk.ts'
import { refused } from '../support/refused.ts'
import { testInstallation } from '../support/test-installation.ts'
import { testProcedure } from '../support/test-procedure.ts'

const local = (at: number | null) => (at === null ? null : printInstant(at).slice(0, 16))

test('E9: same-day procedures count from the next working day when received after 15:00', () => {
  const installation = testInstallation('2023-03-20T08:00')
  const { log } = deskOf(installation)
  const due = (at: string) => local(log({ procedure: '1.001193', at }).dueAt)
  assert.equal(due('2023-03-14T14:20'), '2023-03-14T17:00')
  assert.equal(due('2023-03-14T15:00'), '2023-03-14T17:00')
  assert.equal(due('2023-03-17T15:10'), '2023-03-20T17:00')
})

test('E10: an online dossier runs from its acceptance, not from its submission', () => {
  const installation = testInstallation('2023-03-12T21:00')
  const { log, act } = deskOf(installation)
  const submitted = log({ act: 'submit', channel: 'online' })
  assert.deepEqual([submitted.code, submitted.acceptedOn, submitted.dueOn], [null, null, null])
  installation.at('2023-03-13T08:10')
  const accepted = act(submitted, 'accept')
  assert.deepEqual([accepted.acceptedOn, accepted.dueOn], ['2023-03-13', '2023-03-16'])
  assert.match(accepted.code!, /-230313-0001$/)
})

test('E11: accepted automatically after hours, the dossier is received on the next working day', () => {
  const installation = testInstallation('2023-03-17T18:30')
  const { log, act } = deskOf(installation)
  const automatic = act(log({ act: 'submit', channel: 'online' }), 'accept', { attended: false })
  assert.deepEqual(
    [automatic.acceptedOn, automatic.receiptDay, automatic.dueOn],
    ['2023-03-17', '2023-03-20', '2023-03-23'],
  )
  assert.match(automatic.code!, /-230317-/)
  const byStaff = act(log({ act: 'submit', channel: 'online' }), 'accept')
  assert.deepEqual([byStaff.receiptDay, byStaff.dueOn], ['2023-03-17', '2023-03-22'])
})

test('E12: accepted by staff on Saturday, Monday is the first day', () => {
  const installation = testInstallation('2023-03-18T09:00')
  const saturday = deskOf(installation).log()
  assert.deepEqual([saturday.receiptDay, saturday.dueOn], ['2023-03-18', '2023-03-22'])
})

test('the first due date, the one in force and the promise are one at acceptance', () => {
  const dossier = deskOf(testInstallation('2023-03-06T09:00')).log()
  assert.equal(local(dossier.dueAt), '2023-03-09T17:00')
  assert.equal(dossier.firstDueAt, dossier.dueAt)
  assert.equal(dossier.appointmentAt, dossier.dueAt)
})

test('the transfer is due the same day, or when the next working day opens if received after 15:00', () => {
  const installation = testInstallation('2023-03-20T07:00')
  const { log, act } = deskOf(installation)
  assert.equal(local(log({ at: '2023-03-14T14:40' }).transferDueAt), '2023-03-14T17:00')
  const friday = log({ at: '2023-03-17T15:05' })
  assert.equal(local(friday.transferDueAt), '2023-03-20T07:30')
  const transferred = act(friday, 'transfer', { at: '2023-03-17T16:00' })
  assert.equal(local(transferred.transferredAt), '2023-03-17T16:00')
})

test('a transfer nobody recorded is implied by the work of the resolver, with the folder', () => {
  const installation = testInstallation('2023-03-06T09:00')
  const { log, act } = deskOf(installation)
  const work = [
    'finish',
    'send_for_signature',
    'begin_verification',
    'request_supplement',
    'request_payment',
  ] as const
  for (const name of work) {
    const dossier = log({ unit: 'bo-phan-mot-cua-huyen', procedure: '1.001612' })
    assert.notEqual(dossier.holderUnitId, dossier.unitId)
    const worked = act(dossier, name)
    assert.deepEqual(
      [worked.transferredAt, worked.holderUnitId],
      [installation.clock.now(), dossier.unitId],
      name,
    )
  }
})

test('online takes the published level, level 4 also accepts level 3, and a level not offered is refused', () => {
  const installation = testInstallation('2023-03-06T09:00')
  const { log } = deskOf(installation)
  const level = (onlineLevel: number | null) =>
    testProcedure(installation, `9.00000${onlineLevel ?? 0}`, { onlineLevel })
  const [four, three, two, none] = [level(4), level(3), level(2), level(null)]
  const channel = (procedure: string, asked: 'online' | 'level3' | 'level4' | 'counter' | 'postal') =>
    log({ procedure, channel: asked }).channel
  assert.equal(channel(four, 'online'), 'level4')
  assert.equal(channel(four, 'level3'), 'level3')
  assert.equal(channel(three, 'online'), 'level3')
  assert.equal(channel(none, 'postal'), 'postal')
  const error = refused('level_not_offered', () => channel(three, 'level4'))
  assert.match(error.message, /không được cung cấp ở mức độ 4 \(mức độ công bố: 3\)/)
  assert.match(refused('level_not_offered', () => channel(none, 'level3')).message, /mức độ công bố: không/)
  refused('level_not_offered', () => channel(two, 'level3'))
  refused('not_offered_online', () => channel(two, 'online'))
  refused('not_offered_online', () => channel(none, 'online'))
})

test('only procedures offered at level 3 or 4 are eligible for online, whatever channel was used', () => {
  const installation = testInstallation('2023-03-06T09:00')
  const { log } = deskOf(installation)
  assert.equal(log({ procedure: '1.004873', channel: 'counter' }).eligible, true)
  assert.equal(log({ procedure: '2.000815' }).eligible, false)
})

test('a procedure answered at once is accepted, resolved and returned in one act; others are refused', () => {
  const installation = testInstallation('2023-03-06T09:00')
  const { log } = deskOf(installation)
  const instant = log({ act: 'resolve_at_once', procedure: '2.000815' })
  assert.deepEqual([instant.state, instant.outcome, instant.endKind], ['returned', 'granted', 'result'])
  assert.equal(instant.endClass, 'on_time')
  assert.equal(instant.returnedAt, installation.clock.now())
  assert.match(instant.code!, /-230306-0001$/)
  refused('not_instant', () => log({ act: 'resolve_at_once', procedure: '1.004873' }))
})

test('a procedure answered at once may also be refused on the merits, which is a result', () => {
  const { log } = deskOf(testInstallation('2023-03-06T15:30'))
  const refusedAtOnce = log({ act: 'resolve_at_once', procedure: '2.000815', outcome: 'refused' })
  assert.deepEqual([refusedAtOnce.outcome, refusedAtOnce.endKind], ['refused', 'result'])
  assert.equal(refusedAtOnce.endClass, 'early', 'received after 15:00 it is due the next day')
})

test('refused at the counter: a slip number and no code; the slips count by themselves', () => {
  const { log } = deskOf(testInstallation('2023-03-06T09:00'))
  const slip = log({ act: 'refuse_intake', reason: 'Không thuộc thẩm quyền' })
  assert.deepEqual([slip.state, slip.code, slip.acceptedOn], ['not_accepted', null, null])
  assert.match(slip.slipNumber!, /^KTN-[0-9A-Z.]+-230306-0001$/)
  const accepted = log()
  assert.match(accepted.code!, /-230306-0001$/)
  assert.equal(accepted.slipNumber, null)
  refused('reason_required', () => log({ act: 'refuse_intake' }))
})

test('the law of the day of acceptance decides, not that of the submission', () => {
  const installation = testInstallation('2023-03-31T09:00')
  const { log, act } = deskOf(installation)
  const procedure = testProcedure(
    installation,
    '9.000100',
    { validTo: '2023-03-31', limitText: '10wd' },
    { validFrom: '2023-04-01', limitText: '2wd', onlineLevel: 2 },
  )
  const submitted = log({ act: 'submit', channel: 'online', procedure })
  assert.equal(submitted.eligible, true)
  installation.at('2023-04-03T08:00')
  const accepted = act(submitted, 'accept')
  assert.deepEqual([accepted.dueOn, accepted.eligible], ['2023-04-05', false])
  assert.notEqual(accepted.procedureVersionId, submitted.procedureVersionId)
})

test('a procedure abolished since the submission, or a unit dissolved, cannot accept any more', () => {
  const installation = testInstallation('2023-03-31T09:00')
  const { log, act } = deskOf(installation)
  const procedure = testProcedure(installation, '9.000101', { validTo: '2023-03-31' })
  const submitted = log({ act: 'submit', channel: 'online', procedure })
  installation.at('2023-04-03T08:00')
  refused('procedure_not_in_force', () => act(submitted, 'accept'))
  assert.equal(act(submitted, 'refuse_intake').state, 'not_accepted')
  const beforeMerger = log({ act: 'submit', channel: 'online', unit: 'xa-quang-phuc' })
  installation.db.exec(`UPDATE unit_versions SET valid_to = '2023-04-03'
    WHERE unit_id = (SELECT id FROM units WHERE key = 'xa-quang-phuc')`)
  bumpCatalogue(installation.db)
  installation.at('2023-04-04T08:00')
  refused('unit_not_in_force', () => act(beforeMerger, 'accept'))
  refused('unit_not_in_force', () => log({ unit: 'xa-quang-phuc' }))
})

test('unknown units, procedures and officers, and units that neither receive nor resolve, are refused', () => {
  const { log } = deskOf(testInstallation('2023-03-06T09:00'))
  refused('unknown_unit', () => log({ unit: 'xa-khong-co' }))
  refused('unknown_unit', () => log({ resolvingUnit: 'xa-khong-co' }))
  refused('unknown_procedure', () => log({ procedure: '0.000000' }))
  refused('unknown_officer', () => log({ assignee: 'khong-ai' }))
  refused('unit_does_not_receive', () => log({ unit: 'phong-tu-phap' }))
  refused('unit_does_not_resolve', () => log({ resolvingUnit: 'bo-phan-mot-cua-huyen' }))
})

test('what nobody sees in a name or an address is not recorded', () => {
  const installation = testInstallation('2023-03-06T09:00')
  const hidden = '\u202e\u2067\u200b\u200d\u00ad\ufeff\u0008\u{e0041}\u2069\u202c'
  const { applicantId } = deskOf(installation).log({
    applicant: {
      name: ` Nguyễn${hidden}  Thị Đào${hidden}`,
      address: `Thôn Ngọc Lâm,${hidden} xã Ngọc Kỳ\u2028`,
    },
  })
  const { name, address } = maskedPerson(installation, applicantId)!
  assert.deepEqual([name, address], ['Nguyễn Thị Đào', 'Thôn Ngọc Lâm, xã Ngọc Kỳ'])
})

test('a person needs a name, and numbers of a possible length', () => {
  const { log } = deskOf(testInstallation('2023-03-06T09:00'))
  const name = 'Nguyễn Văn Mẫu'
  for (const none of ['  ', '\u200b\u2060', '\u3164', '12-34', '😀', '\u0007'])
    refused('name_required', () => log({ applicant: { name: none } }))
  refused('invalid_id_number', () => log({ applicant: { name, idNumber: '00109012345' } }))
  refused('invalid_phone', () => log({ applicant: { name, phone: '123' } }))
})
