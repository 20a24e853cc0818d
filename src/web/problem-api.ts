import Type from 'typebox'
import { REFUSALS, type RefusalCode } from '../domain/refusals.ts'
import type { ApiScope } from './api-scope.ts'
import { STATUS_OF_KIND, TRANSPORT_PROBLEMS } from './problems.ts'

const PROBLEMS = Type.Object({
  problems: Type.Array(
    Type.Object({
      code: Type.String(),
      status: Type.Integer(),
      sentence: Type.String({ description: '{tên} được thay bằng giá trị cụ thể.' }),
    }),
  ),
})

/** `/problems`: every way in which a request may be refused. */
export async function problemApi(api: ApiScope): Promise<void> {
  const schema = {
    tags: ['Lỗi'],
    operationId: 'listProblems',
    summary: 'Mã lỗi',
    response: { 200: PROBLEMS },
  }
  api.get('/problems', { schema }, async () => ({ problems: [...ALL] }))
}

const ALL = [
  ...Object.entries(TRANSPORT_PROBLEMS).map(([code, { status, sentence }]) => ({ code, status, sentence })),
  ...(Object.keys(REFUSALS) as RefusalCode[]).map((code) => {
    const { kind, sentence } = REFUSALS[code]
    return { code, status: STATUS_OF_KIND[kind], sentence }
  }),
]
