import type SMTPConnection from 'nodemailer/lib/smtp-connection'
import type { MailService } from './messaging.ts'
import type { Outgoing, Sent } from './outgoing.ts'

const CONNECT_MS = 10_000
const SILENT_MS = 20_000

/**
 * Sends one mail, and says for certain what came of it or that nobody knows: once the text is on its way, a broken
 * connection leaves it open whether the server has taken it.
 */
export async function sendMail(service: MailService, { id, to, subject, text }: Outgoing): Promise<Sent> {
  // Loaded only where mail is sent.
  const [{ default: Connection }, { default: MailComposer }] = await Promise.all([
    import('nodemailer/lib/smtp-connection'),
    import('nodemailer/lib/mail-composer'),
  ])
  const { options, credentials, domain } = connectionOf(service)
  const mail = new MailComposer({
    from: service.from,
    to: { name: '', address: to },
    subject: subject ?? '',
    text,
    messageId: `<${id}@${domain}>`,
    // RFC 3834: nobody's holiday notice answers it.
    headers: { 'Auto-Submitted': 'auto-generated' },
    disableFileAccess: true,
    disableUrlAccess: true,
  }).compile()
  const connection = new Connection(options)
  let isOnItsWay = false
  try {
    const raw = await mail.build()
    await asked(connection, (done) => connection.connect(done))
    if (credentials !== null) await asked(connection, (done) => connection.login({ credentials }, done))
    isOnItsWay = true
    await asked(connection, (done) => connection.send(mail.getEnvelope(), raw, done))
    connection.quit()
    return { outcome: 'sent' }
  } catch (error) {
    connection.close()
    return failureOf(error as SMTPConnection.SMTPError, isOnItsWay)
  }
}

function connectionOf({ url, from }: MailService) {
  const { protocol, hostname, port, username, password } = new URL(url)
  const host = hostname.replace(/^\[|\]$/g, '')
  const secure = protocol === 'smtps:'
  const isHere = host === 'localhost' || host === '::1' || host.startsWith('127.')
  const options: SMTPConnection.Options = {
    host,
    port: Number(port) || (secure ? 465 : 587),
    secure,
    // Names and addresses leave this machine encrypted, or not at all.
    requireTLS: !secure && !isHere,
    ...(isHere && { ignoreTLS: !secure }),
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SILENT_MS,
  }
  const credentials =
    username === '' ? null : { user: decodeURIComponent(username), pass: decodeURIComponent(password) }
  const domain = /@([^\s@<>]+)>?\s*$/.exec(from)?.[1] ?? host
  return { options, credentials, domain }
}

type Done = (error?: Error | null) => void

/** One step of the conversation; whatever ends the connection ends it. */
function asked(connection: SMTPConnection, step: (done: Done) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    connection.on('error', reject)
    connection.on('end', () => reject(new Error('connection ended')))
    step((error) => (error ? reject(error) : resolve()))
  })
}

/** A server that answers has not taken it: 5xx for good, 4xx for now (RFC 5321 § 4.2.1). */
function failureOf({ code, responseCode }: SMTPConnection.SMTPError, isOnItsWay: boolean): Sent {
  if (!isOnItsWay)
    return code === 'EAUTH' || responseCode !== undefined
      ? { outcome: 'later', error: 'refused', status: responseCode }
      : { outcome: 'later', error: 'unreached' }
  if (responseCode === undefined) return { outcome: 'unknown' }
  return { outcome: responseCode >= 500 ? 'never' : 'later', error: 'refused', status: responseCode }
}
