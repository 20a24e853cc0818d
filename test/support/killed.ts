import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'

/** Kills a process as a power cut would, and waits until it is gone. */
export async function killed(child: ChildProcess | null): Promise<void> {
  if (child === null || child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone
}
