import { once } from 'node:events'

/** Where a command reads and writes. Results go to `out`, everything said about them to `say`. */
export interface Terminal {
  readonly input: NodeJS.ReadStream
  /** Writes to standard output; wait for it in a long stream, so that a slow reader slows the writer. */
  out(text: string | Uint8Array): Promise<void>
  /** A line on standard error. */
  say(line: string): void
  /** Exit code of a command that printed its results although some were refused. */
  exitCode(code: 0 | 1 | 2): void
}

/** The process's own streams. A reader that goes away early (`| head`) ends the command quietly. */
export function processTerminal(): Terminal {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit()
      throw error
    })
  }
  return {
    input: process.stdin,
    async out(text) {
      if (!process.stdout.write(text)) await once(process.stdout, 'drain')
    },
    say(line) {
      process.stderr.write(`${line}\n`)
    },
    exitCode(code) {
      process.exitCode = code
    },
  }
}
