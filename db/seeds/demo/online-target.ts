import { type Arrival, receivedOn } from './arrivals.ts'
import { random } from './prng.ts'

/** Share of dossiers received online (levels 3 and 4) in 2022, in hundredths of a percent. */
const TARGETS: Readonly<Record<string, number>> = { '2022': 7054 }

/**
 * Moves as few dossiers as needed between the counter and online, so that the share of each year with a target
 * comes out at it to two decimals. The moment of acceptance stays, hence so does the number received.
 */
export function meetOnlineTargets(arrivals: readonly Arrival[], from: string, to: string): Arrival[] {
  const met = [...arrivals]
  for (const [year, target] of Object.entries(TARGETS)) {
    if (from <= `${year}-01-01` && to >= `${year}-12-31`) meetTarget(met, year, target)
  }
  return met
}

function meetTarget(arrivals: Arrival[], year: string, target: number): void {
  const counted = arrivals.flatMap((arrival, place) => (receivedOn(arrival)?.startsWith(year) ? [place] : []))
  const isOnline = (place: number) => arrivals[place]!.submittedAt !== null
  const excess = counted.filter(isOnline).length - Math.round((counted.length * target) / 10_000)
  const candidates = counted
    .filter((place) => (excess > 0 ? isOnline(place) : mayGoOnline(arrivals[place]!)))
    .sort((a, b) => lot(arrivals[a]!) - lot(arrivals[b]!))
  for (const place of candidates.slice(0, Math.abs(excess))) {
    const arrival = arrivals[place]!
    arrivals[place] = excess > 0 ? atCounter(arrival) : online(arrival)
  }
}

function mayGoOnline({ submittedAt, version }: Arrival): boolean {
  return submittedAt === null && (version.onlineLevel ?? 2) > 2
}

function atCounter(arrival: Arrival): Arrival {
  return { ...arrival, channel: 'counter', assisted: false, submittedAt: null }
}

/** Typed in at the counter for the applicant, a few minutes before. */
function online(arrival: Arrival): Arrival {
  return {
    ...arrival,
    channel: arrival.version.onlineLevel === 4 ? 'level4' : 'level3',
    assisted: true,
    submittedAt: arrival.acceptedAt - 6 * 60_000,
  }
}

function lot({ seeds: [seed, unit, day, turn] }: Arrival): number {
  return random(seed + 1, unit, day, turn).next()
}
