import { catalogueOf } from '../../../src/catalogue/catalogue.ts'
import { fixedClock } from '../../../src/clock.ts'
import type { Deps } from '../../../src/deps.ts'
import { closingAt } from '../../../src/domain/calendar/calendar.ts'
import { localDayOf } from '../../../src/domain/calendar/day.ts'
import { actOnDossier } from '../../../src/dossiers/act-on-dossier.ts'
import { type IntakeInput, logDossier } from '../../../src/dossiers/log-dossier.ts'
import { type Desk, demoDesk } from './desk.ts'
import { stories } from './stories.ts'
import type { Story, StoryAct } from './story.ts'
import { storySetting } from './story-setting.ts'

export interface DemoSpan {
  /** First and last day on which dossiers arrive. */
  readonly from: string
  readonly to: string
  /** Acts recorded at or after this instant have not happened yet. */
  readonly until: number
}

/** Acts stored in one transaction. */
const ACTS_PER_TRANSACTION = 2_000

interface Moment {
  readonly story: Story
  readonly index: number
  readonly recordedAt: number
}

/**
 * Plays every story through the operations of the counter, in the order in which things were recorded, so that
 * codes, timelines and slips are those a working installation would have. The day cells are left alone:
 * rebuild them afterwards, once.
 */
export function loadDemo(
  deps: Omit<Deps, 'clock'>,
  span: DemoSpan,
  onProgress: (done: number, total: number) => void = () => {},
): { readonly dossiers: number; readonly acts: number } {
  const catalogue = catalogueOf(deps.db)
  const all = [...stories({ ...storySetting(catalogue), ...span })]
  const moments = all.flatMap((story) =>
    story.acts.map((act, index): Moment => ({ story, index, recordedAt: recordedAt(act) })),
  )
  moments.sort((a, b) => a.recordedAt - b.recordedAt || a.story.ref - b.story.ref || a.index - b.index)
  const desk = demoDesk(catalogue)
  const clock = fixedClock(0)
  const ids = new Map<number, number>()
  const play = deps.db.transaction((part: readonly Moment[]) => {
    for (const { story, index, recordedAt } of part) {
      clock.set(recordedAt)
      const id = playAct({ ...deps, clock }, desk, story, index, ids.get(story.ref))
      ids.set(story.ref, id)
    }
  })
  for (let done = 0; done < moments.length; done += ACTS_PER_TRANSACTION) {
    play.immediate(moments.slice(done, done + ACTS_PER_TRANSACTION))
    onProgress(Math.min(done + ACTS_PER_TRANSACTION, moments.length), moments.length)
  }
  return { dossiers: ids.size, acts: moments.length }
}

function playAct(deps: Deps, desk: Desk, story: Story, index: number, id: number | undefined): number {
  const act = story.acts[index]!
  const actor = desk.actor(story, act)
  if (id === undefined) return logDossier(deps, actor, intakeOf(desk, story, act)).id
  const { newAppointmentOn, actorRole: _, recordedAt: __, act: name, ...given } = act
  if (name === 'submit') throw new Error(`story ${story.ref}: submitted twice`)
  actOnDossier(deps, actor, id, {
    ...given,
    act: name,
    ...(newAppointmentOn !== undefined && { appointmentAt: appointment(deps, newAppointmentOn) }),
    ...(name === 'finish' && { eResult: story.eResult }),
  })
  return id
}

function intakeOf(desk: Desk, story: Story, act: StoryAct): IntakeInput {
  if (!opens(act.act)) throw new Error(`story ${story.ref} begins with ${act.act}`)
  const returned = story.acts.find((each) => each.returnMode !== undefined)
  return {
    act: act.act,
    at: act.at,
    unit: story.receivingUnit,
    resolvingUnit: story.unit,
    procedure: story.procedure,
    channel: story.channel,
    applicant: story.applicant,
    papers: desk.papers(story, localDayOf(act.at)),
    quantity: story.quantity,
    fee: story.fee,
    feePayment: feePaymentOf(story),
    returnMode: returned?.returnMode ?? (story.channel === 'postal' ? 'postal' : 'counter'),
    assisted: story.assisted,
    digitised: story.digitised,
    assignee: desk.assignee(story),
    outcome: act.outcome,
    reason: act.reason,
  }
}

type Opening = IntakeInput['act']

function opens(act: StoryAct['act']): act is Opening {
  return act === 'submit' || act === 'accept' || act === 'resolve_at_once' || act === 'refuse_intake'
}

/** Paid through the portal, in cash at the counter, or not yet: asked for later, or on the result. */
function feePaymentOf({ fee, paidOnline, submittedAt, acts }: Story): IntakeInput['feePayment'] {
  if (paidOnline) return 'online'
  const askedLater = acts.some(({ act }) => act === 'request_payment')
  return fee > 0 && submittedAt === null && !askedLater ? 'cash' : undefined
}

function appointment({ db }: Deps, day: string): number {
  return closingAt(catalogueOf(db).calendar(null), day)
}

function recordedAt(act: StoryAct): number {
  return act.recordedAt ?? act.at
}
