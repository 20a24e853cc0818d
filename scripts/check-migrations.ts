import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'

const MIGRATIONS = 'db/migrations'

/** The migrations are those of the schema, and every table keeps what drizzle-kit cannot say: STRICT, WITHOUT ROWID. */
const problems = [...notGenerated(), ...notStrict()]
for (const problem of problems) console.error(problem)
process.exitCode = problems.length > 0 ? 1 : 0

/** Generates into a copy: nothing new may come of it. */
function notGenerated(): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'motcua-migrations-'))
  try {
    cpSync(MIGRATIONS, folder, { recursive: true })
    // drizzle-kit takes an absolute path for one below the working directory.
    const out = relative(process.cwd(), folder)
    const options = ['generate', '--dialect', 'sqlite', '--schema', './db/schema/*.ts', '--out', out]
    execFileSync('node_modules/.bin/drizzle-kit', options, { stdio: 'pipe' })
    const known = new Set(sqlFiles(MIGRATIONS))
    return sqlFiles(folder)
      .filter((file) => !known.has(file))
      .map(
        (file) => `The schema has changed without a migration:\n${readFileSync(join(folder, file), 'utf8')}`,
      )
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function notStrict(): readonly string[] {
  return sqlFiles(MIGRATIONS).flatMap((file) => {
    const text = readFileSync(join(MIGRATIONS, file), 'utf8')
    const tables = text.matchAll(/CREATE TABLE `(\w+)` \(([\s\S]*?)\n\)(.*);/g)
    return [...tables].flatMap(([, name, columns = '', ending = '']) => {
      const wanted = /^\s*PRIMARY KEY\(/m.test(columns) ? ' STRICT, WITHOUT ROWID' : ' STRICT'
      return ending === wanted ? [] : [`${file}: table ${name} must end with “)${wanted};”`]
    })
  })
}

function sqlFiles(folder: string): readonly string[] {
  return readdirSync(folder).filter((file) => file.endsWith('.sql'))
}
