import type { Actor } from '../deps.ts'
import { formatCount } from '../domain/counting/rate-format.ts'
import { addWebhook } from '../exchange/webhooks/add-webhook.ts'
import { pauseWebhook, resumeWebhook } from '../exchange/webhooks/pause-webhook.ts'
import { removeWebhook } from '../exchange/webhooks/remove-webhook.ts'
import { resendMessage } from '../exchange/webhooks/resend-message.ts'
import { rotateSecret } from '../exchange/webhooks/rotate-secret.ts'
import { sendTest } from '../exchange/webhooks/send-test.ts'
import type { Installation } from '../installation.ts'
import { command, noMoreThan, oneOf, UsageError } from './command.ts'
import { withInstallation } from './installation-here.ts'
import type { Terminal } from './terminal.ts'
import { LOG_LINES, webhookLog, webhookTable } from './webhook-tables.ts'

const OPERATOR: Actor = { officerId: null, role: 'operator' }

const ACTIONS = [
  'add',
  'list',
  'pause',
  'resume',
  'remove',
  'log',
  'resend',
  'test',
  'rotate-secret',
] as const

export const webhook = command({
  usage: `motcua webhook list
motcua webhook add ĐỊA_CHỈ --label TÊN [--acts VIỆC,VIỆC] [--unit ĐƠN_VỊ]
motcua webhook pause|resume|remove|test|rotate-secret SỐ
motcua webhook log SỐ [--status waiting|delivered|given_up]
motcua webhook resend SỐ SỐ_TIN

Báo cho phần mềm khác mỗi việc trên hồ sơ, có chữ ký, gửi lại khi chưa nhận được (docs/webhooks.md).

  add                 thêm địa chỉ nhận; in khoá ký, chỉ một lần
  list                các webhook và tình trạng
  pause, resume       tạm dừng; chạy tiếp từ chỗ đã dừng
  remove              gỡ: huỷ khoá ký, thôi gửi các tin đang chờ
  log                 nhật ký gửi, ${LOG_LINES} tin mới nhất
  resend              gửi lại một tin
  test                gửi thử ngay một tin webhook.test
  rotate-secret       đổi khoá ký; in khoá mới, chỉ một lần
  --acts              chỉ báo những việc này, ví dụ accept,finish; mặc định: mọi việc
  --unit              chỉ hồ sơ do đơn vị này tiếp nhận hoặc giải quyết, gồm đơn vị trực thuộc`,
  options: {
    label: { type: 'string', default: '' },
    acts: { type: 'string', default: '' },
    unit: { type: 'string', default: '' },
    status: { type: 'string' },
  },
  async run({ values, positionals: [word = '', which, ...rest] }, terminal) {
    const action = oneOf('Việc', word, ACTIONS)
    const [delivery] = rest
    noMoreThan(action === 'resend' ? 1 : 0, rest)
    await withInstallation(async (here) => {
      if (action === 'list') return terminal.out(webhookTable(here))
      if (action === 'add') {
        const acts = values.acts.split(',').filter((act) => act.trim() !== '')
        const input = { label: values.label, url: which ?? '', acts, unit: values.unit }
        return tellSecret(
          terminal,
          write(here, () => addWebhook(here, OPERATOR, input)),
        )
      }
      const id = numberOf('Số của webhook', which)
      if (action === 'log') return terminal.out(webhookLog(here, id, values.status))
      if (action === 'test') return tellAnswer(terminal, await sendTest(here, OPERATOR, id))
      if (action === 'rotate-secret')
        return tellSecret(
          terminal,
          write(here, () => rotateSecret(here, OPERATOR, id)),
        )
      if (action === 'resend') {
        const message = numberOf('Số của tin', delivery)
        write(here, () => resendMessage(here, OPERATOR, id, message))
        return terminal.say(`Tin ${message} sẽ được gửi lại ngay.`)
      }
      const said = write(here, () => DEEDS[action](here, id))
      terminal.say(said)
    })
  },
})

const DEEDS = {
  pause(here, id) {
    pauseWebhook(here, OPERATOR, id)
    return `Webhook ${id} tạm dừng.`
  },
  resume(here, id) {
    resumeWebhook(here, OPERATOR, id)
    return `Webhook ${id} chạy tiếp.`
  },
  remove(here, id) {
    const waiting = removeWebhook(here, OPERATOR, id)
    return `Đã gỡ webhook ${id}; ${formatCount(waiting)} tin đang chờ thôi gửi.`
  },
} as const satisfies Record<string, (here: Installation, id: number) => string>

function write<T>({ db }: Installation, work: () => T): T {
  return db.transaction(work).immediate()
}

function numberOf(what: string, text: string | undefined): number {
  if (text === undefined || !/^[1-9]\d{0,14}$/.test(text)) throw new UsageError(`${what} phải là một số.`)
  return Number(text)
}

async function tellSecret(
  terminal: Terminal,
  { id, secret }: { readonly id: number; readonly secret: string },
): Promise<void> {
  await terminal.out(`${secret}\n`)
  terminal.say(`Khoá ký của webhook ${id}, chỉ in lần này. Hãy đưa cho bên nhận bằng đường an toàn.`)
}

function tellAnswer(terminal: Terminal, answer: Awaited<ReturnType<typeof sendTest>>): void {
  const { taken, status, error } = answer
  terminal.say(
    taken ? `Bên nhận đã nhận (${status}).` : `Bên nhận không nhận: ${[status, error].join(' ').trim()}`,
  )
  if (!taken) terminal.exitCode(1)
}
