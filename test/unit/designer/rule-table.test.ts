import { expect } from 'chai'
import { cellsOf, columnsOf, rulesOf, shadowOf } from '../../../designer/process/rule-table.ts'

const is = (field: string, value: unknown) => ({ '==': [{ var: field }, value] })
const rules = rulesOf({
  rules: [
    { name: 'vip', when: { and: [is('level', 'a'), { '>': [{ var: 'amount' }, 5] }] } },
    { name: 'east', when: is('region', 'east') },
    {
      name: 'both',
      when: { and: [is('region', 'west'), is('level', 'b'), is('source', 'web'), is('city', 'x')] },
    },
    { name: 'any', when: { or: [is('region', 'a'), is('level', 'c')] } },
    { name: 'far', when: is('account.region', 'x') },
    { name: 'rest' },
    7,
  ],
})

describe('the table of an assignment', () => {
  it('has a column for each of the fields that most rules look at', () => {
    expect(columnsOf(rules)).to.deep.equal(['level', 'region', 'amount'])
    expect(columnsOf([])).to.deep.equal([])
  })

  it('puts conditions below their fields and tells the rest by itself', () => {
    const columns = ['level', 'region', 'amount']
    const told = rules.map((rule) => {
      const { cells, rest } = cellsOf(rule, columns)
      return [
        cells.map((cell) => cell.map(({ operator, value }) => `${operator} ${String(value)}`).join()),
        rest,
      ]
    })
    expect(told).to.deep.equal([
      [['== a', '', '> 5'], undefined],
      [['', '== east', ''], undefined],
      [['== b', '== west', ''], { and: [is('source', 'web'), is('city', 'x')] }],
      [['', '', ''], { or: [is('region', 'a'), is('level', 'c')] }],
      [['', '', ''], is('account.region', 'x')],
      [['', '', ''], undefined],
      [['', '', ''], undefined],
    ])
  })

  it('tells the first rule before another that takes every record', () => {
    const table = rulesOf({
      rules: [{ name: 'a', when: is('level', 'a') }, { name: 'b' }, { name: 'c' }, { name: 'd' }],
    })
    expect(table.map((_rule, at) => shadowOf(table, at))).to.deep.equal([undefined, undefined, 1, 1])
  })
})
