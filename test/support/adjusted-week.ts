import { revisePeriods } from '../../src/reports/revise-periods.ts'
import { deskOf, HEAD } from './desk.ts'
import type { TestInstallation } from './test-installation.ts'

/**
 * After the closing of week 10: two forgotten dossiers and one that was logged twice, taken up by the night's revision
 * 2; then one more, in no revision yet. It is Tuesday 2023-03-14 09:00.
 */
export function adjustWeek(installation: TestInstallation): void {
  const desk = deskOf(installation, HEAD)
  const forgotten = { reason: 'Bàn tiếp nhận ghi sổ giấy khi mất điện, nay nhập bù' }
  desk.log({ at: '2023-03-09T14:10', ...forgotten })
  const done = desk.log({ at: '2023-03-07T09:00', unit: 'xa-quang-phuc', channel: 'postal', ...forgotten })
  desk.act(done, 'finish', { at: '2023-03-09T16:00', reason: 'Đã trả kết quả hôm đó' })
  const twice = installation.db
    .prepare<[], { id: number }>(
      `SELECT id FROM dossiers WHERE accepted_on = '2023-03-08' AND end_class = 'early' ORDER BY id LIMIT 1`,
    )
    .get()
  desk.act(twice!, 'void', { reason: 'Nhập trùng hồ sơ của người nộp' })
  installation.at('2023-03-14T01:00')
  revisePeriods(installation)
  installation.at('2023-03-14T09:00')
  desk.log({ at: '2023-03-10T10:20', unit: 'thi-tran-tu-ky', ...forgotten })
}
