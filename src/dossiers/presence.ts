import type { Clock } from '../clock.ts'
import type { Instant } from '../domain/calendar/day.ts'

/** Who has which dossier open, in memory: forgotten when the service ends, and a minute after the last sign. */
export interface Presence {
  /** This officer has the dossier open at this moment. */
  note(dossierId: number, officerId: number): void
  /** The others who have it open, whoever came first before. */
  others(dossierId: number, officerId: number | null): readonly number[]
}

/** Milliseconds after the last sign (the page itself, or its beat every 20 s) when somebody is taken to have left. */
const FORGOTTEN_AFTER_MS = 60_000

export function openPresence(clock: Clock): Presence {
  const byDossier = new Map<number, Map<number, Instant>>()
  let sweptAt = clock.now()

  function sweep(now: Instant): void {
    if (Math.abs(now - sweptAt) < FORGOTTEN_AFTER_MS) return
    sweptAt = now
    for (const [dossierId, seen] of byDossier) {
      for (const [officerId, at] of seen) if (isGone(at, now)) seen.delete(officerId)
      if (seen.size === 0) byDossier.delete(dossierId)
    }
  }

  return {
    note(dossierId, officerId) {
      const now = clock.now()
      sweep(now)
      byDossier.getOrInsertComputed(dossierId, () => new Map()).set(officerId, now)
    },
    others(dossierId, officerId) {
      const now = clock.now()
      const seen = byDossier.get(dossierId) ?? new Map<number, Instant>()
      return [...seen].filter(([id, at]) => id !== officerId && !isGone(at, now)).map(([id]) => id)
    },
  }
}

function isGone(at: Instant, now: Instant): boolean {
  return now - at >= FORGOTTEN_AFTER_MS
}
