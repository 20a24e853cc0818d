import type { FastifyInstance, FastifyRequest } from 'fastify'
import { mayEnter } from '../accounts/guard.ts'
import { type RefusalKind, RuleError } from '../domain/refusals.ts'
import { SENT_BEFORE } from './forms.ts'
import { type Html, html, when } from './html.ts'
import { type IconName, icon } from './icons.ts'
import type { Show } from './layout.ts'
import { problemOf, STATUS_OF_KIND, TransportError } from './problems.ts'

const KINDS = {
  invalid: { heading: 'Chưa xem được', icon: 'info' },
  unauthenticated: { heading: 'Cần đăng nhập lại', icon: 'lock' },
  not_found: { heading: 'Không tìm thấy', icon: 'search' },
  conflict: { heading: 'Chưa làm được việc này', icon: 'info' },
  stale: { heading: 'Có người vừa thay đổi', icon: 'info' },
  forbidden: { heading: 'Ngoài quyền của ông/bà', icon: 'lock' },
  throttled: { heading: 'Hãy chờ một lát', icon: 'paused' },
  unavailable: { heading: 'Tạm thời chưa phục vụ được', icon: 'paused' },
} as const satisfies Record<RefusalKind, { heading: string; icon: IconName }>

/** Refusals, wrong addresses and failures answer with a page that says what to do next. */
export function errorPages(app: FastifyInstance, show: Show): void {
  app.setNotFoundHandler((request, reply) => {
    const sentence = 'Địa chỉ này không có trang nào. Có thể đường dẫn đã cũ hoặc gõ thiếu.'
    return show(
      reply,
      problem(request, { status: 404, heading: 'Không có trang này', sentence, icon: 'search' }),
    )
  })
  app.setErrorHandler((error, request, reply) => {
    if (error instanceof RuleError) {
      return show(
        reply,
        problem(request, {
          ...KINDS[error.kind],
          status: STATUS_OF_KIND[error.kind],
          sentence: sentenceOf(error),
        }),
      )
    }
    if (error instanceof TransportError) {
      const { status, detail } = problemOf(error, request.id)
      if (status === 503) reply.header('retry-after', '5')
      const kind = status === 429 ? KINDS.throttled : status === 503 ? KINDS.unavailable : KINDS.invalid
      return show(reply, problem(request, { ...kind, status, sentence: detail }))
    }
    const status = (error as { statusCode?: number }).statusCode
    if (status !== undefined && status >= 400 && status < 500) {
      const sentence = 'Máy chủ không hiểu yêu cầu này. Hãy quay lại trang trước và thử lại.'
      return show(reply, problem(request, { status, heading: 'Yêu cầu chưa đúng', sentence, icon: 'info' }))
    }
    request.log.error({ err: error }, 'page failed')
    const { status: known, detail } = problemOf(error, request.id)
    if (known === 503) {
      reply.header('retry-after', '5')
      return show(reply, problem(request, { ...KINDS.unavailable, status: known, sentence: detail }))
    }
    const sentence = `Hệ thống gặp lỗi khi dựng trang này; dữ liệu không bị mất. Hãy tải lại sau ít phút. Nếu vẫn lỗi, báo quản trị viên mã ${request.id}.`
    return show(reply, {
      ...problem(request, { status: 500, heading: 'Trang này đang lỗi', sentence, icon: 'overdue' }),
      bare: true,
    })
  })
}

/** A page speaks of forms where the API speaks of keys. */
function sentenceOf({ code, message }: RuleError): string {
  return code === 'idempotency_mismatch' ? SENT_BEFORE : message
}

interface Problem {
  readonly status: number
  readonly heading: string
  readonly sentence: string
  readonly icon: IconName
}

function problem({ principal }: FastifyRequest, what: Problem) {
  return {
    title: what.heading,
    area: '',
    status: what.status,
    body: problemBody(what, mayEnter(principal, 'dossiers_read')),
  }
}

function problemBody({ heading, sentence, icon: sign, status }: Problem, maySearch: boolean): Html {
  return html`<section class="notice notice-page">
${icon(sign, 32)}
<h1>${heading}</h1>
<p>${sentence}</p>
<p class="notice-links">${status === STATUS_OF_KIND.unauthenticated ? SIGN_IN : html`<a href="/">Về trang đầu</a>${when(maySearch, () => html`<a href="/ho-so">Tìm hồ sơ</a>`)}`}</p>
<p class="notice-code">Mã ${status}</p>
</section>`
}

/** Behind this page waits a form that was sent: nothing leads away from it but a tab of its own. */
const SIGN_IN = html`<a href="/dang-nhap" target="_blank">Đăng nhập ở thẻ mới</a>`

/** A designed nothing: what is missing here, why, and what to do. */
export function emptyNotice(heading: string, sentence: string, links: Html = html``): Html {
  return html`<div class="notice">${icon('empty', 32)}<p class="notice-heading">${heading}</p><p>${sentence}</p>${links}</div>`
}
