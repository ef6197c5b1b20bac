import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { generateTypes } from '../../../metadata/generate-types.ts'

describe('metadata/types.ts', () => {
  it('is what the schemas generate', async () => {
    const committed = readFileSync(new URL('../../../metadata/types.ts', import.meta.url), 'utf8')
    expect(await generateTypes()).to.equal(committed)
  })
})
