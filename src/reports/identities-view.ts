import { formatCount } from '../domain/counting/rate-format.ts'
import type { Counter, Tally } from '../domain/counting/tally.ts'
import { each, type Html, html, when } from '../web/html.ts'
import { icon } from '../web/icons.ts'
import type { Bridge } from './bridge.ts'
import { bridgeDetails, bridgeLine } from './bridge-view.ts'
import type { Report } from './report.ts'
import type { Place } from './report-links.ts'

interface Side {
  readonly counter: Counter
  readonly label: string
  /** Named only where it is not 0. */
  readonly whenPresent?: true
}

const side = (counter: Counter, label: string): Side => ({ counter, label })
const transfer = (counter: Counter, label: string): Side => ({ counter, label, whenPresent: true })

/** The identities of a tally as a reader checks them; the codes are those of `brokenTallyIdentities`. */
const IDENTITIES = [
  {
    code: 'balance',
    left: [
      side('received', 'tiếp nhận'),
      side('carriedOver', 'kỳ trước chuyển qua'),
      transfer('transferredIn', 'chuyển đến'),
    ],
    right: [
      side('ended', 'kết thúc'),
      side('open', 'đang giải quyết'),
      transfer('transferredOut', 'chuyển đi'),
    ],
  },
  {
    code: 'ended',
    left: [side('ended', 'kết thúc')],
    right: [side('resolved', 'đã giải quyết'), side('closed', 'rút, dừng')],
  },
  {
    code: 'resolved',
    left: [side('resolved', 'đã giải quyết')],
    right: [side('early', 'trước hạn'), side('onTime', 'đúng hạn'), side('late', 'quá hạn')],
  },
  {
    code: 'open',
    left: [side('open', 'đang giải quyết')],
    right: [side('openInTime', 'trong hạn'), side('openOverdue', 'quá hạn tồn')],
  },
  {
    code: 'channels',
    left: [side('received', 'tiếp nhận')],
    right: [
      side('receivedCounter', 'trực tiếp'),
      side('receivedPostal', 'bưu chính'),
      side('receivedLevel3', 'mức độ 3'),
      side('receivedLevel4', 'mức độ 4'),
    ],
  },
] as const

/** The figures prove themselves: each identity written out with its numbers and a tick, or what is wrong. */
export function identitiesView({ total, broken }: Report, bridge: Bridge | null, place: Place): Html {
  const codes = new Set(broken.map(({ code }) => code))
  return html`<section class="identities"><h2>Số liệu tự kiểm tra</h2>
<ul>${each(IDENTITIES, ({ code, left, right }) => html`<li class="${codes.has(code) ? 'broken' : 'holds'}">${icon(codes.has(code) ? 'cross' : 'check')}<span><span class="sr">${codes.has(code) ? 'Không khớp: ' : 'Khớp: '}</span>${sum(left, total.tally)} = ${sum(right, total.tally)}</span></li>`)}${when(bridge, bridgeLine)}</ul>
<p class="muted">${broken.length === 0 ? 'Khớp ở dòng tổng và ở mọi dòng đơn vị.' : 'Bảng không khớp thì không được xuất; hãy báo quản trị viên.'}</p>
${when(broken.length > 0 && broken, (list) => html`<ul>${each(list, ({ sentence }) => html`<li class="broken">${icon('cross')}<span>${sentence}</span></li>`)}</ul>`)}
${when(bridge, (found) => bridgeDetails(found, place))}</section>`
}

function sum(sides: readonly Side[], tally: Tally): Html {
  const shown = sides.filter(({ counter, whenPresent }) => !whenPresent || tally[counter] !== 0)
  return html`${each(shown, ({ counter, label }, index) => html`${index === 0 ? '' : ' + '}${label} <b class="n">${formatCount(tally[counter])}</b>`)}`
}
