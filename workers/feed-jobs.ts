import type { RunResult } from '../db/queries/job-ledger.ts'
import { readFeedKey } from '../src/feed/feed-keys.ts'
import { feedUpward } from '../src/feed/feed-upward.ts'
import { heldByChild } from '../src/feed/held.ts'
import { answerQueue, FEED_QUEUE } from '../src/jobs.ts'
import type { JobDeps } from './job-deps.ts'

/** Of a child: sends what waits. */
export async function sendUpward(deps: JobDeps): Promise<RunResult> {
  const { feedUrl, feedInstallation, feedKeyFile } = deps.config
  if (feedUrl === null || feedInstallation === null)
    return { rows: 0, checksum: null, detail: 'Không đặt FEED_URL.' }
  const key = readFeedKey(feedKeyFile)
  const { addParcels, withQueue } = await queues()
  const rows = await withQueue(feedUrl, FEED_QUEUE, (queue) =>
    feedUpward(deps, {
      installation: feedInstallation,
      key,
      send: (parcels) => addParcels(queue, parcels),
    }),
  )
  return { rows, checksum: null }
}

/** Of a parent: tells every child what is asked of it and what is held. */
export async function tellHeld(deps: JobDeps): Promise<RunResult> {
  const { feedReceiveUrl: url } = deps.config
  if (url === null) return { rows: 0, checksum: null, detail: 'Không đặt FEED_RECEIVE_URL.' }
  const { addAnswer, withQueue } = await queues()
  const told = heldByChild(deps.db)
  for (const [installation, held] of told)
    await withQueue(url, answerQueue(installation), (queue) => addAnswer(queue, 'held', held))
  return { rows: told.size, checksum: null }
}

/** BullMQ, loaded by those who feed each other only. */
const queues = () => import('./feed-queues.ts')
