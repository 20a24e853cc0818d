/** Minutes after midnight, or of a length of time, as a clock writes them: 900 → '15:00', 5 → '00:05'. */
export function clockTime(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
}

/** Minutes after midnight of `HH:MM`, which is taken to be one: '15:00' → 900. */
export function clockMinute(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
}
