import { PERMISSIONS } from '../accounts/access.ts'
import { issueToken, LONGEST_DAYS, TOKEN_SCOPES, USUAL_DAYS } from '../accounts/issue-token.ts'
import { revokeToken } from '../accounts/revoke-token.ts'
import { SYSTEM_OPERATOR } from '../deps.ts'
import { command, noMoreThan, oneOf, UsageError } from './command.ts'
import { withInstallation } from './installation-here.ts'
import { terminalTable } from './terminal-table.ts'
import { tokenJson, tokenTable } from './token-tables.ts'
import { given, listIn, write } from './user-acts.ts'

export const token = command({
  usage: `motcua token list [--json]
motcua token issue TÊN --label NƠI_DÙNG --scopes VIỆC,VIỆC [--days ${USUAL_DAYS}]
motcua token revoke SỐ
motcua token scopes

Khoá API của phần mềm kết nối (docs/accounts.md). Tạo phần mềm: motcua user create --client …

  list       các phần mềm và khoá của chúng
  issue      cấp khoá; in khoá, chỉ một lần
  revoke     thu hồi: khoá không dùng được từ lúc này
  scopes     những việc có thể cấp
  --days     thời hạn, từ 1 đến ${LONGEST_DAYS} ngày`,
  options: {
    json: { type: 'boolean', default: false },
    label: { type: 'string' },
    scopes: { type: 'string', default: '' },
    days: { type: 'string', default: String(USUAL_DAYS) },
  },
  async run({ values, positionals: [word = '', which, ...rest] }, terminal) {
    const action = oneOf('Việc', word, ['list', 'issue', 'revoke', 'scopes'])
    noMoreThan(0, rest)
    if (action === 'scopes') return terminal.out(scopeTable())
    await withInstallation(async (here) => {
      if (action === 'list') return terminal.out(values.json ? tokenJson(here) : tokenTable(here))
      if (action === 'revoke') {
        const id = numberOf('Số của khoá', which)
        write(here, () => revokeToken(here, SYSTEM_OPERATOR, id))
        return terminal.say(`Khoá số ${id} không dùng được nữa.`)
      }
      const username = given(which, 'Thiếu tên tài khoản của phần mềm.')
      const label = given(values.label, 'Thiếu --label.')
      const order = { label, scopes: listIn(values.scopes), days: numberOf('--days', values.days) }
      const { id, secret } = write(here, () => issueToken(here, SYSTEM_OPERATOR, username, order))
      await terminal.out(`${secret}\n`)
      terminal.say(`Khoá số ${id} của “${username}”, chỉ in lần này, dùng được ${order.days} ngày.`)
    })
  },
})

function scopeTable(): string {
  return terminalTable(
    [
      { head: 'Việc', align: 'left', cell: (scope) => scope },
      { head: 'Nghĩa', align: 'left', cell: (scope) => PERMISSIONS[scope].label },
    ],
    TOKEN_SCOPES,
  )
}

function numberOf(what: string, text: string | undefined): number {
  if (text === undefined || !/^\d{1,15}$/.test(text)) throw new UsageError(`${what} phải là một số.`)
  return Number(text)
}
