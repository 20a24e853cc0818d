import { toSVG } from 'bwip-js/generic'
import { type Html, html, trusted } from './html.ts'

/** A QR code in the page: paths only, so no script, style or file is asked for. `says`: for who cannot see it. */
export function qrView(text: string, says: string): Html {
  return html`<div class="qr" role="img" aria-label="${says}">${trusted(toSVG({ bcid: 'qrcode', text }))}</div>`
}
