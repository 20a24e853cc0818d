import { text } from 'node:stream/consumers'
import { SMTPServer, type SMTPServerAddress } from 'smtp-server'

export interface Mail {
  readonly from: string
  readonly to: readonly string[]
  /** As it came over the wire. */
  readonly raw: string
  readonly subject: string
  readonly text: string
  readonly id: string
}

/** When a mail server says no, and how: a number it answers, `cut` closes the connection, `silent` never answers. */
export interface Trouble {
  readonly at: 'rcpt' | 'data'
  readonly answer: number | 'cut' | 'silent'
}

export interface MailServer {
  readonly url: string
  readonly received: Mail[]
  trouble(what: Trouble | null): void
  close(): Promise<void>
}

/** A real mail server on loopback; with a password it takes nothing from who does not know it. */
export async function mailServer(password?: string): Promise<MailServer> {
  const received: Mail[] = []
  let trouble: Trouble | null = null
  const answer = (at: Trouble['at'], done: (error?: Error | null) => void, cut: () => void) => {
    if (trouble?.at !== at) return done()
    if (trouble.answer === 'silent') return
    if (trouble.answer === 'cut') return cut()
    done(Object.assign(new Error('Không nhận'), { responseCode: trouble.answer }))
  }
  const cut = () => {
    for (const connection of server.connections as Set<{ _socket: { destroy(): void } }>)
      connection._socket.destroy()
  }
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    authOptional: password === undefined,
    allowInsecureAuth: true,
    onAuth: (auth, _session, done) =>
      auth.password === password
        ? done(null, { user: auth.username })
        : done(Object.assign(new Error('Sai mật khẩu'), { responseCode: 535 })),
    onRcptTo: (_address, _session, done) => answer('rcpt', done, cut),
    onData: async (stream, { envelope }, done) => {
      const raw = await text(stream)
      answer(
        'data',
        (error) => {
          if (error == null) {
            const from = (envelope.mailFrom as SMTPServerAddress).address
            received.push(
              mailOf(
                raw,
                from,
                envelope.rcptTo.map(({ address }) => address),
              ),
            )
          }
          done(error)
        },
        cut,
      )
    },
  })
  // A connection that a test cuts is nobody's failure.
  server.on('error', () => {})
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  server.server.unref()
  const { port } = server.server.address() as { port: number }
  return {
    url: `smtp://${password === undefined ? '' : `motcua:${password}@`}127.0.0.1:${port}`,
    received,
    trouble(what) {
      trouble = what
    },
    close: () => {
      cut()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

function mailOf(raw: string, from: string, to: readonly string[]): Mail {
  const [head = '', ...body] = raw.split('\r\n\r\n')
  const headers = head.replace(/\r\n[ \t]/g, ' ')
  const of = (name: string) => new RegExp(`^${name}: (.*)$`, 'im').exec(headers)?.[1] ?? ''
  const encoded = body.join('\r\n\r\n')
  const isBase64 = /base64/i.test(of('content-transfer-encoding'))
  const text = isBase64 ? Buffer.from(encoded, 'base64').toString('utf8') : quoted(encoded)
  return {
    from,
    to,
    raw,
    subject: words(of('subject')),
    text: text.replaceAll('\r\n', '\n').trim(),
    id: of('message-id'),
  }
}

/** RFC 2047, as far as the tests need it. */
function words(header: string): string {
  return header
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([QB])\?(.*?)\?=/gi, (_, kind: string, word: string) =>
      kind.toUpperCase() === 'B'
        ? Buffer.from(word, 'base64').toString('utf8')
        : quoted(word.replaceAll('_', ' ')),
    )
}

function quoted(encoded: string): string {
  const bytes = encoded
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString('utf8')
}
