import type { StoredDossier } from '../../db/queries/dossiers.ts'
import type { Deps } from '../deps.ts'
import type { MessageChannel, MessageTemplate } from '../domain/messages/message-rules.ts'
import { type Placeholder, placeholderValues } from './message-placeholders.ts'
import { type Form, readTemplate } from './message-templates.ts'
import type { Messaging } from './messaging.ts'

export interface MessageText {
  /** Null in the short form. */
  readonly subject: string | null
  readonly text: string
}

/** A name of a procedure can fill an SMS: in the short form values are cut. */
const SHORT_VALUE = 80
const LETTER_VALUE = 1_000

/** What is told of a dossier as it is now, over this channel. */
export function renderMessage(
  deps: Pick<Deps, 'db' | 'log'>,
  messaging: Pick<Messaging, 'templatesDir'>,
  dossier: StoredDossier,
  what: { readonly template: MessageTemplate; readonly channel: MessageChannel; readonly name: string },
): MessageText {
  const form: Form = what.channel === 'email' ? 'letter' : 'short'
  const { text, file, problems } = readTemplate(messaging.templatesDir, what.template, form)
  if (problems.length > 0)
    deps.log.warn({ file, problems }, 'own template not used: something is wrong with it')
  const values = placeholderValues(deps, dossier, what)
  return filled(text, form, (name) => values[name])
}

/** A template with its places filled in. */
function filled(text: string, form: Form, of: (name: Placeholder) => string): MessageText {
  const most = form === 'short' ? SHORT_VALUE : LETTER_VALUE
  const whole = text.replace(/\{\{\s*(\w+)\s*\}\}/g, (_, name: Placeholder) => clipped(of(name), most))
  if (form === 'short') return { subject: null, text: whole }
  const [subject = '', ...rest] = whole.split('\n')
  return { subject: subject.trim(), text: rest.join('\n').trim() }
}

/** On one line: nothing that was typed makes a subject of its own, or a header. */
function clipped(value: string, most: number): string {
  const characters = [...value.replace(/[\p{C}\s]+/gu, ' ').trim()]
  return characters.length <= most ? characters.join('') : `${characters.slice(0, most - 1).join('')}…`
}
