import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { groupCommit } from '../../db/group-commit.ts'
import { findDossierById } from '../../db/queries/dossiers.ts'
import { findReceipt, receiptsOfDays } from '../../db/queries/fee-receipts.ts'
import { catalogueOf } from '../../src/catalogue/catalogue.ts'
import { issueDocument } from '../../src/documents/issue-document.ts'
import { storedDocument } from '../../src/documents/stored-document.ts'
import { parseInstant } from '../../src/domain/calendar/day.ts'
import { RuleError } from '../../src/domain/refusals.ts'
import { amountInWords, readAmount } from '../../src/fees/amount.ts'
import { dayCash } from '../../src/fees/day-cash.ts'
import { receiptSays } from '../../src/fees/receipt-says.ts'
import { type FeeInput, takeFee } from '../../src/fees/take-fee.ts'
import { voidReceipt } from '../../src/fees/void-receipt.ts'
import { officerAs } from '../support/custody.ts'
import { deskOf } from '../support/desk.ts'
import { pdfShape, pdfText } from '../support/pdf.ts'
import { refused } from '../support/refused.ts'
import { type TestInstallation, testInstallation } from '../support/test-installation.ts'

const COUNTER = 'xa-ngoc-ky.mot-cua-1'
const OTHER = 'xa-ngoc-ky.mot-cua-2'
const HEAD = 'xa-ngoc-ky.chu-tich'
const WITH_FEE = '2.000635'

function cashier(installation: TestInstallation, key = COUNTER) {
  const actor = officerAs(installation, key)
  const write = <T>(work: () => T): T => installation.db.transaction(work).immediate()
  return {
    take: (input: FeeInput) => write(() => takeFee(installation, actor, input)),
    cancel: (number: string, reason = 'Ghi nhầm') =>
      write(() => voidReceipt(installation, actor, findReceipt(installation.db, number)!.id, reason)),
  }
}

const unitId = ({ db }: TestInstallation) => catalogueOf(db).unitByKey.get('xa-ngoc-ky')!.id
const cashOn = (installation: TestInstallation, day: string) =>
  dayCash(installation, unitId(installation), { from: day, to: day })

test('a fee taken says so on the dossier and on a receipt of the next number, in one step', () => {
  const installation = testInstallation()
  const { db } = installation
  const desk = deskOf(installation)
  const [one, two] = [desk.log({ procedure: WITH_FEE, quantity: 2 }), desk.log({ procedure: WITH_FEE })]
  const { take } = cashier(installation)
  const receipt = take({ code: one.code!, payment: 'cash' })
  assert.equal(receipt.number, 'BL-000.24.35.H23-2023-000001')
  assert.deepEqual([receipt.amount, receipt.takenOn], [16_000, '2023-03-06'])
  const { feePaidAt, feePayment, version } = findDossierById(db, one.id)!
  assert.deepEqual([feePaidAt, feePayment, version], [installation.clock.now(), 'cash', 2])
  assert.equal(take({ code: two.code!, payment: 'transfer' }).number, 'BL-000.24.35.H23-2023-000002')
  installation.at('2024-01-02T09:00')
  const next = desk.log({ procedure: WITH_FEE })
  assert.equal(take({ code: next.code!, payment: 'cash' }).number, 'BL-000.24.35.H23-2024-000001')
})

test('a fee that is waited for is paid by its act, and the clock goes on', () => {
  const installation = testInstallation()
  const desk = deskOf(installation)
  const dossier = desk.log({ procedure: WITH_FEE })
  desk.act(dossier, 'request_payment')
  installation.at('2023-03-06T10:00')
  cashier(installation).take({ code: dossier.code!, payment: 'transfer' })
  const paid = findDossierById(installation.db, dossier.id)!
  assert.deepEqual([paid.state, paid.feePayment, paid.pausedSince], ['processing', 'transfer', null])
})

test('a fee paid at intake gets its receipt later, with the cash of the day on which it was paid', () => {
  const installation = testInstallation()
  const dossier = deskOf(installation).log({ procedure: WITH_FEE, feePayment: 'cash' })
  installation.at('2023-03-07T09:00')
  const { take } = cashier(installation)
  refused('fee_paid_otherwise', () => take({ code: dossier.code!, payment: 'transfer' }))
  refused('fee_paid_otherwise', () => take({ code: dossier.code!, payment: 'cash', amount: 9_000 }))
  assert.equal(take({ code: dossier.code!, payment: 'cash' }).takenOn, '2023-03-06')
  assert.equal(findDossierById(installation.db, dossier.id)!.version, 1)
  assert.deepEqual(
    [cashOn(installation, '2023-03-06').cash.due, cashOn(installation, '2023-03-07').cash.due],
    [8_000, 0],
  )
})

