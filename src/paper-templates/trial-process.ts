import { writeFileSync } from 'node:fs'
import { RuleError } from '../domain/refusals.ts'
import type { PaperData, PaperTemplate } from '../paper/paper-data.ts'
import { sampleOf } from '../paper/paper-templates.ts'
import { renderPaper } from '../paper/render-paper.ts'
import type { Trial, TrialOutcome } from './try-template.ts'

try {
  // Where memory runs out, Linux ends this process first and not the service.
  writeFileSync('/proc/self/oom_score_adj', '1000')
} catch {
  // Another system, or one that does not let us say so.
}

process.once('message', async (trial) => {
  const outcome = await outcomeOf(trial as Trial)
  process.send?.(outcome, () => process.exit())
})

async function outcomeOf({ papers, templatesDir, typed }: Trial): Promise<TrialOutcome> {
  try {
    const pdfs: Buffer[] = []
    for (const paper of papers) pdfs.push(await renderPaper(paper, sample(paper), { templatesDir, typed }))
    return { pdf: pdfs[0]! }
  } catch (error) {
    if (!(error instanceof RuleError) || error.code !== 'broken_template') throw error
    return { broken: error.params as Extract<TrialOutcome, { broken: unknown }>['broken'] }
  }
}

function sample<T extends PaperTemplate>(paper: T): PaperData[T] {
  return JSON.parse(sampleOf(paper) as string) as PaperData[T]
}
