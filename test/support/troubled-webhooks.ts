import { addWebhook } from '../../src/exchange/webhooks/add-webhook.ts'
import { deliver, dueMessages } from '../../src/exchange/webhooks/deliver.ts'
import { pauseWebhook } from '../../src/exchange/webhooks/pause-webhook.ts'
import { pumpEvents } from '../../src/exchange/webhooks/pump-events.ts'
import { deskOf } from './desk.ts'
import { receiver } from './receiver.ts'
import type { TestInstallation } from './test-installation.ts'

const OPERATOR = { officerId: null, role: 'operator' } as const

/**
 * Three webhooks and what became of four messages: one taken, one refused and waiting, one behind it, one given up;
 * nobody at the second address, the third one is paused.
 */
export async function troubledWebhooks(installation: TestInstallation): Promise<void> {
  const there = await receiver()
  const add = (label: string, url: string) =>
    addWebhook(installation, OPERATOR, { label, url, acts: ['accept', 'finish'], unit: '' }).id
  add('Cổng dịch vụ công tỉnh', there.url)
  add(
    'Nhắn tin cho công dân',
    'http://khong-co.invalid/nhan-tin/ho-so-da-co-ket-qua?nguon=mot-cua-huyen-tu-ky',
  )
  pauseWebhook(installation, OPERATOR, add('Lưu trữ', `${there.url}/luu-tru`))
  const desk = deskOf(installation)
  const first = desk.log()
  const second = desk.log()
  const third = desk.log()
  desk.act(second, 'finish')
  while (pumpEvents(installation));
  there.answer((response, { dossier }) =>
    dossier?.id === first.id
      ? response.writeHead(204).end()
      : response.writeHead(503).end('Đang bảo trì, xin gửi lại sau ít phút nữa.'),
  )
  for (let due = dueMessages(installation); due.length > 0; due = dueMessages(installation))
    for (const each of due) await deliver(installation, each, new AbortController().signal)
  installation.db
    .prepare(
      `UPDATE webhook_deliveries SET status = 'given_up', attempts = 8, next_at = NULL
         WHERE webhook_id = 1 AND event_id = (SELECT id FROM events WHERE dossier_id = ?)`,
    )
    .run(third.id)
  await there.close()
}
