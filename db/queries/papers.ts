import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'

export interface Paper {
  readonly name: string
  readonly form: 'original' | 'copy' | 'electronic'
  readonly copies: number
  readonly digitised: boolean
}

export function addPapers(db: Db, dossierId: number, papers: readonly Paper[]): void {
  const insert = prepared(
    db,
    'INSERT INTO dossier_papers (dossier_id, position, name, form, copies, digitised) VALUES (?, ?, ?, ?, ?, ?)',
  )
  papers.forEach((paper, index) => {
    insert.run(dossierId, index + 1, paper.name, paper.form, paper.copies, paper.digitised ? 1 : 0)
  })
}

export function replacePapers(db: Db, dossierId: number, papers: readonly Paper[]): void {
  prepared(db, 'DELETE FROM dossier_papers WHERE dossier_id = ?').run(dossierId)
  addPapers(db, dossierId, papers)
}

export function papersOf(db: Db, dossierId: number): readonly Paper[] {
  return prepared<Omit<Paper, 'digitised'> & { digitised: number }>(
    db,
    'SELECT name, form, copies, digitised FROM dossier_papers WHERE dossier_id = ? ORDER BY position',
  )
    .all(dossierId)
    .map((row) => ({ ...row, digitised: row.digitised === 1 }))
}
