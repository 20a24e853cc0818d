import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deskOf } from '../support/desk.ts'
import { everyState } from '../support/every-state.ts'
import { pageApp, textOf } from '../support/page-app.ts'
import { OFFICER } from '../support/signed-in.ts'
import { testInstallation } from '../support/test-installation.ts'

const SAYS: Readonly<Record<string, RegExp>> = {
  accepted: /đang được giải quyết tại Ủy ban nhân dân xã Ngọc Kỳ, hẹn trả thứ Năm 09\/03\/2023/,
  processing: /đang được giải quyết tại Ủy ban nhân dân xã Ngọc Kỳ, hẹn trả thứ Năm 09\/03\/2023/,
  awaiting_supplement: /đang chờ bổ sung giấy tờ .* Ngày hẹn trả được tính lại/,
  awaiting_payment: /đang chờ thực hiện nghĩa vụ tài chính/,
  withdrawn: /đã được rút theo đề nghị của người nộp thứ Ba 07\/03\/2023/,
  stopped: /đã dừng giải quyết thứ Ba 07\/03\/2023/,
  result_ready: /đã có kết quả thứ Ba 07\/03\/2023\. Mời ông\/bà đến Bộ phận Tiếp nhận và Trả kết quả/,
  returned: /Kết quả hồ sơ của ông\/bà đã được trả thứ Ba 07\/03\/2023/,
  voided: /Mã hồ sơ này không còn hiệu lực/,
}

async function citizenAt(installation = testInstallation()) {
  const app = await pageApp(installation)
  const ask = (code: string) =>
    app.inject({ url: `/tra-cuu?${new URLSearchParams({ ma: code })}`, headers: { [OFFICER]: 'nobody' } })
  return { installation, app, ask }
}

test('without signing in a citizen reads how far a dossier is, and neither whose it is nor about what', async () => {
  const { installation, ask } = await citizenAt()
  const dossiers = Object.entries(everyState(installation)).filter(([, { code }]) => code !== null)
  assert.deepEqual(dossiers.map(([state]) => state).sort(), Object.keys(SAYS).sort())
  for (const [state, { code }] of dossiers) {
    const { statusCode, body } = await ask(code!)
    assert.equal(statusCode, 200, state)
    assert.match(textOf(body), SAYS[state]!, state)
    assert.doesNotMatch(body, /Nguyễn Văn Mẫu|tình trạng hôn nhân|1\.004873|Theo quy định/, state)
  }
})

test('the steps, and while it is open the day strip, follow the sentence', async () => {
  const { installation, ask } = await citizenAt()
  const { result_ready, processing, stopped } = everyState(installation)
  const ready = (await ask(result_ready!.code!)).body
  assert.match(
    textOf(ready),
    /Tiếp nhận 06\/03\/2023 .*Giải quyết 07\/03\/2023 3 Có kết quả 07\/03\/2023 4 Trả kết quả/,
  )
  assert.match(ready, /<li class="now" aria-current="step">/)
  assert.doesNotMatch(ready, /class="strip"/)
  assert.match((await ask(processing!.code!)).body, /class="strip"/)
  assert.doesNotMatch((await ask(stopped!.code!)).body, /look-up-steps/)
})

test('a dossier that is late says so, and a new appointment is told as one', async () => {
  const { installation, ask } = await citizenAt()
  const desk = deskOf(installation)
  const { code, id } = desk.log()
  desk.act({ id }, 'apologise', { appointmentAt: '2023-03-13T17:00' })
  assert.match(textOf((await ask(code!)).body), /hẹn lại thứ Hai 13\/03\/2023/)
  installation.at('2023-03-14T09:00')
  assert.match(
    textOf((await ask(code!)).body),
    /đã quá ngày hẹn trả thứ Hai 13\/03\/2023\. Xin ông\/bà liên hệ/,
  )
})

test('only a whole code finds anything, however it is written', async () => {
  const { installation, ask } = await citizenAt()
  const { code } = deskOf(installation).log()
  assert.equal((await ask(` ${code!.toLowerCase()} `)).statusCode, 200)
  for (const part of [code!.slice(0, -1), code!.slice(-4), '1', 'so-1', '%', "' OR 1=1"]) {
    const { statusCode, body } = await ask(part)
    assert.equal(statusCode, 404, part)
    assert.match(textOf(body), /Không có hồ sơ mang mã này\. Hãy nhập đủ mã/)
  }
  assert.equal((await ask('')).statusCode, 200)
})
