import { expect } from 'chai'
import { readValue, writtenValue } from '../../../designer/inspector/value-text.ts'

describe('a value as it is typed', () => {
  const values = [
    ...['Acme', '12 kg', '', 12.5, true, null],
    ...[{ var: 'steps.pdf.file' }, { '+': [{ var: 'amount' }, 1] }],
    ...[['a', 2], [{ name: { var: 'signatory.name' } }], { literal: '=1' }],
  ]

  it('is read as what it was', () => {
    for (const value of values)
      expect(readValue(writtenValue(value)), writtenValue(value)).to.deep.equal({ value })
  })

  it('is worked out behind a =, as in a spreadsheet', () => {
    expect(writtenValue({ var: 'steps.pdf.file' })).to.equal('=steps.pdf.file')
    expect(readValue('=amount + 1')).to.deep.equal({ value: { '+': [{ var: 'amount' }, 1] } })
    expect(readValue('=amount +')).to.equal(undefined)
    expect(readValue('=')).to.equal(undefined)
  })

  it('stays a text where a text begins with =', () => {
    expect(readValue(writtenValue('=1'))).to.deep.equal({ value: { literal: '=1' } })
  })
})
