import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { SWAP } from '../support/new-year-2026.ts'
import { runCli } from '../support/run-cli.ts'
import { tempInstallation } from '../support/temp-installation.ts'

test('a decision in a file is previewed, recorded, listed and undone from a terminal', async () => {
  const installation = tempInstallation('2025-12-24T08:00')
  try {
    const { env, config, db } = installation
    db.exec(`UPDATE calendar_days SET removed_in = 1 WHERE date IN ('2026-01-02', '2026-01-10')`)
    const file = join(config.dataDir, 'quyet-dinh.json')
    const run = (...args: string[]) => runCli(['calendar', ...args], { env })
    writeFileSync(file, JSON.stringify(SWAP))
    const preview = await run('preview', file, '--csv')
    assert.deepEqual(
      [preview.code, preview.out],
      [0, 'effect,code,unit,due_before,due_after\r\n'],
      preview.err,
    )
    assert.match(preview.err, /0 hồ sơ chuyển hạn/)
    assert.match((await run('list')).err, /Chưa ghi quyết định nào/)
    const recorded = await run('record', file)
    assert.match(recorded.out, /^1\tCông văn 12729\/VPCP-KGVX ngày 25\/12\/2025\t/)
    const twice = await run('record', file)
    assert.deepEqual([twice.code, twice.out], [1, ''])
    assert.match(twice.err, /đã được ghi/)
    assert.match((await run('undo', '1')).out, /hoàn tác/)
    writeFileSync(file, JSON.stringify({ ...SWAP, documentOn: '25/12/2025' }))
    const wrong = await run('record', file)
    assert.equal(wrong.code, 1)
    assert.match(wrong.err, /documentOn/)
    assert.equal((await run('record', join(config.dataDir, 'khong-co.json'))).code, 1)
    assert.equal((await run('undo', 'x')).code, 2)
    assert.equal((await run('nothing')).code, 2)
  } finally {
    installation.close()
  }
})
