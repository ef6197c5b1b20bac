import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import type { Definition, DefinitionSet } from '../../../engine/model/compiled.ts'
import { KIND_NAMES } from '../../../engine/model/definition-set.ts'
import { exportDefinitions, exportManifest } from '../../../engine/model/export.ts'
import { writeFolder } from '../../../engine/model/write-folder.ts'
import { readTemplate } from '../../../engine/templates/read-template.ts'
import { templateCandidate } from '../../../engine/templates/template-candidate.ts'
import { fullRegistry } from '../../support/model-world.ts'
import { scratchFolder } from '../../support/scratch.ts'

const SALES = join(import.meta.dirname, '../../../seeds/sales')

/** Of the kinds that the sales template has none of. */
const MORE: readonly object[] = [
  {
    kind: 'validation',
    name: 'named',
    entity: 'account',
    must: { '!=': [{ var: 'name' }, 'x'] },
    problem: { message: { en: 'Give it a name.', 'zh-CN': '请填写名称。' } },
  },
  { kind: 'setting', name: 'week_start', value: 1 },
  { kind: 'translation', name: 'french', language: 'fr', texts: { 'entity/account': 'Compte' } },
]

describe('definitions on their way into files and back', () => {
  const registry = fullRegistry()
  const place = scratchFolder('round-trip')

  const written = (folder: string, definitions: DefinitionSet): Readonly<Record<string, string>> => {
    writeFolder(folder, exportDefinitions(definitions, registry), exportManifest('work', 1))
    const files = readdirSync(join(folder, 'definitions'), { recursive: true, encoding: 'utf8' })
    return Object.fromEntries(
      files
        .filter((file) => file.endsWith('.json'))
        .sort()
        .map((file) => [file, readFileSync(join(folder, 'definitions', file), 'utf8')]),
    )
  }

  it('are of every kind, and the same to the byte', () => {
    const sales = readTemplate(SALES)
    const more = MORE.map((definition) => {
      const { kind, name } = definition as Definition
      return { kind, name, definition: definition as Definition, file: `definitions/${kind}/${name}.json` }
    })
    const whole = { ...sales, definitions: [...sales.definitions, ...more] }
    const [one, two] = [join(place, 'one'), join(place, 'two')]
    const first = written(one, templateCandidate(whole, registry))
    expect(readdirSync(join(one, 'definitions')).sort()).to.eql([...KIND_NAMES].sort())
    expect(written(two, templateCandidate(readTemplate(one), registry))).to.eql(first)
  })
})
