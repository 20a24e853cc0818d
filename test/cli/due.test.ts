import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runCli } from '../support/run-cli.ts'

/** Nothing is installed here: `due` answers from what the product ships. */
const NOWHERE = { DATA_DIR: '/nonexistent/motcua' }

const EXAMPLES = [
  { id: 'E1', limit: '3wd', received: '2023-03-06T09:00', due: '2023-03-09' },
  { id: 'E2', limit: '3wd', received: '2023-03-10T10:00', due: '2023-03-15' },
  { id: 'E3', limit: '5wd', received: '2023-01-18T14:00', due: '2023-02-01' },
  { id: 'E4', limit: '3wd', received: '2023-04-27T09:00', due: '2023-05-05' },
  { id: 'E5a', limit: '3wd', received: '2024-04-25T09:00', due: '2024-05-03' },
  { id: 'E5b', limit: '4wd', received: '2024-04-25T09:00', due: '2024-05-04' },
  { id: 'E6', limit: '2wd', received: '2025-04-24T09:00', due: '2025-04-26' },
  { id: 'E7', limit: '10wd', received: '2026-08-20T09:00', due: '2026-09-07' },
  { id: 'E8', limit: '3wd', received: '2026-11-20T09:00', due: '2026-11-26' },
  { id: 'E9a', limit: 'same-day', cutoff: '15:00', received: '2023-03-14T14:20', due: '2023-03-14' },
  { id: 'E9b', limit: 'same-day', cutoff: '15:00', received: '2023-03-14T15:00:00', due: '2023-03-14' },
  { id: 'E9c', limit: 'same-day', cutoff: '15:00', received: '2023-03-17T15:10', due: '2023-03-20' },
  { id: 'E10', limit: '3wd', received: '2023-03-13T08:10', due: '2023-03-16' },
  { id: 'E11', limit: '3wd', received: '2023-03-17T18:30', due: '2023-03-23' },
  { id: 'E12', limit: '3wd', received: '2023-03-18T09:00', attended: true, due: '2023-03-22' },
  { id: 'E13', limit: '30d', received: '2023-03-31T09:00', due: '2023-05-04' },
  { id: 'E14', limit: '1m', received: '2023-01-31T09:00', due: '2023-02-28' },
  { id: 'E14b', limit: '1m', received: '2022-12-01T09:00', due: '2023-01-03' },
  { id: 'E15a', limit: '10wd', received: '2023-02-06T09:00', due: '2023-02-20' },
  { id: 'E15b', limit: '10wd', received: '2023-02-14T09:00', due: '2023-02-28' },
  { id: 'E21', limit: '3wd', received: '2018-12-27T09:00', due: '2019-01-03' },
  { id: 'E22', limit: '5wd', received: '2018-12-27T09:00', due: '2019-01-05' },
  { id: 'E23', limit: '3wd', received: '2025-12-31T09:00', due: '2026-01-07' },
  { id: 'E23b', limit: '6wd', received: '2025-12-31T09:00', due: '2026-01-10' },
  { id: 'E24', limit: '3wd', received: '2026-04-23T09:00', due: '2026-04-29' },
  { id: 'E25', limit: '3wd', cutoff: '15:00', received: '2023-03-09T15:30', due: '2023-03-15' },
  { id: 'E27', limit: '3wd', received: '2022-08-30T09:00', due: '2022-09-06' },
] as const

test('due answers the worked examples as JSON lines, in their order, without any database', async () => {
  const input = EXAMPLES.map(({ due: _, ...question }) => JSON.stringify(question)).join('\n')
  const { code, out, err } = await runCli(['due'], { input, env: NOWHERE })
  const answers = lines(out).map(({ id, due_at }) => [id, due_at])
  assert.deepEqual(
    answers,
    EXAMPLES.map(({ id, due }) => [id, `${due}T17:00:00+07:00`]),
  )
  assert.deepEqual([code, err], [0, ''])
})

test('hours end at the minute; hour_exact reckons 8 hours to the day', async () => {
  const input = [
    '{"limit":"4wh","received":"2023-03-03T10:30"}',
    '{"limit":"3wd","mode":"hour_exact","received":"2023-03-06T07:30:00+07:00"}',
    '{"limit":"3wd","mode":null,"cutoff":null,"attended":null,"received":"2023-03-06T00:30:00Z"}',
  ].join('\r\n')
  const { out } = await runCli(['due'], { input, env: NOWHERE })
  assert.deepEqual(
    lines(out).map(({ due_at }) => due_at),
    ['2023-03-03T16:00:00+07:00', '2023-03-08T17:00:00+07:00', '2023-03-09T17:00:00+07:00'],
  )
})

