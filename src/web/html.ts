import { html, type SafeHtml } from '@remix-run/html-template'

/** Text that is safe to send: made by `html`, which escapes everything put into it, and by nothing else. */
export type Html = SafeHtml

export { html }

/** For the branch of a template that shows nothing. */
export const NOTHING: Html = html``

/** `make(value)` where there is a value, else nothing: `${when(reason, (text) => html`<p>${text}</p>`)}`. */
export function when<T>(value: T | null | undefined | false, make: (value: T) => Html): Html {
  return value === null || value === undefined || value === false ? NOTHING : make(value)
}

/** One piece of HTML for each item; `join` from an array of templates. */
export function each<T>(items: Iterable<T>, make: (item: T, index: number) => Html): Html {
  return html`${[...items].map(make)}`
}

/** A whole file of ours (an icon's paths, for example) that is HTML already. Never for anything a person typed. */
export function trusted(markup: string): Html {
  return html.raw`${markup}`
}
