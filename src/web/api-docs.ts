import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'

const INTRODUCTION = `API của hệ thống theo dõi hồ sơ tại Bộ phận Một cửa.

- Mỗi yêu cầu mang khoá API ở tiêu đề \`Authorization: Bearer mc_…\`. Quản trị viên cấp khoá tại trang Quản trị › Khoá API; khoá chỉ làm được những việc đã chọn, trong đơn vị của phần mềm và đơn vị trực thuộc, đến ngày hết hạn. Người đang đăng nhập trên trình duyệt gọi được bằng phiên của mình.
- Không có khoá hoặc khoá không dùng được nữa: \`401 not_signed_in\`. Khoá không được làm việc này: \`403 not_permitted\`.
- Nội dung gửi và nhận là JSON, UTF-8. Trường lạ bị từ chối.
- Thời điểm gửi dạng \`2023-03-09T08:30\` (giờ Việt Nam) hoặc có múi giờ; thời điểm trả về luôn có \`+07:00\`. Ngày dạng \`2023-03-09\`.
- Lỗi theo RFC 9457 (\`application/problem+json\`): \`detail\` là câu tiếng Việt nói lý do và cách làm tiếp, \`code\` là mã ổn định; danh sách tại \`/api/v1/problems\`.
- Yêu cầu bị từ chối thì không có gì được ghi.
- \`Idempotency-Key\`: gửi lại cùng khoá, cùng nội dung thì nhận lại kết quả cũ; khác nội dung thì bị từ chối. Khoá giữ 48 giờ.
- \`ETag\` / \`If-Match\`: hồ sơ đã bị người khác đổi thì trả về 412.
- Danh sách xem từng trang bằng \`cursor\` (lấy từ \`nextCursor\`).`

const SECURITY_SCHEMES = {
  token: {
    type: 'http',
    scheme: 'bearer',
    description: 'Khoá API, dạng mc_…, do quản trị viên cấp.',
  },
  session: {
    type: 'apiKey',
    in: 'cookie',
    // Where the service is reached encrypted the browser knows it as __Host-motcua.
    name: 'motcua',
    description: 'Phiên của người đang đăng nhập trên trình duyệt.',
  },
} as const

/** Everything from this address; the browser of the document sets styles on its own elements. */
const DOCS_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'"

/** OpenAPI 3.1 of every route registered after this in the scope, and pages to browse it, served from here. */
export async function documentApi(scope: FastifyInstance): Promise<void> {
  await scope.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Một cửa – API', version: '1', description: INTRODUCTION },
      servers: [{ url: '/' }],
      components: { securitySchemes: SECURITY_SCHEMES },
      security: [{ token: [] }, { session: [] }],
    },
    refResolver: {
      buildLocalReference: (json, _baseUri, _fragment, i) => String(json.$id ?? `schema-${i}`),
    },
  })
  await scope.register(swaggerUi, {
    routePrefix: '/docs',
    indexPrefix: '/api',
    staticCSP: DOCS_POLICY,
    validatorUrl: false,
    theme: { title: 'Một cửa – API' },
    uiConfig: {
      url: '/api/v1/openapi.json',
      deepLinking: true,
      docExpansion: 'list',
      defaultModelsExpandDepth: -1,
    },
  })
}
