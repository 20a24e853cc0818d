import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'

const ROOT = new URL('../../', import.meta.url)

export interface CliResult {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

export interface CliSetting {
  readonly input?: string
  readonly env?: Readonly<Record<string, string>>
}

/** Runs the real command line in a process of its own, as `npm run motcua` does. */
export async function runCli(
  args: readonly string[],
  { input = '', env = {} }: CliSetting = {},
): Promise<CliResult> {
  const command = ['--import', './src/node-version.js', 'src/cli.ts', ...args]
  const child = spawn(process.execPath, command, { cwd: ROOT, env: { PATH: process.env.PATH, ...env } })
  const closed = once(child, 'close')
  // A command that refuses its arguments may end before it has read anything.
  child.stdin.on('error', () => {})
  child.stdin.end(input)
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)])
  const [code] = (await closed) as [number | null]
  return { code, out, err }
}
