import { expect } from 'chai'
import type { CompiledModel } from '../../../engine/model/compiled.ts'
import type { Relation } from '../../../engine/registry/field-type.ts'
import { wavesOf } from '../../../engine/templates/load-data.ts'

const one = (to: string): Relation => ({ kind: 'one', to, onDelete: 'refuse' })
const RELATIONS: Readonly<Record<string, readonly Relation[]>> = {
  user: [one('team')],
  team: [one('team')],
  product: [],
  campaign: [],
  account: [one('account')],
  deal: [one('account'), { kind: 'many', to: 'product' }],
  task: [{ kind: 'dynamic', to: ['account', 'deal'], onDelete: 'clear' }],
  call: [one('account')],
}
const model = {
  entities: new Map(
    Object.entries(RELATIONS).map(([name, relations]) => [
      name,
      { fields: new Map(relations.map((relation, index) => [`f${index}`, { relation }])) },
    ]),
  ),
} as unknown as CompiledModel

const waves = (...entities: readonly string[]) =>
  wavesOf(
    model,
    entities.map((entity) => ({ entity, file: `${entity}.csv` })),
  ).map((wave) => wave.map(({ entity }) => entity))

describe('the files of a template’s data', () => {
  it('are loaded side by side where none leads to another', () => {
    expect(waves('team', 'user', 'product', 'campaign', 'account', 'deal', 'task', 'call')).to.deep.equal([
      ['team'],
      ['user'],
      ['product', 'campaign', 'account'],
      ['deal'],
      ['task', 'call'],
    ])
  })

  it('keep their order where one entity stands in two of them, or is led to by a later one', () => {
    expect(waves('account', 'product', 'account', 'call', 'task')).to.deep.equal([
      ['account', 'product'],
      ['account'],
      ['call', 'task'],
    ])
    expect(waves('task', 'account')).to.deep.equal([['task'], ['account']])
  })
})
