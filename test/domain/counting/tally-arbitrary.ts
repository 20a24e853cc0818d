import fc from 'fast-check'
import type { Tally } from '../../../src/domain/counting/tally.ts'
import { tallyOf } from '../../../src/domain/counting/tally-sums.ts'

/** Any tally that adds up: O follows from the flows, Ol is a part of it. */
export const anyTally: fc.Arbitrary<Tally> = fc
  .record({
    carriedOver: fc.nat(50),
    receivedCounter: fc.nat(50),
    receivedPostal: fc.nat(50),
    receivedLevel3: fc.nat(50),
    receivedLevel4: fc.nat(50),
    transferredIn: fc.nat(20),
    ends: fc.array(
      fc.constantFrom(
        'early',
        'onTime',
        'late',
        'withdrawnInTime',
        'withdrawnLate',
        'stoppedInTime',
        'stoppedLate',
        'transferredOut',
      ),
      { maxLength: 80 },
    ),
    overdueShare: fc.nat(4),
  })
  .map(({ ends, overdueShare, ...counted }) => {
    const received =
      counted.receivedCounter + counted.receivedPostal + counted.receivedLevel3 + counted.receivedLevel4
    const stock = received + counted.carriedOver + counted.transferredIn
    const kept = ends.slice(0, stock)
    const count = (name: string) => kept.filter((end) => end === name).length
    const open = stock - kept.length
    return tallyOf({
      ...counted,
      received,
      eligible: received,
      early: count('early'),
      onTime: count('onTime'),
      late: count('late'),
      withdrawnInTime: count('withdrawnInTime'),
      withdrawnLate: count('withdrawnLate'),
      stoppedInTime: count('stoppedInTime'),
      stoppedLate: count('stoppedLate'),
      transferredOut: count('transferredOut'),
      open,
      openOverdue: Math.floor((open * overdueShare) / 4),
    })
  })
