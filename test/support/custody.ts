import { type HandOverRow, handOversOf } from '../../db/queries/hand-overs.ts'
import { catalogueOf } from '../../src/catalogue/catalogue.ts'
import { type HandOverInput, handOver } from '../../src/custody/hand-over.ts'
import { recallFolders } from '../../src/custody/recall-folders.ts'
import { type ReceiptInput, receiveFolders } from '../../src/custody/receive-folders.ts'
import type { Actor } from '../../src/deps.ts'
import type { TestInstallation } from './test-installation.ts'

/** An officer as whoever acts, in the role of their first post. */
export function officerAs({ db }: TestInstallation, key: string): Actor {
  const officer = catalogueOf(db).officerByKey.get(key)
  if (officer === undefined) throw new Error(`no officer ${key}`)
  const roles = officer.memberships.map(({ role }) => role)
  return { officerId: officer.id, role: roles[0]!, roles }
}

/** Paper folders moved by one officer: each call is one write, undone when it is refused. */
export function foldersOfOfficer(installation: TestInstallation, key: string) {
  const actor = officerAs(installation, key)
  const write = <T>(work: () => T): T => installation.db.transaction(work).immediate()
  return {
    actor,
    send: (input: HandOverInput): HandOverRow => write(() => handOver(installation, actor, input)),
    receive: (input: ReceiptInput) => write(() => receiveFolders(installation, actor, input)),
    recall: (sheet: HandOverRow, dossierId: number | null = null) =>
      write(() => recallFolders(installation, actor, sheet, dossierId)),
  }
}

/** The sheet with this place from the newest one. */
export function sheetsOf({ db }: TestInstallation) {
  return handOversOf(db, null, 1000)
}
