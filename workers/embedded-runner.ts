import { Cron } from 'croner'
import { TIME_ZONE } from '../src/domain/calendar/day.ts'
import type { JobDeps } from './job-deps.ts'
import { runJob } from './run-job.ts'
import { EVERY_MINUTE, isAskedFor, LISTEN_MS, type Runner } from './runner.ts'
import { tick } from './tick.ts'
import { watch } from './watch.ts'

/** The jobs without Redis: at once, and then every minute, what is due and not done; what a person asks for, within seconds. One beat at a time. */
export function startEmbeddedRunner(deps: JobDeps, { pattern = EVERY_MINUTE } = {}): Runner {
  let stopping = false
  let beating: Promise<void> | null = null
  const beat = () => {
    beating ??= beatOnce(deps, () => !stopping).finally(() => {
      beating = null
    })
  }
  const cron = new Cron(pattern, { timezone: TIME_ZONE }, beat)
  const listener = setInterval(() => {
    if (isAskedFor(deps)) beat()
  }, LISTEN_MS)
  beat()
  return {
    async stop() {
      stopping = true
      cron.stop()
      clearInterval(listener)
      await beating
    },
  }
}

/** One beat with nobody in between; whatever goes wrong, the next one comes. */
export async function beatOnce(deps: JobDeps, goesOn: () => boolean = () => true): Promise<void> {
  try {
    await tick(deps, (work) => runJob(deps, work, goesOn), goesOn)
    watch(deps)
  } catch (error) {
    deps.log.error({ err: error }, 'beat failed')
  }
}
