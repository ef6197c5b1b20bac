import { expect } from 'chai'
import { placeOf } from '../../../designer/canvas/at-hash.ts'
import { type Findable, found } from '../../../designer/nav-search.ts'

const item = (name: string, label: string, more = ''): Findable => ({
  ...{ to: `/${name}`, icon: 'cube', name, label, words: `${name} ${label}`, more },
})

describe('the search of the designer', () => {
  const all = [
    item('deal', '商机', '“商机”有字段：金额'),
    item('won_amount', '赢单金额'),
    item('amount_left', '余额'),
    item('amount', '金额'),
  ]

  it('finds first what is called so, last what is only told with it', () => {
    expect(found(all, ' 金额 ').map(({ name }) => name)).to.deep.equal(['amount', 'won_amount', 'deal'])
    expect(found(all, 'AMOUNT').map(({ name }) => name)).to.deep.equal([
      'amount',
      'amount_left',
      'won_amount',
    ])
    expect(found(all, 'nothing')).to.deep.equal([])
  })

  it('leads to a field by its name', () => {
    const entity = { fields: [{ name: 'name' }, { name: 'amount', options: [{ name: 'a' }] }] }
    expect(placeOf('#fields/amount/options/a', entity)).to.deep.equal(['fields', '1', 'options', '0'])
    expect(placeOf('#fields/1', entity)).to.deep.equal(['fields', '1'])
    expect(placeOf('#fields/gone', entity)).to.deep.equal(['fields', 'gone'])
  })
})
