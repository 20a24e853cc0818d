/** A message as it leaves. */
export interface Outgoing {
  /** The same at every attempt: whoever carries it can tell a repetition. */
  readonly id: string
  readonly to: string
  readonly subject: string | null
  readonly text: string
}

/**
 * What came of an attempt. `later`: surely not taken, it may be next time; `never`: surely not taken, nor will it be;
 * `unknown`: the connection broke when it may have been taken.
 */
export type Sent =
  | { readonly outcome: 'sent' }
  | {
      readonly outcome: 'later' | 'never'
      readonly error: 'refused' | 'unreached'
      readonly status?: number | undefined
    }
  | { readonly outcome: 'unknown' }
