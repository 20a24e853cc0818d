import { readSetting, removeSetting, upsertSetting } from '../../db/queries/settings.ts'
import { must } from '../accounts/access.ts'
import { requireSecondFactor } from '../accounts/require-second-factor.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { Actor, Deps } from '../deps.ts'
import { RuleError } from '../domain/refusals.ts'
import type { Typed } from '../web/forms.ts'
import { isHour } from './setting-value.ts'
import { SETTINGS, type Setting, type SettingName } from './settings.ts'

type SetDeps = Pick<Deps, 'db' | 'clock'>

/** Sets what was typed (`value`, or a field a part); says whether anything changed. Run it inside a write. */
export function changeSetting(deps: SetDeps, actor: Actor, name: SettingName, typed: Typed): boolean {
  must(actor, 'settings')
  const { db } = deps
  const before = readSetting(db, name)
  const value = kept(SETTINGS[name], before, typedValue(SETTINGS[name], typed))
  if (JSON.stringify(before) === JSON.stringify(value)) return false
  if (name === 'administrators_need_second_factor') requireSecondFactor(deps, actor, value === true)
  else {
    upsertSetting(db, name, value)
    tell(deps, actor, name, value)
  }
  return true
}

/** Back to what the product comes with. Run it inside a write. */
export function resetSetting(deps: SetDeps, actor: Actor, name: SettingName): boolean {
  must(actor, 'settings')
  if (!removeSetting(deps.db, name)) return false
  tell(deps, actor, name, 'default')
  return true
}

function tell(deps: SetDeps, { officerId }: Actor, setting: SettingName, value: unknown): void {
  const told = typeof value === 'object' ? JSON.stringify(value) : (value as string | number | boolean)
  recordAudit(deps, { kind: 'setting_changed', actorId: officerId, data: { setting, value: told } })
}

/** The value meant; throws `setting_out_of_bounds` with what may be typed. */
function typedValue(setting: Setting, typed: Typed): unknown {
  const text = typed['value'] ?? ''
  if (setting.kind === 'flag') return text === '1'
  if (setting.kind === 'whole') return wholeIn(setting.label, text, setting.least, setting.most)
  if (setting.kind === 'percents') {
    const parts = Object.entries(setting.parts)
    return Object.fromEntries(parts.map(([part, { label }]) => [part, percentIn(label, typed[part] ?? '')]))
  }
  if (!isHour(text) || text < setting.least || text > setting.most)
    throw new RuleError('setting_out_of_bounds', {
      label: setting.label,
      value: text,
      least: setting.least,
      most: setting.most,
    })
  return text
}

function wholeIn(label: string, text: string, least: number, most: number): number {
  const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
  if (!(number >= least && number <= most))
    throw new RuleError('setting_out_of_bounds', { label, value: text, least, most: `${most}, số nguyên` })
  return number
}

/** A percentage as it is written, `70,54`. */
function percentIn(label: string, text: string): number {
  const number = /^\d{1,3}([.,]\d{1,2})?$/.test(text) ? Number(text.replace(',', '.')) : Number.NaN
  if (!(number <= 100))
    throw new RuleError('setting_out_of_bounds', {
      ...{ label, value: text, least: 0 },
      most: '100, nhiều nhất hai chữ số sau dấu phẩy',
    })
  return number
}

/** Terms set for single procedures stay beside a new one for all others. */
function kept(setting: Setting, before: unknown, value: unknown): unknown {
  const isByProcedure = 'byProcedure' in setting && typeof before === 'object' && before !== null
  return isByProcedure ? { ...before, default: value } : value
}
