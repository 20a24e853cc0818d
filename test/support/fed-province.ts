import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { SYSTEM_OPERATOR } from '../../src/deps.ts'
import { parsePeriod } from '../../src/domain/calendar/periods.ts'
import { addChild } from '../../src/feed/children.ts'
import { publicText } from '../../src/feed/feed-keys.ts'
import { feedUpward, type Parcel } from '../../src/feed/feed-upward.ts'
import { heldByChild } from '../../src/feed/held.ts'
import { type Received, receiveMessage } from '../../src/feed/receive-message.ts'
import { takeAnswer, takeHeld } from '../../src/feed/take-answer.ts'
import { closePeriod } from '../../src/reports/close-period.ts'
import { revisePeriods } from '../../src/reports/revise-periods.ts'
import { deskOf, HEAD } from './desk.ts'
import { randomHistory } from './random-history.ts'
import { type TestInstallation, testInstallation } from './test-installation.ts'

/** The units of each installation; those of the district stay with the parent. */
export const PARTS = {
  'xa-ngoc-ky': ['xa-ngoc-ky'],
  'hai-xa': ['xa-van-to', 'xa-quang-phuc'],
} as const satisfies Record<string, readonly string[]>
export type ChildName = keyof typeof PARTS

export const PARENT_UNITS = ['thi-tran-tu-ky']
export const SINCE = '2023-02-27'
export const CLOSED = ['2023-W09', '2023-W10', '2023-W11', '2023-W12', '2023-03@15-14', '2023-03'] as const

export interface Child {
  readonly name: ChildName
  readonly installation: TestInstallation
  readonly key: KeyObject
}

/** Two installations that feed a third, and a fourth in which all their dossiers lie in one database. */
export interface Province {
  readonly parent: TestInstallation
  readonly children: readonly Child[]
  readonly whole: TestInstallation
  /** Does the same in the installation of a part and in the whole one. */
  in(part: ChildName | 'parent', work: (installation: TestInstallation) => void): void
  /** The same in all four. */
  everywhere(work: (installation: TestInstallation) => void): void
}

type Make = (name: ChildName | 'parent' | 'whole') => TestInstallation

/** Five weeks of dossiers at four communes; the children are registered, nothing is closed. */
export function province(make: Make = () => testInstallation(`${SINCE}T07:30`)): Province {
  const parent = make('parent')
  const whole = make('whole')
  const children = Object.keys(PARTS).map((name): Child => {
    const { privateKey } = generateKeyPairSync('ed25519')
    return { name: name as ChildName, installation: make(name as ChildName), key: privateKey }
  })
  for (const { name, key } of children) register(parent, name, key)
  const all: Province = {
    parent,
    whole,
    children,
    in(part, work) {
      const own = part === 'parent' ? parent : children.find(({ name }) => name === part)!.installation
      for (const each of [own, whole]) work(each)
    },
    everywhere(work) {
      for (const each of [parent, whole, ...children.map((child) => child.installation)]) work(each)
    },
  }
  weeks(all, SINCE, 36, 20)
  return all
}

export function register(parent: TestInstallation, name: ChildName, key: KeyObject): void {
  addChild(parent, SYSTEM_OPERATOR, {
    installation: name,
    label: name,
    publicKey: publicText(key),
    since: SINCE,
    units: PARTS[name],
  })
}

/** Whatever the rules allow at every unit, and dossiers that the district's counter takes for a commune. */
function weeks(all: Province, from: string, days: number, perDay: number): void {
  for (const [index, part] of [...(Object.keys(PARTS) as ChildName[]), 'parent' as const].entries()) {
    const units = part === 'parent' ? PARENT_UNITS : PARTS[part]
    all.in(part, (installation) => {
      randomHistory(installation, { from, days, perDay, units, seed: 90 + index })
      installation.at(`${from}T10:00`)
      for (const resolvingUnit of units)
        deskOf(installation).log({ unit: 'bo-phan-mot-cua-huyen', resolvingUnit, channel: 'postal' })
    })
  }
}

/** Closes all of `CLOSED`, each at the hour of the last. */
export function closeAll(all: Province): void {
  all.everywhere((installation) => {
    installation.at('2023-04-04T06:00')
    for (const key of CLOSED) closePeriod(installation, parsePeriod(key))
  })
}

/** Forgotten dossiers and a void, entered by the head after the closing; the night takes them up. */
export function correct(all: Province, part: ChildName | 'parent', at: string, forgottenOn: string): void {
  all.in(part, (installation) => {
    installation.at(at)
    const unit = part === 'parent' ? PARENT_UNITS[0]! : PARTS[part][0]!
    const desk = deskOf(installation, HEAD)
    desk.log({ unit, at: `${forgottenOn}T09:00`, reason: 'Nhập bù sổ giấy' })
    const twice = desk.log({ unit, at: `${forgottenOn}T09:30`, reason: 'Nhập bù sổ giấy' })
    desk.act(twice, 'void')
    const done = desk.log({ unit, at: `${forgottenOn}T10:00`, reason: 'Nhập bù sổ giấy', channel: 'online' })
    desk.act(done, 'finish', { at: `${forgottenOn}T15:00` })
  })
}

export function night(all: Province, at: string): void {
  all.everywhere((installation) => {
    installation.at(at)
    revisePeriods(installation)
  })
}

/** What the parent asks for and holds, heard by every child. */
export function tell({ parent, children }: Province): void {
  const held = heldByChild(parent.db)
  for (const { name, installation } of children) takeHeld(installation, held.get(name)!)
}

/** Everything a child would put into the queue now. */
export async function parcelsOf({ name, installation, key }: Child): Promise<readonly Parcel[]> {
  const parcels: Parcel[] = []
  await feedUpward(installation, {
    installation: name,
    key,
    send: async (some) => parcels.push(...(JSON.parse(JSON.stringify(some)) as Parcel[])),
  })
  return parcels
}

/** The parent takes parcels in this order; its answers go back to the child. */
export function deliver(
  parent: TestInstallation,
  child: Child,
  parcels: readonly Parcel[],
): readonly Received[] {
  return parcels.flatMap(({ envelope }) => {
    const received = receiveMessage(parent, envelope)
    if (received === null) return []
    takeAnswer(child.installation, received.answer)
    return [received]
  })
}

/** Sends and delivers until nothing waits any more. */
export async function feedAll(all: Province): Promise<number> {
  let sent = 0
  for (const child of all.children) {
    for (;;) {
      const parcels = await parcelsOf(child)
      if (parcels.length === 0) break
      sent += parcels.length
      deliver(all.parent, child, parcels)
    }
  }
  return sent
}
