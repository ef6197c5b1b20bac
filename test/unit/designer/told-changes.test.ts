import { expect } from 'chai'
import type { Schema } from '../../../designer/inspector/schema.ts'
import { asItWas, wherePartsDiffer, withoutUsual } from '../../../designer/review/told-changes.ts'
import { differences } from '../../../designer/store/json-value.ts'

describe('what is told of a draft', () => {
  const field = (type: string, most: Schema): Schema => ({
    properties: { id: {}, type: { const: type }, max: most },
  })
  const root: Schema = {
    properties: {
      fields: {
        items: {
          discriminator: { propertyName: 'type' },
          oneOf: [
            field('tags', { title: 'Most tags', default: 10 }),
            field('text', { title: 'Most letters' }),
          ],
        },
      },
    },
  }
  const before = {
    fields: [
      { id: '1', name: 'f1', type: 'text', max: 60 },
      { id: '2', name: 'f2', type: 'tags' },
      { id: '3', name: 'f3', type: 'tags', max: 10 },
    ],
  }

  it('leaves out a usual value that is written out or left out', () => {
    const after = {
      fields: [
        { id: '1', name: 'f1', type: 'text' },
        { id: '2', name: 'f2', type: 'tags', max: 10 },
        { id: '3', name: 'f3', type: 'tags' },
      ],
    }
    const told = withoutUsual(differences(before, after), root, { before, after })
    expect(told.map(({ path }) => path.join('/'))).to.deep.equal(['fields/0/max'])
    const other = {
      fields: [before.fields[0]!, { id: '2', name: 'f2', type: 'tags', max: 3 }, before.fields[2]!],
    }
    expect(withoutUsual(differences(before, other), root, { before, after: other })).to.have.length(1)
  })

  it('knows the object around a place as it was, wherever it stands now', () => {
    const after = { fields: [before.fields[1]!, { id: '1', name: 'f1', type: 'select' }] }
    expect(asItWas(after, before, ['fields', '1', 'max'])).to.deep.equal({
      fields: [before.fields[1]!, before.fields[0]!],
    })
    expect(asItWas({ label: 'A' }, { label: 'B', icon: 'box' }, ['icon'])).to.deep.equal({
      label: 'B',
      icon: 'box',
    })
  })

  it('tells of long texts the parts that differ', () => {
    const text = (middle: string): string => `${'a'.repeat(60)}${middle}${'b'.repeat(60)}`
    const around = (middle: string): string => `…${'a'.repeat(16)}${middle}${'b'.repeat(16)}…`
    expect(wherePartsDiffer(text('{{level}}'), text(''))).to.deep.equal([around('{{level}}'), around('')])
    expect(wherePartsDiffer('x'.repeat(100), 'x'.repeat(101))).to.deep.equal([
      `…${'x'.repeat(16)}`,
      `…${'x'.repeat(17)}`,
    ])
    expect(wherePartsDiffer('short', 'shorter')).to.deep.equal(['short', 'shorter'])
    expect(wherePartsDiffer(undefined, 'new')).to.deep.equal([undefined, 'new'])
  })
})
