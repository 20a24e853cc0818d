import { sequence } from '../../support/random-history.ts'

/**
 * The suite attacks a little and the same way every time; `npm run attack` sets ATTACKS=100 and attacks that often,
 * each time at other moments.
 */
const ATTACKS = process.env['ATTACKS']

/** How often the service is killed. */
export const KILLS = ATTACKS === undefined ? 4 : Number(ATTACKS)
/** How often a worker process is killed. */
export const RESTARTS = ATTACKS === undefined ? 2 : Math.ceil(Number(ATTACKS) / 5)
/** Since when there are dossiers whose periods are to be closed. */
export const PAST = ATTACKS === undefined ? '2023-09-04' : '2021-01-04'
const SEED = ATTACKS === undefined ? 20230306 : Math.floor(Math.random() * 2 ** 31)

/** Says how far a full attack is. */
export function tell(text: string): void {
  if (ATTACKS !== undefined) console.log(text)
}

/** Moments of an attack, in ms from `from` to `to`. */
export function moments(name: string): (from: number, to: number) => number {
  tell(`${name}: seed ${SEED}`)
  const draw = sequence(SEED)
  return (from, to) => from + draw() * (to - from)
}
