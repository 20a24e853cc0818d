import { type RefusalCode, type RefusalKind, RuleError } from '../domain/refusals.ts'

/** HTTP status of a refusal: the one table for the API and the pages. */
export const STATUS_OF_KIND = {
  invalid: 422,
  unauthenticated: 401,
  not_found: 404,
  conflict: 409,
  stale: 412,
  forbidden: 403,
  throttled: 429,
  unavailable: 503,
} as const satisfies Record<RefusalKind, number>

/** What can be wrong before a rule is asked: the request as HTTP carries it. */
export const TRANSPORT_PROBLEMS = {
  invalid_request: {
    status: 400,
    sentence: 'Yêu cầu có chỗ chưa đúng. Hãy sửa những trường nêu ở “errors” rồi gửi lại.',
  },
  broken_json: {
    status: 400,
    sentence: 'Nội dung không phải JSON hợp lệ. Hãy kiểm tra dấu ngoặc, dấu phẩy và dấu nháy.',
  },
  not_utf8: {
    status: 400,
    sentence: 'Nội dung không phải UTF-8 hợp lệ. Hãy gửi chữ tiếng Việt bằng mã UTF-8.',
  },
  bad_url: { status: 400, sentence: 'Địa chỉ chứa ký tự mã hoá sai (%). Hãy mã hoá địa chỉ bằng UTF-8.' },
  timed_out: { status: 408, sentence: 'Yêu cầu gửi quá chậm nên bị ngắt. Hãy kiểm tra mạng rồi gửi lại.' },
  no_such_page: { status: 404, sentence: 'Không có địa chỉ này. Hãy xem danh sách địa chỉ tại /api/docs.' },
  too_large: { status: 413, sentence: 'Nội dung quá lớn (tối đa 256 KiB). Hãy rút gọn rồi gửi lại.' },
  unsupported_media_type: {
    status: 415,
    sentence: 'Chỉ nhận nội dung JSON. Hãy gửi với tiêu đề Content-Type: application/json.',
  },
  too_many_requests: {
    status: 429,
    sentence: 'Có quá nhiều yêu cầu trong thời gian ngắn. Hãy chờ rồi gửi lại.',
  },
  unexpected: {
    status: 500,
    sentence:
      'Hệ thống gặp lỗi khi xử lý; không có gì được ghi. Hãy thử lại, nếu vẫn lỗi hãy báo quản trị kèm mã yêu cầu.',
  },
  busy: {
    status: 503,
    sentence: 'Hệ thống đang bận hoặc đang khởi động lại; không có gì được ghi. Hãy thử lại sau ít phút.',
  },
  storage_failing: {
    status: 503,
    sentence:
      'Ổ đĩa của máy chủ đã đầy hoặc bị lỗi nên không có gì được ghi. Hãy báo quản trị viên dọn chỗ trống rồi gửi lại.',
  },
} as const satisfies Record<string, { status: number; sentence: string }>

export type TransportCode = keyof typeof TRANSPORT_PROBLEMS

/** A request refused before any rule: `code` is a key of TRANSPORT_PROBLEMS. */
export class TransportError extends Error {
  readonly code: TransportCode

  constructor(code: TransportCode) {
    super(TRANSPORT_PROBLEMS[code].sentence)
    this.name = 'TransportError'
    this.code = code
  }
}

/** One thing wrong with one field of a request. */
export interface Issue {
  readonly in: 'body' | 'query' | 'path'
  /** `applicant.idNumber`; empty when the whole part is meant. */
  readonly field: string
  readonly detail: string
}

/** A request whose shape is wrong, with every field named. */
export class InvalidRequest extends TransportError {
  readonly issues: readonly Issue[]

  constructor(issues: readonly Issue[]) {
    super('invalid_request')
    this.issues = issues
  }
}

/** RFC 9457, with the refusal's code and, for a wrong request, what is wrong with each field. */
export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly code: RefusalCode | TransportCode
  readonly instance: string
  readonly errors?: readonly Issue[]
}

/** Any error as a problem; what is not a known refusal becomes 500 without a word about its cause. */
export function problemOf(error: unknown, requestId: string): Problem {
  const instance = `urn:motcua:request:${requestId}`
  if (error instanceof RuleError)
    return problem(error.code, STATUS_OF_KIND[error.kind], error.message, instance)
  if (error instanceof InvalidRequest) {
    return { ...problem(error.code, 400, error.message, instance), errors: error.issues }
  }
  const code = error instanceof TransportError ? error.code : transportCodeOf(error as FrameworkError)
  const { status, sentence } = TRANSPORT_PROBLEMS[code]
  return problem(code, status, sentence, instance)
}

const TITLES: Readonly<Record<number, string>> = {
  400: 'Yêu cầu không hợp lệ',
  401: 'Chưa đăng nhập',
  403: 'Không có quyền',
  404: 'Không tìm thấy',
  408: 'Hết thời gian chờ',
  409: 'Không thực hiện được lúc này',
  412: 'Hồ sơ đã thay đổi',
  413: 'Nội dung quá lớn',
  415: 'Không nhận loại nội dung này',
  422: 'Dữ liệu chưa đúng',
  429: 'Quá nhiều yêu cầu',
  500: 'Lỗi hệ thống',
  503: 'Tạm thời không phục vụ',
}

function problem(code: Problem['code'], status: number, detail: string, instance: string): Problem {
  return {
    type: `/api/v1/problems#${code}`,
    title: TITLES[status] ?? 'Không thực hiện được',
    status,
    detail,
    code,
    instance,
  }
}

interface FrameworkError {
  readonly code?: string
  readonly statusCode?: number
}

const BY_ERROR_CODE: Readonly<Record<string, TransportCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_media_type',
  FST_ERR_CTP_INVALID_TYPE: 'unsupported_media_type',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'broken_json',
  FST_ERR_CTP_INVALID_JSON_BODY: 'broken_json',
  FST_ERR_BAD_URL: 'bad_url',
  FST_ERR_MAX_PARAM_LENGTH: 'no_such_page',
  FST_ERR_NOT_FOUND: 'no_such_page',
}

const BY_STATUS: Readonly<Record<number, TransportCode>> = {
  404: 'no_such_page',
  408: 'timed_out',
  413: 'too_large',
  415: 'unsupported_media_type',
  429: 'too_many_requests',
  503: 'busy',
}

function transportCodeOf({ code = '', statusCode = 500 }: FrameworkError): TransportCode {
  if (code.startsWith('SQLITE_BUSY')) return 'busy'
  if (code.startsWith('SQLITE_FULL') || code.startsWith('SQLITE_IOERR')) return 'storage_failing'
  const known = BY_ERROR_CODE[code] ?? BY_STATUS[statusCode]
  return known ?? (statusCode >= 400 && statusCode < 500 ? 'invalid_request' : 'unexpected')
}
