import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { conversionParts } from './conversions-page.ts'
import { definitionTables } from './definition-tables.ts'
import { errorsPage } from './errors-page.ts'
import { fillMarks } from './markdown.ts'
import { rulesParts } from './rules-page.ts'

const DOCS = join(import.meta.dirname, '..')

/** Every page that is generated, wholly or in part, by its name in docs/; a test compares them with the files. */
export function generatePages(): ReadonlyMap<string, string> {
  return new Map([
    ['errors.md', errorsPage()],
    ['conversions.md', fillMarks(readPage('conversions.md'), conversionParts())],
    ['definitions.md', fillMarks(readPage('definitions.md'), definitionTables())],
    ['rules.md', fillMarks(readPage('rules.md'), rulesParts())],
  ])
}

function readPage(name: string): string {
  return readFileSync(join(DOCS, name), 'utf8')
}

if (process.argv[1] === import.meta.filename) {
  for (const [name, text] of generatePages()) writeFileSync(join(DOCS, name), text)
  console.error(
    'wrote docs/errors.md, the tables of docs/conversions.md and docs/definitions.md and the operators of docs/rules.md',
  )
}
