// Which tests there are, and which of them `npm test` runs.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What test/choose.mjs has chosen: {covers, files}. */
export const FIRST = join('test', 'first.json')

/** The test files below a folder, relative to the root. */
export function testsIn(folder) {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true })
    .filter((name) => /\.test\.tsx?$/.test(name) && !name.includes('node_modules'))
    .sort()
    .map((name) => join(folder, name))
}

/** Those that need a database, a process or a browser. */
export const heavyTests = () =>
  ['api', 'contract', 'start', 'ui', 'attack'].flatMap((name) => testsIn(join('test', name)))

/** Of those the ones that `npm test` runs. */
export const firstTests = () =>
  new Set(JSON.parse(readFileSync(FIRST, 'utf8')).files.map((file) => join(file)))
