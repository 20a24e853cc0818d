import type { Actor, Deps } from '../deps.ts'
import { RuleError } from '../domain/refusals.ts'
import type { Entry } from './entry.ts'

export interface Asked {
  readonly actor: Actor
  readonly entry: Entry
  /** In whose name it was asked for; null: in one's own right. */
  readonly onBehalfOfId?: number | null
}

/** The whole request as it was made, sealed: it may hold personal data. The version it saw is of no use later. */
export function sealEntry({ vault }: Pick<Deps, 'vault'>, asked: Asked): Buffer {
  return vault.seal(JSON.stringify(asked, (name, value) => (name === 'version' ? undefined : value)))
}

/** The request as it was made; refused where it was sealed with a key that this installation no longer has. */
export function openEntry({ vault }: Pick<Deps, 'vault'>, sealed: Buffer): Asked {
  return JSON.parse(opened(vault, sealed)) as Asked
}

function opened(vault: Deps['vault'], sealed: Buffer): string {
  try {
    return vault.open(sealed)
  } catch {
    throw new RuleError('request_sealed')
  }
}