test('one fee has one receipt that holds; nothing to pay has none', () => {
  const installation = testInstallation()
  const desk = deskOf(installation)
  const [paid, free] = [desk.log({ procedure: WITH_FEE }), desk.log()]
  const { take } = cashier(installation)
  take({ code: paid.code!, payment: 'cash' })
  refused('fee_already_receipted', () => take({ code: paid.code!, payment: 'cash' }))
  refused('nothing_to_pay', () => take({ code: free.code!, payment: 'cash' }))
  refused('dossier_elsewhere', () =>
    cashier(installation, 'xa-an-thanh.mot-cua-1').take({ code: free.code!, payment: 'cash' }),
  )
  const typed = take({ code: free.code!, payment: 'cash', amount: 5_000 })
  assert.equal(findDossierById(installation.db, free.id)!.fee, typed.amount)
})

test('who took a fee voids its receipt that day, afterwards only the head; the number is not used again', () => {
  const installation = testInstallation()
  const dossier = deskOf(installation).log({ procedure: WITH_FEE })
  const { take, cancel } = cashier(installation)
  const first = take({ code: dossier.code!, payment: 'cash' })
  refused('receipt_void_head_only', () => cashier(installation, OTHER).cancel(first.number))
  refused('reason_required', () => cancel(first.number, ' '))
  cancel(first.number)
  refused('receipt_voided', () => cancel(first.number))
  assert.equal(findDossierById(installation.db, dossier.id)!.feePaidAt, null)
  const second = take({ code: dossier.code!, payment: 'transfer' })
  assert.equal(second.number, 'BL-000.24.35.H23-2023-000002')
  installation.at('2023-03-07T09:00')
  refused('receipt_void_head_only', () => cancel(second.number))
  cashier(installation, HEAD).cancel(second.number, 'Nộp thừa')
  assert.deepEqual(
    [cashOn(installation, '2023-03-06').transfer.due, cashOn(installation, '2023-03-07').transfer.due],
    [8_000, -8_000],
  )
})

test('a receipt voided by two at once is voided once', () => {
  const installation = testInstallation()
  const dossier = deskOf(installation).log({ procedure: WITH_FEE })
  const { take } = cashier(installation)
  const { id } = take({ code: dossier.code!, payment: 'cash' })
  const actor = officerAs(installation, COUNTER)
  const cancel = () =>
    installation.db.transaction(() => voidReceipt(installation, actor, id, 'Ghi nhầm')).immediate()
  cancel()
  take({ code: dossier.code!, payment: 'cash' })
  refused('receipt_voided', cancel)
  assert.notEqual(findDossierById(installation.db, dossier.id)!.feePaidAt, null)
})

test('what a receipt that holds says of the money is not changed beside it', () => {
  const installation = testInstallation()
  const desk = deskOf(installation)
  const dossier = desk.log({ procedure: WITH_FEE })
  const { take, cancel } = cashier(installation)
  const { number } = take({ code: dossier.code!, payment: 'cash' })
  for (const change of [{ feePayment: null }, { feePayment: 'transfer' }, { fee: 999 }] as const)
    refused('fee_receipted', () => desk.act(dossier, 'amend', change))
  desk.act(dossier, 'amend', { digitised: true })
  cancel(number)
  desk.act(dossier, 'amend', { fee: 999 })
  assert.equal(take({ code: dossier.code!, payment: 'transfer' }).amount, 999)
})

test('a fee is paid between the day the dossier came and now', () => {
  const installation = testInstallation()
  const desk = deskOf(installation)
  const dossier = desk.log({ procedure: WITH_FEE })
  const paidAt = (text: string) => desk.act(dossier, 'amend', { feePaidAt: parseInstant(text) })
  refused('in_future', () => paidAt('2027-03-05T09:00'))
  refused('fee_paid_too_early', () => paidAt('2023-03-05T09:00'))
  paidAt('2023-03-06T07:30')
})

