import { expect } from 'chai'
import { saidIn } from '../../../designer/inspector/said-in.ts'

describe('what an entry says', () => {
  it('is a rule as it is written, else its values without braces and ids', () => {
    expect(saidIn({ '>': [{ var: 'amount' }, 5] })).to.equal('amount > 5')
    expect(
      saidIn({ do: 'update', id: '01a22883-42aa-7032-86c5-da7a8ef124e6', set: { size: 2, open: true } }),
    ).to.equal('update · 2')
    expect(saidIn({ role: 'seller' })).to.equal('seller')
    expect(saidIn({ on: true })).to.equal('{"on":true}')
  })
})
