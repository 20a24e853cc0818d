import type { KeyObject } from 'node:crypto'
import { anythingToSend, markSentUpward, type OutgoingQuery, outgoing } from '../../db/queries/feed-sent.ts'
import { readSetting, upsertSetting } from '../../db/queries/settings.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import type { Deps } from '../deps.ts'
import type { Instant } from '../domain/calendar/day.ts'
import { askedUnits } from './asked.ts'
import { composeMessage } from './compose-message.ts'
import { signText } from './feed-keys.ts'

/** What goes through the queue: the text that was signed, to the letter, and its signature. */
export interface Envelope {
  readonly message: string
  readonly signature: string
}

export interface Parcel {
  /** The same parcel waits in a queue once: installation|unit|period|revision|hash. */
  readonly id: string
  readonly envelope: Envelope
}

export interface Sender {
  readonly installation: string
  readonly key: KeyObject
  /** Puts parcels into the parent's queue; what it throws leaves them to be sent again. */
  send(parcels: readonly Parcel[]): Promise<unknown>
}

/** What nobody acknowledged is sent again after a day; what was refused as well, for its cause may be gone. */
const RESEND_MS = 24 * 60 * 60_000

/** Revisions composed and handed over at once. */
const AT_ONCE = 100

/** Setting: how often everything that waited was sent; it numbers the runs of the job. */
const WAVE = 'feed_wave'

/** Sends every closed revision that the parent asks for and has not acknowledged. Returns how many went. */
export async function feedUpward(deps: Pick<Deps, 'db' | 'clock'>, sender: Sender): Promise<number> {
  const { db, clock } = deps
  const catalogue = catalogueOf(db)
  let sent = 0
  for (;;) {
    const query = toSend(deps)
    const rows = query === null ? [] : outgoing(db, query, AT_ONCE)
    if (rows.length === 0) break
    const parcels = rows.map((row): Parcel => {
      const message = composeMessage(catalogue, sender.installation, row)
      const unit = catalogue.unitById.get(row.unitId)!.key
      const id = [sender.installation, unit, row.periodKey, row.revision, row.hash].join('|')
      return { id, envelope: { message, signature: signText(sender.key, message) } }
    })
    await sender.send(parcels)
    const mark = db.transaction((at: Instant) => {
      for (const row of rows) markSentUpward(db, row, at)
    })
    mark.immediate(clock.now())
    sent += rows.length
  }
  upsertSetting(db, WAVE, wavesSent(deps) + 1)
  return sent
}

/** Whether anything waits to be sent; asked at every tick. */
export function feedWaits(deps: Pick<Deps, 'db' | 'clock'>): boolean {
  const query = toSend(deps)
  return query !== null && anythingToSend(deps.db, query)
}

export function wavesSent({ db }: Pick<Deps, 'db'>): number {
  return Number(readSetting(db, WAVE) ?? 0)
}

function toSend({ db, clock }: Pick<Deps, 'db' | 'clock'>): OutgoingQuery | null {
  const asked = askedUnits(db)
  const now = clock.now()
  return asked && { ...asked, now, sentBy: now - RESEND_MS }
}
