import { readdirSync, readFileSync } from 'node:fs'
import { expect } from 'chai'
import { checkCandidate } from '../../../engine/model/check.ts'
import type { Definition } from '../../../engine/model/compiled.ts'
import { inForce, registry } from './sample.ts'

const seeds = new URL('../../../seeds/', import.meta.url)

describe('seeds', () => {
  for (const template of readdirSync(seeds)) {
    it(`${template} passes the check`, () => {
      const files = readdirSync(new URL(`${template}/definitions`, seeds), {
        recursive: true,
        encoding: 'utf8',
      })
      const definitions = files
        .filter((file) => file.endsWith('.json'))
        .map(
          (file) =>
            JSON.parse(readFileSync(new URL(`${template}/definitions/${file}`, seeds), 'utf8')) as Definition,
        )
      expect(definitions).not.to.deep.equal([])
      expect(checkCandidate(inForce(definitions), registry)).to.deep.equal([])
    })
  }
})
