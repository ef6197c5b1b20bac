import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import type { Definition, DefinitionSet, Kind } from '../../../engine/model/compiled.ts'
import { KIND_NAMES, listDefinitions } from '../../../engine/model/definition-set.ts'
import { exportDefinitions, exportManifest } from '../../../engine/model/export.ts'
import { specOf } from '../../../engine/model/kinds/kinds.ts'
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

  const sales = readTemplate(SALES)
  const more = MORE.map((definition) => {
    const { kind, name } = definition as Definition
    return { kind, name, definition: definition as Definition, file: `definitions/${kind}/${name}.json` }
  })
  const whole = { ...sales, definitions: [...sales.definitions, ...more] }

  it('are told as sentences in both languages, of whatever kind they are', () => {
    const definitions = templateCandidate(whole, registry)
    const told = new Map<string, number>()
    for (const definition of listDefinitions(definitions)) {
      const sentence = specOf<Kind>(definition).sentence(definition, { definitions, registry })
      expect(sentence.en, definition.name).to.match(/^.{12,}\.$/s)
      expect(sentence['zh-CN'], definition.name).to.match(/\p{Script=Han}.*。$/su)
      told.set(definition.kind, (told.get(definition.kind) ?? 0) + 1)
    }
    expect([...told.keys()].sort()).to.eql([...KIND_NAMES].sort())
  })

  it('are of every kind, and the same to the byte', () => {
    const [one, two] = [join(place, 'one'), join(place, 'two')]
    const first = written(one, templateCandidate(whole, registry))
    expect(readdirSync(join(one, 'definitions')).sort()).to.eql([...KIND_NAMES].sort())
    expect(written(two, templateCandidate(readTemplate(one), registry))).to.eql(first)
  })
})
