import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { checkCandidate } from '../../../engine/model/check.ts'
import { answerTemplate } from '../../../engine/templates/answer-template.ts'
import { readTemplate } from '../../../engine/templates/read-template.ts'
import { inForce, registry } from './sample.ts'

const SEEDS = join(import.meta.dirname, '../../../seeds')

describe('seeds', () => {
  for (const template of readdirSync(SEEDS)) {
    it(`${template} passes the check, with the defaults of what it asks`, () => {
      const { definitions } = answerTemplate(readTemplate(join(SEEDS, template)), registry)
      expect(definitions).not.to.deep.equal([])
      const written = definitions.map(({ definition }) => definition)
      expect(checkCandidate(inForce(written), registry)).to.deep.equal([])
    })
  }
})
