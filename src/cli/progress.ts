import type { Terminal } from './terminal.ts'

export type Progress = (done: number, total: number) => void

const BAR_WIDTH = 30

/**
 * Shows how far a long step is, on standard error: a bar that fills in a terminal, otherwise a line every quarter.
 */
export function progressOf(terminal: Terminal, label: string): Progress {
  return process.stderr.isTTY ? bar(label) : quarters(terminal, label)
}

function bar(label: string): Progress {
  return (done, total) => {
    const filled = Math.floor((done / total) * BAR_WIDTH)
    const drawn = '█'.repeat(filled) + '░'.repeat(BAR_WIDTH - filled)
    const percent = Math.floor((done / total) * 100)
    process.stderr.write(`\r${label} ${drawn} ${percent} %${done >= total ? '\n' : ''}`)
  }
}

function quarters(terminal: Terminal, label: string): Progress {
  let told = 0
  return (done, total) => {
    const quarter = Math.floor((done / total) * 4)
    if (quarter <= told) return
    told = quarter
    terminal.say(`${label}: ${quarter * 25} %`)
  }
}
