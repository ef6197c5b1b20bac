import { expect } from 'chai'
import { asType } from '../../../designer/inspector/controls/as-type.ts'

describe('a field as one of another type', () => {
  const common = { name: { title: 'Name' }, label: { title: 'Label' }, unique: { title: 'Unique' } }
  const text = { properties: { ...common, max: { title: 'Most characters', maximum: 2000 } } }
  const longText = { properties: { ...common, max: { title: 'Most characters', maximum: 1_000_000 } } }
  const decimal = {
    properties: { ...common, unique: { 'x-never': true }, max: { title: 'Largest value' } },
  }
  const field = { name: 'size', label: 'Size', unique: true, max: 60, type: 'text' }

  const cases = [
    {
      what: 'keeps what both know, and lets go of a key that means something else',
      from: text,
      to: decimal,
      type: 'decimal',
      becomes: { name: 'size', label: 'Size', type: 'decimal' },
    },
    {
      what: 'keeps a limit of the same meaning',
      from: text,
      to: longText,
      type: 'long_text',
      becomes: { ...field, type: 'long_text' },
    },
    {
      what: 'lets go of a limit that is beyond what the type allows',
      field: { ...field, max: 50_000, type: 'long_text' },
      from: longText,
      to: text,
      type: 'text',
      becomes: { name: 'size', label: 'Size', unique: true, type: 'text' },
    },
  ]
  for (const one of cases) {
    it(one.what, () => {
      expect(asType(one.field ?? field, one.type, one.from, one.to)).to.deep.equal(one.becomes)
    })
  }
})
