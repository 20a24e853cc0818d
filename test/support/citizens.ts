import type { MessageRow } from '../../db/queries/messages.ts'
import type { Messaging } from '../../src/messages/messaging.ts'
import { COUNTER, type DeskIntake, deskOf } from './desk.ts'
import type { TestInstallation } from './test-installation.ts'

export const GATEWAY_SECRET = `whsec_${Buffer.from('mot-khoa-dung-de-thu-32-byte-thoi').toString('base64')}`
export const EMAIL = 'dao.nguyen@example.com'
export const PHONE = '0912345678'
export const NAME = 'Nguyễn Thị Đào'

/** The same installation, from which messages leave. */
export function telling<T extends TestInstallation>(
  installation: T,
  given: Partial<Messaging> = {},
): T & { readonly messages: Messaging } {
  const messages: Messaging = {
    mode: 'send',
    mail: null,
    gateway: null,
    templatesDir: `${installation.folders.templatesDir}/messages`,
    ...given,
  }
  return { ...installation, messages }
}

/** A dossier that came online, of somebody who left these addresses; nothing is told of that. */
export function submitted(
  installation: TestInstallation,
  {
    email = EMAIL as string | null,
    phone = PHONE as string | undefined,
    ...intake
  }: DeskIntake & {
    readonly email?: string | null
    readonly phone?: string | undefined
  } = {},
) {
  const desk = deskOf(installation, COUNTER)
  const dossier = desk.log({
    act: 'submit',
    channel: 'online',
    applicant: { name: NAME, ...(phone && { phone }) },
    ...intake,
  })
  installation.db.prepare('UPDATE persons SET email = ? WHERE id = ?').run(email, dossier.applicantId)
  return { desk, dossier }
}

/** Rows of messages, oldest first. */
export function messagesIn({
  db,
}: TestInstallation): readonly (Pick<
  MessageRow,
  'id' | 'template' | 'channel' | 'status' | 'attempts' | 'error'
> & { readonly send_at: number })[] {
  return db
    .prepare('SELECT id, template, channel, status, attempts, error, send_at FROM messages ORDER BY id')
    .all() as never
}

/** `received:email:held`, … */
export function standing(installation: TestInstallation): readonly string[] {
  return messagesIn(installation).map(({ template, channel, status, error }) =>
    [template, channel, status, ...(error === null ? [] : [error])].join(':'),
  )
}
