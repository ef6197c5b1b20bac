import { expect } from 'chai'
import type { OverviewFigure } from '../../../runtime-ui/api/layouts.ts'
import type { Entity } from '../../../runtime-ui/api/types.ts'
import { answerName, questionsOf } from '../../../runtime-ui/screens/record/overview-questions.ts'

const entities = [
  { name: 'order', fields: [{ name: 'account', relation: { kind: 'one' } }] },
  { name: 'event', fields: [{ name: 'guests', relation: { kind: 'many' } }] },
] as unknown as readonly Entity[]
const figure = (more: Partial<OverviewFigure>): OverviewFigure => ({
  ...{ label: 'x', entity: 'order', by: 'account', fn: 'count' },
  ...more,
})
const signed = { '==': [{ var: 'status' }, 'signed'] }

describe('the questions of an overview', () => {
  it('ask for figures of the same records together, and each once', () => {
    const group = (figures: readonly OverviewFigure[]) => ({ label: 'g', fields: [], figures })
    const total = figure({ fn: 'sum', field: 'amount', filter: signed })
    const questions = questionsOf(
      [
        group([figure({ filter: signed }), total]),
        group([total, figure({}), figure({ entity: 'event', by: 'guests' })]),
      ],
      entities,
      '7',
    )
    expect(questions.map(({ entity, filter, measures }) => ({ entity, filter, measures }))).to.deep.equal([
      {
        entity: 'order',
        filter: { and: [{ '==': [{ var: 'account' }, '7'] }, signed] },
        measures: [{ fn: 'count' }, { fn: 'sum', field: 'amount' }],
      },
      { entity: 'order', filter: { '==': [{ var: 'account' }, '7'] }, measures: [{ fn: 'count' }] },
      { entity: 'event', filter: { has: [{ var: 'guests' }, '7'] }, measures: [{ fn: 'count' }] },
    ])
    expect(questions[0]?.figures.length).to.equal(3)
    expect(answerName(total)).to.equal('sum_amount')
  })
})