test('the flag makes no difference inside opening hours', async () => {
  const ask = (attended: boolean) => JSON.stringify({ limit: '3wd', received: '2023-03-17T16:59', attended })
  const { out } = await runCli(['due'], { input: `${ask(true)}\n${ask(false)}\n`, env: NOWHERE })
  const [withFlag, without] = lines(out)
  assert.deepEqual(withFlag, without)
})

test('a wrong line is answered with its refusal, the others all the same, and the exit code is 1', async () => {
  const input = [
    '{"id":1,"limit":"3wd","received":"2023-03-06T09:00"}',
    'garbage',
    '[1]',
    '',
    '{"id":"a","limit":"9xx","received":"2023-03-06T09:00"}',
    '{"id":"b","limit":"3wd"}',
    '{"id":"c","limit":"3wd","received":"2099-03-06T09:00"}',
    '{"id":"d","limit":"3wd","received":"2023-02-30T09:00"}',
    '{"id":"e","limit":"same-day","cutoff":"25:00","received":"2023-03-06T09:00"}',
    '{"id":"f","limit":"3wd","mode":"fast","received":"2023-03-06T09:00"}',
    '{"id":"g","limit":"3wd","attended":"yes","received":"2023-03-06T09:00"}',
    '{"id":"h","procedure":"9.999999","received":"2023-03-06T09:00"}',
    '{"id":"i","limit":3,"received":"2023-03-06T09:00"}',
    '{"id":2,"limit":"3wd","received":"2023-03-06T09:00"}',
  ].join('\n')
  const { code, out } = await runCli(['due'], { input, env: NOWHERE })
  const answers = lines(out)
  assert.equal(code, 1)
  assert.deepEqual(
    answers.map(({ id, error, due_at }) => [id, error ?? due_at]),
    [
      [1, '2023-03-09T17:00:00+07:00'],
      [null, 'invalid_json_line'],
      [null, 'invalid_json_line'],
      ['a', 'invalid_limit'],
      ['b', 'invalid_instant'],
      ['c', 'calendar_year_missing'],
      ['d', 'invalid_instant'],
      ['e', 'invalid_time'],
      ['f', 'invalid_mode'],
      ['g', 'invalid_attended'],
      ['h', 'unknown_procedure'],
      ['i', 'invalid_limit'],
      [2, '2023-03-09T17:00:00+07:00'],
    ],
  )
  for (const { error, detail } of answers) if (error !== undefined) assert.match(String(detail), /Hãy|phải/)
})

test('one question on the command line: a limit, or the code of a procedure', async () => {
  const received = ['--received', '2023-03-17T15:10']
  const ask = async (...args: string[]) =>
    lines((await runCli(['due', ...args, ...received], { env: NOWHERE })).out)[0]
  const byLimit = await ask('--limit', 'same-day', '--cutoff', '15:00', '--attended')
  assert.deepEqual(byLimit, {
    due_at: '2023-03-20T17:00:00+07:00',
    receipt_day: '2023-03-20',
    strip: [{ date: '2023-03-20', kind: 'counted' }],
  })
  assert.deepEqual(await ask('1.001193'), byLimit)
  assert.equal((await ask('3wd'))?.due_at, '2023-03-22T17:00:00+07:00')
})

test('a due date in a year not decided yet is marked', async () => {
  const { out } = await runCli(['due', '3wd', '--received', '2028-03-06T09:00'], { env: NOWHERE })
  assert.equal(lines(out)[0]?.provisional, true)
})

test('a wrong command line ends with 2 and the usage, a refusal with 1 and its sentence', async () => {
  const usage = [
    ['due', '--limit'],
    ['due', '--bogus'],
    ['due', '3wd'],
    ['due', '3wd', '1.001193', '--received', '2023-03-06T09:00'],
    ['due', '--received', '2023-03-06T09:00'],
    ['due', '1.001193', '--limit', '3wd', '--received', '2023-03-06T09:00'],
  ]
  for (const args of usage) {
    const { code, out, err } = await runCli(args, { env: NOWHERE })
    assert.deepEqual([code, out], [2, ''], args.join(' '))
    assert.match(err, /motcua due \(MÃ_THỦ_TỤC/)
  }
  const refused = await runCli(['due', '9.9', '--received', '2023-03-06T09:00'], { env: NOWHERE })
  assert.deepEqual([refused.code, refused.out], [1, ''])
  assert.match(refused.err, /^Không có thủ tục mã “9\.9”/)
})

function lines(out: string): Record<string, unknown>[] {
  return out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
}
