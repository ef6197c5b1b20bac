import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { readTemplate } from '../../../engine/templates/read-template.ts'
import type { OptionSetDefinition } from '../../../metadata/types.ts'
import { regionsText } from '../../../seeds/cn_regions/generator/write-regions.ts'

const folder = join(import.meta.dirname, '../../../seeds/cn_regions')

describe('seeds/cn_regions', () => {
  const [set] = readTemplate(folder).definitions.map(({ definition }) => definition as OptionSetDefinition)
  const byName = new Map(set!.options.map((option) => [option.name, option]))
  const wayOf = (name: string | undefined): readonly unknown[] => {
    const option = name === undefined ? undefined : byName.get(name)
    return option === undefined ? [] : [...wayOf(option.under), option.label]
  }

  it('is what the generator writes', () => {
    const written = readFileSync(join(folder, 'definitions/option_set/cn_regions.json'), 'utf8')
    expect(written).to.equal(regionsText())
  })

  it('has every district under its city and province', () => {
    expect(set!.options.filter(({ under }) => under === undefined)).to.have.length(34)
    expect(set!.options.length).to.be.greaterThan(3000)
    expect(set!.options.filter(({ under }) => under !== undefined && !byName.has(under))).to.deep.equal([])
    expect(wayOf('cn_440106')).to.deep.equal(['广东省', '广州市', '天河区'])
    expect(wayOf('cn_110101')).to.deep.equal(['北京市', '东城区'])
  })
})
