import { expect } from 'chai'
import { aboutEntity } from '../../../metadata/about-entity.ts'

describe('the entity that a definition is about', () => {
  const cases = [
    { definition: { kind: 'entity', name: 'deal', entity: 'other' }, about: 'deal' },
    { definition: { kind: 'view', name: 'open', entity: 'deal' }, about: 'deal' },
    { definition: { kind: 'flow', name: 'remind', trigger: { record: 'deal' } }, about: 'deal' },
    { definition: { kind: 'flow', name: 'nightly', trigger: { schedule: {} } }, about: undefined },
    { definition: { kind: 'flow', name: 'broken', trigger: null }, about: undefined },
    { definition: { kind: 'role', name: 'sales', entity: 7 }, about: undefined },
  ]
  for (const { definition, about } of cases)
    it(`of ${definition.kind} ${definition.name} is ${about ?? 'none'}`, () => {
      expect(aboutEntity(definition)).to.equal(about)
    })
})
