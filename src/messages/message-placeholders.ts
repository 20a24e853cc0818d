import type { StoredDossier } from '../../db/queries/dossiers.ts'
import { lastReason } from '../../db/queries/messages.ts'
import { pausesOf } from '../../db/queries/timeline.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import { unitName } from '../catalogue/unit-choices.ts'
import type { Deps } from '../deps.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import type { PausePolicy, PauseRow } from '../domain/life-cycle/dossier.ts'
import type { Act } from '../domain/life-cycle/life-cycle.ts'
import { MESSAGE_OF_ACT, type MessageTemplate } from '../domain/messages/message-rules.ts'
import { fullDay, longDay, timeOfDay } from '../web/formats.ts'

/** What a template may name, and what an administrator reads of it. */
export const PLACEHOLDERS = {
  nguoi_nop: 'họ tên người nộp',
  ma: 'mã hồ sơ',
  thu_tuc: 'tên thủ tục',
  noi_nhan: 'nơi tiếp nhận',
  hen_tra: 'ngày giờ hẹn trả; khi thời hạn tạm dừng: “sẽ báo lại”',
  ly_do: 'lý do đã ghi: cần bổ sung gì, vì sao chậm',
  han_bo_sung: 'bổ sung đến ngày nào',
  tinh_han: 'một câu: bổ sung xong thì thời hạn tính lại từ đầu, tính tiếp, hay từ khi tiếp nhận',
  noi_tra: 'nhận kết quả ở đâu',
} as const satisfies Record<string, string>

export type Placeholder = keyof typeof PLACEHOLDERS

/** Without these a message does not say what it is for. */
export const REQUIRED = {
  received: ['ma', 'hen_tra'],
  supplement: ['ma', 'ly_do'],
  result_ready: ['ma'],
  new_date: ['ma', 'hen_tra'],
  returned: ['ma'],
} as const satisfies Record<MessageTemplate, readonly Placeholder[]>

const PLACES = {
  counter: 'tại Bộ phận Một cửa',
  postal: 'qua dịch vụ bưu chính công ích',
  online: 'trực tuyến',
} as const satisfies Record<StoredDossier['returnMode'], string>

/** What stands in place of each, for a dossier as it is now. */
export function placeholderValues(
  { db }: Pick<Deps, 'db'>,
  dossier: StoredDossier,
  { template, name }: { readonly template: MessageTemplate; readonly name: string },
): Readonly<Record<Placeholder, string>> {
  const catalogue = catalogueOf(db)
  const open = pausesOf(db, dossier.id).findLast(({ kind, toAt }) => kind === 'supplement' && toAt === null)
  const day = dossier.acceptedOn ?? localDayOf(dossier.recordedAt)
  return {
    nguoi_nop: name,
    ma: dossier.code ?? dossier.slipNumber ?? `so-${dossier.id}`,
    thu_tuc: catalogue.procedureById.get(dossier.procedureId)?.name ?? '',
    noi_nhan: unitName(catalogue.unitById.get(dossier.receivingUnitId), day),
    hen_tra: promised(dossier),
    ly_do: lastReason(db, dossier.id, actsOf(template)) ?? '',
    han_bo_sung: supplementDue(open),
    tinh_han: clockSentence(open, dossier),
    noi_tra: PLACES[dossier.returnMode],
  }
}

/** While the clock stands, no day can be promised. */
function promised({ pausedSince, appointmentAt, dueAt }: StoredDossier): string {
  const at = appointmentAt ?? dueAt
  if (at === null || pausedSince !== null) return 'sẽ báo lại khi hồ sơ được tiếp tục'
  return `${timeOfDay(at)} ${longDay(localDayOf(at))}`
}

function supplementDue(open: PauseRow | undefined): string {
  const due = open?.dueAt ?? null
  return due === null ? 'trong thời gian sớm nhất' : `đến hết ngày ${fullDay(localDayOf(due))}`
}

/** What the supplement does to the time limit: as the pause has it (NĐ 61/2018 art. 19.4); none before acceptance. */
function clockSentence(open: PauseRow | undefined, { state }: StoredDossier): string {
  if (open === undefined) return ''
  if (state === 'submitted') return 'Thời hạn giải quyết được tính từ khi hồ sơ đủ và được tiếp nhận.'
  return CLOCK[open.policy]
}

const CLOCK = {
  restart: 'Khi hồ sơ đã đủ, thời hạn giải quyết được tính lại từ đầu.',
  resume: 'Khi hồ sơ đã đủ, thời hạn giải quyết được tính tiếp.',
  no_effect: 'Thời hạn giải quyết vẫn tính trong lúc chờ bổ sung.',
} as const satisfies Record<PausePolicy, string>

function actsOf(template: MessageTemplate): readonly Act[] {
  return (Object.keys(MESSAGE_OF_ACT) as (keyof typeof MESSAGE_OF_ACT)[]).filter(
    (act) => MESSAGE_OF_ACT[act] === template,
  )
}
