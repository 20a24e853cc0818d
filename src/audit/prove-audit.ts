import type { Db } from '../../db/open.ts'
import type { Vault } from '../vault.ts'
import { type Proof, proveChain } from './prove-chain.ts'
import { brokenRoot } from './prove-roots.ts'
import { brokenSeal } from './root-seal.ts'
import { missingRoot } from './roots-file.ts'

/** Everything there is to prove, with the key and the file of the roots: the chain, its roots, their seals. */
export function proveAudit(db: Db, { vault, file }: { readonly vault: Vault; readonly file: string }): Proof {
  const { through, problem } = proveChain(db)
  return { through, problem: problem ?? brokenRoot(db) ?? brokenSeal(db, vault) ?? missingRoot(db, file) }
}
