import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from './free-port.ts'
import { killed } from './killed.ts'
import { waitFor } from './wait-for.ts'

export interface TestSftp {
  /** For BACKUP_COPY_TO: `name:folder`. */
  readonly remote: string
  /** The folder that the server serves. */
  readonly folder: string
  down(): Promise<void>
  up(): Promise<void>
  close(): Promise<void>
}

/** Why tests on SFTP cannot run here, or false. */
export const rcloneMissing =
  spawnSync('rclone', ['version']).status === 0 ? false : 'rclone is not installed (apt install rclone)'

const USER = 'motcua'
const PASSWORD = 'only-for-this-test'

/** A real SFTP server on loopback, and an rclone remote for it in this process's environment. */
export async function testSftp(): Promise<TestSftp> {
  const root = mkdtempSync(join(tmpdir(), 'motcua-sftp-'))
  const port = await freePort()
  const name = `TEST${port}`
  const obscured = execFileSync('rclone', ['obscure', PASSWORD], { encoding: 'utf8' }).trim()
  const remote = { TYPE: 'sftp', HOST: '127.0.0.1', PORT: String(port), USER, PASS: obscured }
  for (const [key, value] of Object.entries(remote)) process.env[`RCLONE_CONFIG_${name}_${key}`] = value
  let server: ChildProcess | null = null

  async function up(): Promise<void> {
    const address = ['--addr', `127.0.0.1:${port}`, '--user', USER, '--pass', PASSWORD]
    server = spawn('rclone', ['serve', 'sftp', root, ...address], { stdio: 'ignore' })
    await waitFor('the SFTP server', () => answers(port))
  }

  const down = () => killed(server)

  await up()
  return {
    remote: `${name}:backups/motcua`,
    folder: join(root, 'backups/motcua'),
    up,
    down,
    async close() {
      await down()
      for (const key of Object.keys(remote)) delete process.env[`RCLONE_CONFIG_${name}_${key}`]
      rmSync(root, { recursive: true, force: true })
    },
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => socket.destroy()).once('error', () => resolve(false))
    socket.once('close', (hadError) => resolve(!hadError))
  })
}
