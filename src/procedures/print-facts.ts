import { clockTime } from '../domain/calendar/clock-time.ts'
import { CHOICES, type Paper, type Step, type VersionFacts } from './facts.ts'

/** The facts as cells that `readFacts` reads back. */
export function printFacts(facts: VersionFacts): Readonly<Record<keyof VersionFacts, string>> {
  const { mode, lateness, onlineMode, onlineLevel, cutoffMinute, fee, extensionDays } = facts
  return {
    limit: facts.limit,
    cutoffMinute: cutoffMinute === null ? '' : clockTime(cutoffMinute),
    mode: CHOICES.mode[mode],
    lateness: CHOICES.lateness[lateness],
    onlineLevel: String(onlineLevel ?? ''),
    onlineMode: onlineMode === null ? '' : CHOICES.onlineMode[onlineMode],
    fee: String(fee),
    feeNote: facts.feeNote ?? '',
    instant: yesOrNo(facts.instant),
    supplementPolicy: CHOICES.supplementPolicy[facts.supplementPolicy],
    paymentPolicy: CHOICES.paymentPolicy[facts.paymentPolicy],
    verificationPolicy: CHOICES.verificationPolicy[facts.verificationPolicy],
    consultationPolicy: CHOICES.consultationPolicy[facts.consultationPolicy],
    extensionDays: String(extensionDays ?? ''),
    publicationDecision: facts.publicationDecision ?? '',
    verified: yesOrNo(facts.verified),
    source: facts.source,
    components: facts.components.map(paperLine).join('\n'),
    steps: facts.steps.map(stepLine).join('\n'),
  }
}

export function yesOrNo(value: boolean): string {
  return value ? 'có' : 'không'
}

function paperLine({ name, original, copies, required }: Paper): string {
  return [name, original ? 'bản chính' : 'bản sao', copies, required ? 'bắt buộc' : 'không bắt buộc'].join(
    ' | ',
  )
}

function stepLine({ name, actor, limitText }: Step): string {
  return [name, actor, ...(limitText === null ? [] : [limitText])].join(' | ')
}
