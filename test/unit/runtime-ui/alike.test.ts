import { expect } from 'chai'
import type { ProblemItem } from '../../../runtime-ui/api/problem.ts'
import { askedOf, oncePerRecord } from '../../../runtime-ui/forms/alike.ts'

const ALIKE = { match: [['phone'], ['name', 'firm']], fields: ['phone', 'name', 'firm', 'branch'] }

describe('what a form asks about like records', () => {
  const cases = [
    { data: {}, asked: undefined },
    { data: { name: 'Wang' }, asked: undefined },
    { data: { name: '  ', firm: 'f1' }, asked: undefined },
    { data: { name: 'Wang', firm: 'f1', note: 'x' }, asked: { name: 'Wang', firm: 'f1' } },
    { data: { phone: '1', branch: false }, asked: { phone: '1', branch: false } },
  ]
  for (const { data, asked } of cases) {
    it(`is ${JSON.stringify(asked) ?? 'nothing'} of ${JSON.stringify(data)}`, () => {
      expect(askedOf(ALIKE, data)).to.deep.equal(asked)
    })
  }

  it('is nothing where no rule compares anything', () => {
    expect(askedOf(undefined, { phone: '1' })).to.equal(undefined)
  })

  it('shows each record once, by what weighs most', () => {
    const item = (rule: string, id: string): ProblemItem => ({
      ...{ code: 'DUPLICATE_WARNED', path: '/name', message: '' },
      record: { rule, entity: 'lead', id, label: id },
    })
    const items = [item('a', '1'), item('b', '1'), item('b', '2')]
    expect(oncePerRecord(items).map(({ record }) => [record?.rule, record?.id])).to.deep.equal([
      ['a', '1'],
      ['b', '2'],
    ])
  })
})
