import { type Command, UsageError } from './cli/command.ts'
import { COMMANDS, type CommandName, helpText } from './cli/commands.ts'
import { processTerminal, type Terminal } from './cli/terminal.ts'
import { ConfigError } from './config.ts'
import { RuleError } from './domain/refusals.ts'

/** `npm run --silent motcua -- <command> …`: the operations of the product from a terminal. */
await main(process.argv.slice(2), processTerminal())

async function main([name = '', ...args]: readonly string[], terminal: Terminal): Promise<void> {
  if (!Object.hasOwn(COMMANDS, name)) return unknown(name, terminal)
  const command = await COMMANDS[name as CommandName].load()
  if (args.includes('--help') || args.includes('-h')) return terminal.out(`${command.usage}\n`)
  try {
    await command.invoke(args, terminal)
  } catch (error) {
    terminal.exitCode(tell(error, command, terminal))
  }
}

async function unknown(name: string, terminal: Terminal): Promise<void> {
  if (['help', '--help', '-h'].includes(name)) return terminal.out(helpText())
  terminal.say(name === '' ? 'Thiếu lệnh.' : `Không có lệnh “${name}”.`)
  terminal.say(`\n${helpText()}`)
  terminal.exitCode(2)
}

/** A refusal is a sentence and exit code 1, a wrong command line its usage and 2; anything else is a defect. */
function tell(error: unknown, command: Command, terminal: Terminal): 1 | 2 {
  if (error instanceof UsageError) {
    terminal.say(`${error.message}\n\n${command.usage}`)
    return 2
  }
  const isRefusal = error instanceof RuleError || error instanceof ConfigError
  terminal.say(isRefusal ? error.message : String((error as Error).stack ?? error))
  return 1
}
