import {
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { removeBytes, storedAs, storedHashes } from '../documents/document-store.ts'
import { RuleError } from '../domain/refusals.ts'
import { flush } from './backup-file.ts'
import { inWords } from './disk-words.ts'
import { fileHash } from './file-hash.ts'
import type { SecondPlace } from './second-place.ts'

/** A folder on another disk or a mounted share. It must exist: a disk that is not mounted is never made up for. */
export function folderPlace(folder: string): SecondPlace {
  return {
    async list() {
      return reached(folder, () => readdirSync(folder))
    },
    async put(file, name) {
      reached(folder, () => copyWhole(file, join(folder, name)))
    },
    async hash(name) {
      return reached(folder, () => fileHash(join(folder, name)))
    },
    async get(name, file) {
      reached(folder, () => copyWhole(join(folder, name), file))
    },
    async remove(name) {
      reached(folder, () => rmSync(join(folder, name), { force: true }))
    },
    async putFiles(store, from) {
      reached(folder, () => copyFiles(from, join(folder, store)))
    },
    async getFiles(store, to) {
      reached(folder, () => copyFiles(join(folder, store), to))
    },
    async removeFiles(store, hashes) {
      reached(folder, () => {
        for (const sha256 of hashes) removeBytes(join(folder, store), sha256)
      })
    },
  }
}

function reached<T>(folder: string, work: () => T): T {
  if (!existsSync(folder)) throw new RuleError('second_place_gone', { place: folder })
  try {
    return work()
  } catch (error) {
    throw inWords(error, folder)
  }
}

/** The name appears when the content is on disk. */
function copyWhole(file: string, to: string): void {
  const part = `${to}.part`
  try {
    copyFileSync(file, part, constants.COPYFILE_FICLONE)
    flush(part)
    renameSync(part, to)
  } finally {
    rmSync(part, { force: true })
  }
}

function copyFiles(from: string, to: string): void {
  for (const name of storedHashes(from)) {
    const source = join(from, storedAs(name))
    const target = join(to, storedAs(name))
    if (existsSync(target) && statSync(target).size === statSync(source).size) continue
    mkdirSync(dirname(target), { recursive: true })
    copyWhole(source, target)
    if (fileHash(target) === name) continue
    rmSync(target)
    throw new RuleError('damaged_copy', { file: target, problem: 'sai mã SHA-256' })
  }
}