test('the receipt prints on a sheet and on a roll, and as void once it is', async () => {
  const installation = testInstallation()
  const dossier = deskOf(installation).log({ procedure: WITH_FEE, applicant: { name: 'Nguyễn Thị Đào' } })
  const { take, cancel } = cashier(installation)
  const { number } = take({ code: dossier.code!, payment: 'cash' })
  const print = async (format: 'a5' | 'roll') => {
    const says = receiptSays(installation, findReceipt(installation.db, number)!, format)
    const request = {
      kind: 'fee-receipt',
      subject: `${number}|${format}`,
      says,
      actor: officerAs(installation, COUNTER),
    } as const
    const document = await issueDocument(installation, groupCommit(installation.db), request)
    return { document, pdf: storedDocument(installation, document) }
  }
  const sheet = await print('a5')
  assert.equal(pdfShape(sheet.pdf).size, '210×148')
  for (const words of [
    number,
    dossier.code!,
    'Nguyễn Thị Đào',
    '8.000 đồng',
    'tám nghìn đồng',
    'tiền mặt',
    'Đỗ Thị Nhàn',
  ])
    assert.ok(pdfText(sheet.pdf).includes(words), words)
  const roll = pdfShape((await print('roll')).pdf)
  assert.deepEqual([roll.pages, roll.size.split('×')[0]], [1, '80'])
  assert.equal((await print('a5')).document.id, sheet.document.id)
  cancel(number)
  const voided = await print('a5')
  assert.equal(voided.document.version, 2)
  assert.match(pdfText(voided.pdf), /BIÊN LAI NÀY ĐÃ HUỶ/i)
})

test('whatever is taken and voided, what is due is the receipts that hold, by payment and day', () => {
  const deed = fc.record({
    what: fc.constantFrom('take', 'take', 'cancel'),
    which: fc.nat(3),
    payment: fc.constantFrom('cash', 'transfer', 'online'),
    nextDay: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(deed, { maxLength: 16 }), (deeds) => {
      const installation = testInstallation()
      const desk = deskOf(installation)
      const dossiers = [1, 2, 3, 4].map((quantity) => desk.log({ procedure: WITH_FEE, quantity }))
      const days = ['2023-03-06', '2023-03-07', '2023-03-08']
      let day = 0
      for (const { what, which, payment, nextDay } of deeds) {
        if (nextDay && day < 2) installation.at(`${days[++day]}T09:00`)
        const head = cashier(installation, HEAD)
        const { number } = receiptsOfDays(
          installation.db,
          unitId(installation),
          '2023-03-01',
          '2023-03-31',
        ).findLast((receipt) => receipt.dossierId === dossiers[which]!.id) ?? { number: '' }
        try {
          if (what === 'take') head.take({ code: dossiers[which]!.code!, payment })
          else if (number !== '') head.cancel(number)
        } catch (error) {
          if (!(error instanceof RuleError)) throw error
        }
      }
      const all = receiptsOfDays(installation.db, unitId(installation), days[0]!, days[2]!)
      assert.equal(new Set(all.map(({ number }) => number)).size, all.length)
      for (const payment of ['cash', 'transfer', 'online'] as const) {
        const holding = all.filter((receipt) => receipt.payment === payment && receipt.voidedAt === null)
        const due = days.reduce((sum, each) => sum + cashOn(installation, each)[payment].due, 0)
        assert.equal(
          due,
          holding.reduce((sum, { amount }) => sum + amount, 0),
        )
      }
    }),
    { numRuns: 20 },
  )
})

for (const [amount, words] of [
  [0, 'không đồng'],
  [8_000, 'tám nghìn đồng'],
  [15_000, 'mười lăm nghìn đồng'],
  [21_005, 'hai mươi mốt nghìn không trăm lẻ năm đồng'],
  [400_000, 'bốn trăm nghìn đồng'],
  [1_000_000, 'một triệu đồng'],
  [2_050_010, 'hai triệu không trăm năm mươi nghìn không trăm mười đồng'],
  [1_000_105_000, 'một tỷ một trăm lẻ năm nghìn đồng'],
] as const)
  test(`${amount} is “${words}”`, () => assert.equal(amountInWords(amount), words))

test('amounts are read as people type them, and nothing else is', () => {
  assert.deepEqual(['35.000', '35 000', '35000 đ', '35,000đồng', ''].map(readAmount), [
    35_000,
    35_000,
    35_000,
    35_000,
    undefined,
  ])
  refused('invalid_amount', () => readAmount('ba mươi'))
  refused('invalid_amount', () => readAmount('-5.000'))
  for (const fraction of ['35.000,00', '1.5', '35,5', '3.50.000'])
    refused('invalid_amount', () => readAmount(fraction))
})
