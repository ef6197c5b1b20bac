import { expect } from 'chai'
import { ValueFaultError } from '../../../engine/registry/field-type.ts'
import { createRegistry } from '../../../engine/registry/registry.ts'
import { register } from '../index.ts'
import { ratingField } from '../rating-field.ts'

const field = { name: 'satisfaction', type: 'rating' }

describe('plugin rating', () => {
  it('registers its field type', () => {
    const registry = createRegistry()
    register(registry)
    expect(registry.fieldType('rating')).to.equal(ratingField)
  })

  const cells = [
    { cell: '4', stars: 4 },
    { cell: ' 4/5 ', stars: 4 },
    { cell: '1 star', stars: 1 },
    { cell: '3星', stars: 3 },
    { cell: '★★★★☆', stars: 4 },
  ]
  for (const { cell, stars } of cells) {
    it(`reads the cell “${cell}” as ${stars}`, () => {
      expect(ratingField.csv.parse(cell, field)).to.equal(stars)
    })
  }

  for (const cell of ['☆☆☆', 'good', '4.5', '-1', '']) {
    it(`refuses the cell “${cell}”`, () => {
      expect(() => ratingField.csv.parse(cell, field)).to.throw(ValueFaultError)
    })
  }

  it('asks for as many stars as the field has', () => {
    const { schema, uiSchema } = ratingField.form({ ...field, stars: 7 }, {} as never)
    expect(schema.maximum).to.equal(7)
    expect(uiSchema).to.deep.equal({ 'ui:widget': 'rating', 'ui:options': { stars: 7 } })
  })
})
