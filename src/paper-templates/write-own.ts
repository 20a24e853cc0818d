import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { RuleError } from '../domain/refusals.ts'
import { syncFolder, writeDurably } from '../durable-file.ts'
import { textHash } from './template-state.ts'

/**
 * Puts a template of our own in force, `null` the shipped one again; on disk when it returns. What was there stays beside
 * it under another name. Throws `template_not_written`.
 */
export function writeOwn(templatesDir: string, name: string, text: string | null): void {
  const file = join(templatesDir, `${name}.typ`)
  try {
    mkdirSync(templatesDir, { recursive: true, mode: 0o700 })
    keepFormer(file)
    if (text === null) {
      rmSync(file, { force: true })
      syncFolder(templatesDir)
    } else writeDurably(file, text)
  } catch (error) {
    throw new RuleError('template_not_written', { dir: templatesDir, why: (error as Error).message })
  }
}

/** `receipt-slip.typ.1a2b3c4d.cu`: the same text is kept once. */
function keepFormer(file: string): void {
  if (!existsSync(file)) return
  copyFileSync(file, `${file}.${textHash(readFileSync(file, 'utf8')).slice(0, 8)}.cu`)
}
