import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import type { DefinitionSet } from '../../engine/model/compiled.ts'
import type { ScenarioResult } from '../../engine/model/scenarios.ts'
import { openSecretKeys } from '../../engine/ops/secret-key.ts'
import { createVaultPort } from '../../engine/ops/vaults.ts'
import { runScenarios } from '../../engine/quality/run-scenarios.ts'
import { readTemplate } from '../../engine/templates/read-template.ts'
import { templateCandidate } from '../../engine/templates/template-candidate.ts'
import { fullRegistry } from '../support/model-world.ts'
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts'
import { scratchFolder } from '../support/scratch.ts'

const SEEDS = join(import.meta.dirname, '..', '..', 'seeds')
const SETTINGS = { currency: 'CNY', timeZone: 'Asia/Shanghai', language: 'zh-CN' } as const
const templates = readdirSync(SEEDS).filter((name) => existsSync(join(SEEDS, name, 'template.json')))

/** Where a story ends badly, as a person reads it. */
function failureIn({ passed, story }: ScenarioResult): string | undefined {
  if (passed) return undefined
  const line = story.find(({ outcome }) => outcome === 'failed')
  return [line?.path, line?.text.en, line?.expected?.en, line?.found?.en].join('\n    ')
}

describe('the scenarios of a template', () => {
  let testDatabase: TestDatabase

  before(async () => {
    testDatabase = await createTestDatabase()
  })
  after(async () => testDatabase?.drop())

  for (const template of templates) {
    describe(template, () => {
      const registry = fullRegistry()
      const definitions: DefinitionSet = templateCandidate(readTemplate(join(SEEDS, template)), registry)
      let results: ReadonlyMap<string, ScenarioResult> = new Map()

      before(async () => {
        const db = testDatabase.open()
        registry.setVaults(createVaultPort(db, openSecretKeys(scratchFolder('key'), { current: undefined })))
        const source = { db, registry, workspace: 'default', settings: SETTINGS, definitions }
        const begun = performance.now()
        results = new Map((await runScenarios(source)).map((result) => [result.name, result]))
        if (process.env.TENON_TIMES) console.error(`${Math.round(performance.now() - begun)} ms`)
      })

      for (const name of [...definitions.scenario.keys()].sort()) {
        it(`pass: ${name}`, () => {
          const result = results.get(name)
          expect(result?.passed, result && failureIn(result)).to.equal(true)
        })
      }
    })
  }
})
