import { expect } from 'chai'
import { handListed, withColumn, withFieldOnForm } from '../../../designer/layouts/place-field.ts'

const LAYOUT = {
  kind: 'layout',
  form: [
    { name: 'one', fields: ['name', 'phone'] },
    { name: 'two', fields: ['note'] },
  ],
}
const ORDER = ['name', 'seats', 'phone', 'note', 'last']

describe('a field that is put on a form', () => {
  const cases = [
    { name: 'seats', form: [['name', 'seats', 'phone'], ['note']] },
    {
      name: 'last',
      form: [
        ['name', 'phone'],
        ['note', 'last'],
      ],
    },
    { name: 'phone', form: [['name', 'phone'], ['note']] },
  ]
  for (const { name, form } of cases) {
    it(`${name} stands behind what stands before it`, () => {
      const next = handListed(withFieldOnForm(LAYOUT, name, ORDER))
      expect(next.map(({ fields }) => fields)).to.deep.equal(form)
    })
  }

  it('ends the last section where nothing stands before it, and leaves a generated form alone', () => {
    const next = handListed(withFieldOnForm(LAYOUT, 'first', ['first', ...ORDER]))
    expect(next.at(-1)?.fields).to.deep.equal(['note', 'first'])
    expect(withFieldOnForm({ kind: 'layout' }, 'seats', ORDER)).to.deep.equal({ kind: 'layout' })
  })

  it('is the last column of a list, once', () => {
    const view = { columns: ['name', { field: 'seats', width: 90 }] }
    expect(withColumn(view, 'seats')).to.equal(view)
    expect(withColumn(view, 'phone').columns).to.deep.equal([...view.columns, 'phone'])
  })
})
