import Type from 'typebox'
import { actorOf } from '../web/actor.ts'
import type { ApiOptions, ApiScope } from '../web/api-scope.ts'
import { closedObject, dayIn, oneOf, REFUSALS_OUT } from '../web/schemas.ts'
import { exportScopeOf } from './export-scope.ts'
import { FORMAT_NAMES, FORMATS, sendRegister } from './register-download.ts'

const QUERY = closedObject({
  unit: Type.Optional(
    Type.String({ maxLength: 100, description: 'Đơn vị giải quyết, gồm các đơn vị trực thuộc.' }),
  ),
  year: Type.Optional(
    Type.String({ pattern: '^20[0-9]{2}$', description: 'Năm tiếp nhận; không dùng cùng from, to.' }),
  ),
  from: Type.Optional(dayIn('Tiếp nhận từ ngày.')),
  to: Type.Optional(dayIn('Tiếp nhận đến ngày.')),
  format: Type.Optional(
    oneOf(
      FORMAT_NAMES,
      'csv (mặc định), xlsx, hoặc pauses: tệp CSV thứ hai, các lần tạm dừng trước lần cuối.',
    ),
  ),
})

const FILE = {
  description: 'Sổ, gửi dần.',
  content: Object.fromEntries(
    Object.values(FORMATS).map(({ type }) => [type.split(';')[0], { schema: Type.String() }]),
  ),
}

/** `GET /register`: the register as a file in the columns the import reads. */
export async function exportApi(api: ApiScope, { deps, writer }: ApiOptions): Promise<void> {
  const schema = {
    tags: ['Nhập sổ'],
    operationId: 'exportRegister',
    summary: 'Xuất sổ theo dõi hồ sơ',
    description:
      'Chỉ người đứng đầu, giám sát, phần mềm kết nối; của đơn vị mình. Không có số định danh và điện thoại. Mỗi lần xuất được ghi nhật ký.',
    querystring: QUERY,
    response: { 200: FILE, ...REFUSALS_OUT },
  }
  api.get('/register', { schema }, async (request, reply) => {
    const { format = 'csv', ...words } = request.query
    const actor = actorOf(request)
    const scope = exportScopeOf(deps, actor, words)
    return sendRegister({ deps, writer }, actor, reply, { scope, format, by: 'api' })
  })
}
