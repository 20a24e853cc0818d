import type { FastifyReply } from 'fastify'
import Type from 'typebox'
import { findDossierById, type StoredDossier } from '../../db/queries/dossiers.ts'
import type { Deps } from '../deps.ts'
import { dossierHead } from '../dossiers/dossier-json.ts'
import { etagOf } from '../web/etag.ts'
import type { Done } from '../web/idempotency.ts'
import type { Entered } from './enter-or-ask.ts'

export const WAITING = Type.Object(
  {
    waiting: Type.Boolean(),
    request: Type.Integer({ description: 'Số của đề nghị đính chính, xem tại /corrections.' }),
    detail: Type.String(),
  },
  { description: 'Chưa làm: đã giữ nguyên nội dung và chờ người có quyền duyệt.' },
)

/** What to tell who asked. */
function waitingSentence(id: number): string {
  return `Đã gửi đề nghị đính chính số ${id}; nội dung được giữ nguyên và làm đúng như vậy khi được duyệt.`
}

/** What a repeated request made the first time. */
export function enteredAgain({ db }: Pick<Deps, 'db'>): (id: number, waiting: boolean) => Entered {
  return (id, waiting) =>
    waiting ? { id, waiting } : { id, waiting, dossier: findDossierById(db, id) as StoredDossier }
}

/** The dossier, or 202 with the number of the request that waits. */
export function replyEntered(deps: Deps, reply: FastifyReply, { value, repeated }: Done<Entered>) {
  if (repeated) reply.header('idempotency-replayed', 'true')
  if (value.waiting) {
    reply.code(202)
    return { waiting: true, request: value.id, detail: waitingSentence(value.id) }
  }
  reply.header('etag', etagOf(value.dossier.version))
  return dossierHead(deps, value.dossier)
}
