import { text } from 'node:stream/consumers'
import { parseDay } from '../domain/calendar/day.ts'
import { formatCount } from '../domain/counting/rate-format.ts'
import { normalizeCode } from '../domain/life-cycle/dossier-code.ts'
import { ERASURE_REASONS, type Erasure, type ErasureReason, erasePeople } from '../privacy/erase-people.ts'
import type { ErasureTarget, KeptDossier } from '../privacy/erasure-target.ts'
import { fullDay } from '../web/formats.ts'
import { command, noMoreThan, oneOf, UsageError } from './command.ts'
import { withInstallation } from './installation-here.ts'
import type { Terminal } from './terminal.ts'

const REASONS = Object.keys(ERASURE_REASONS) as readonly ErasureReason[]

/** Dossiers that must be kept, named one by one; beyond that they are counted. */
const LISTED = 20

export const personalData = command({
  usage: `motcua personal-data erase --dossier MÃ --reason LÝ_DO [--dry-run]
motcua personal-data erase --person-id-number SỐ --reason LÝ_DO [--dry-run]
motcua personal-data erase --ended-before NGÀY [--reason LÝ_DO] [--dry-run]

Xoá dữ liệu cá nhân của hồ sơ đã kết thúc và hết thời hạn lưu: họ tên, năm sinh, giới tính, số định danh, điện thoại, địa
chỉ, ghi chú và lý do, tệp giấy tờ, sổ đã tải lên. Mã hồ sơ, diễn biến, số liệu và báo cáo giữ nguyên. Không hoàn tác được.
Bản sao lưu còn giữ dữ liệu cho đến khi hết hạn giữ: docs/van-hanh.md.

  --dossier MÃ               người nộp, người được uỷ quyền của một hồ sơ
  --person-id-number SỐ      mọi hồ sơ của người có số định danh này; dấu - đọc số từ luồng vào, không để lại trong lịch sử lệnh
  --ended-before NGÀY        mọi hồ sơ kết thúc trước ngày này, dạng 2013-01-01
  --reason LÝ_DO             ${REASONS.map((reason) => `${reason} (${ERASURE_REASONS[reason]})`).join(', ')}
  --dry-run                  chỉ đếm, không xoá gì`,
  options: {
    dossier: { type: 'string' },
    'person-id-number': { type: 'string' },
    'ended-before': { type: 'string' },
    reason: { type: 'string' },
    'dry-run': { type: 'boolean', default: false },
  },
  async run({ values, positionals: [does, ...rest] }, terminal) {
    oneOf('Việc', does ?? '', ['erase'])
    noMoreThan(0, rest)
    const target = targetOf({
      ...values,
      ...(values['person-id-number'] === '-' && { 'person-id-number': await text(terminal.input) }),
    })
    const given = values.reason ?? (target.by === 'ended_before' ? 'het-han' : undefined)
    if (given === undefined) throw new UsageError(`Cần --reason: ${REASONS.join(', ')}.`)
    const reason = oneOf('--reason', given, REASONS)
    const dryRun = values['dry-run']
    await withInstallation((installation) => {
      tell(terminal, erasePeople(installation, target, { reason, dryRun }), dryRun)
    })
  },
})

interface Given {
  readonly dossier?: string | undefined
  readonly 'person-id-number'?: string | undefined
  readonly 'ended-before'?: string | undefined
}

function targetOf({ dossier, 'person-id-number': idNumber, 'ended-before': before }: Given): ErasureTarget {
  if ([dossier, idNumber, before].filter((word) => word !== undefined).length !== 1)
    throw new UsageError('Cần đúng một trong --dossier, --person-id-number, --ended-before.')
  if (dossier !== undefined) return { by: 'dossier', code: normalizeCode(dossier) }
  if (idNumber !== undefined) return { by: 'person', idNumber }
  return { by: 'ended_before', day: parseDay(before!) }
}

function tell(terminal: Terminal, erasure: Erasure, dryRun: boolean): void {
  const n = formatCount
  const { dossiers, persons, shared, texts, documents, requests, imports, kept, books, isInLog } = erasure
  terminal.say(
    `${dryRun ? 'Sẽ xoá' : 'Đã xoá'} dữ liệu cá nhân của ${n(dossiers)} hồ sơ: ${n(persons)} người, ${n(texts)} ghi chú và lý do, ${n(documents)} giấy tờ, ${n(requests)} đề nghị đính chính, ${n(imports)} lần nhập sổ.`,
  )
  if (shared > 0)
    terminal.say(
      `${n(shared)} người còn hồ sơ khác phải giữ: thông tin của họ ở các hồ sơ ấy giữ nguyên, chỉ gỡ khỏi hồ sơ này.`,
    )
  if (books.length > 0)
    terminal.say(
      `Sổ theo dõi đã in còn nêu tên, vì trong quyển còn người phải giữ: ${books.join('; ')}. Tệp của quyển được xoá khi mọi hồ sơ trong quyển đã xoá.`,
    )
  if (isInLog)
    terminal.say(
      'Tệp ghi tạm của cơ sở dữ liệu (đuôi -wal) đang có nơi đọc nên chưa dọn được, trong đó còn dấu vết. Hãy dừng dịch vụ rồi chạy lại lệnh này.',
    )
  for (const each of kept.slice(0, LISTED)) terminal.say(`Giữ lại ${lineOf(each)}.`)
  if (kept.length > LISTED) terminal.say(`và ${n(kept.length - LISTED)} hồ sơ khác phải giữ lại.`)
  terminal.say(
    dryRun
      ? 'Chưa xoá gì. Bỏ --dry-run để xoá.'
      : 'Bản sao lưu, bản chép ở nơi thứ hai và tệp sổ ngoài hệ thống vẫn còn dữ liệu này cho đến khi hết hạn giữ hoặc được xoá tay.',
  )
}

function lineOf({ dossier, through }: KeptDossier): string {
  const which = `hồ sơ ${dossier.code ?? `số ${dossier.id}`}`
  return through === null ? `${which}: chưa kết thúc` : `${which}: lưu đến hết ${fullDay(through)}`
}
