import { type Html, html, trusted } from './html.ts'

/** Outlines on a 24 px grid, 1.75 px strokes, round ends: one family, drawn after Tabler's (MIT). */
const PATHS = {
  home: '<path d="M4 11.5 12 4l8 7.5"/><path d="M6 10v9h4v-5h4v5h4v-9"/>',
  dossier:
    '<path d="M5 5a1 1 0 0 1 1-1h4l2 3h6a1 1 0 0 1 1 1v10a2 2 0 0 1-2 2H7a2 2 0 0 1-2-2z"/><path d="M9 12h6M9 16h4"/>',
  report: '<path d="M4 20h16"/><path d="M6 17v-5M11 17V8M16 17v-7"/><path d="m5 7 5-3 5 2 4-3"/>',
  index: '<path d="M4 5h16v14H4z"/><path d="M4 10h16M4 14.5h16M10 10v9M15 10v9"/>',
  pulse: '<path d="M3 12h4l3 8 4-16 3 8h4"/>',
  palette:
    '<path d="M12 3a9 9 0 1 0 0 18c1.5 0 2-1 1.5-2.2-.6-1.5.3-2.8 2-2.8H18a3 3 0 0 0 3-3c0-5.5-4-10-9-10z"/><path d="M8 11h.01M11 7.5h.01M15.5 8.5h.01"/>',
  search: '<circle cx="10.5" cy="10.5" r="6.5"/><path d="m15.5 15.5 5 5"/>',
  in_time: '<circle cx="12" cy="12" r="9"/><path d="m8.5 12.2 2.5 2.5 4.5-5"/>',
  due_soon: '<circle cx="12" cy="12" r="9"/><path d="M12 7v5l3.2 2"/>',
  overdue: '<path d="M12 3.5 21 19.5H3z"/><path d="M12 10v4M12 16.8v.2"/>',
  paused: '<circle cx="12" cy="12" r="9"/><path d="M10 9v6M14 9v6"/>',
  check: '<path d="m5 12.5 4.5 4.5L19 7"/>',
  cross: '<path d="m6 6 12 12M18 6 6 18"/>',
  plus: '<path d="M12 5v14M5 12h14"/>',
  left: '<path d="m14.5 6-6 6 6 6"/>',
  right: '<path d="m9.5 6 6 6-6 6"/>',
  arrow: '<path d="M5 12h14M13 6l6 6-6 6"/>',
  up: '<path d="M12 19V6M6.5 11.5 12 6l5.5 5.5"/>',
  down: '<path d="M12 5v13M6.5 12.5 12 18l5.5-5.5"/>',
  same: '<path d="M6 12h12"/>',
  calendar: '<path d="M4 6h16v14H4zM4 10h16M8 3v4M16 3v4"/>',
  person: '<circle cx="12" cy="8" r="4"/><path d="M4.5 20c.8-4 4-6 7.5-6s6.7 2 7.5 6"/>',
  lock: '<path d="M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3"/>',
  empty: '<path d="M4 13.5 6.5 5h11L20 13.5V19H4z"/><path d="M4 13.5h4.5l1.5 2.5h4l1.5-2.5H20"/>',
  info: '<circle cx="12" cy="12" r="9"/><path d="M12 11v5M12 8v.1"/>',
  print: '<path d="M7 9V4h10v5M7 17H4v-7h16v7h-3"/><path d="M7 14h10v6H7z"/>',
  send: '<path d="M20.5 3.5 10.5 13.5"/><path d="m20.5 3.5-6 17-4-7-7-4z"/>',
  play: '<path d="M8 5.5v13l10-6.5z"/>',
} as const satisfies Record<string, string>

export type IconName = keyof typeof PATHS

/** An icon beside text that says the same: hidden from screen readers, coloured by the text. */
export function icon(name: IconName, size: 16 | 20 | 32 = 16): Html {
  return html`<svg class="icon" width="${size}" height="${size}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${trusted(PATHS[name])}</svg>`
}

export const ICON_NAMES = Object.keys(PATHS) as readonly IconName[]
