import { expect } from 'chai'
import { type Given, inOrderOfNeed } from '../../../engine/quality/give.ts'

const given = (name: string, pointsTo: Readonly<Record<string, readonly string[]>> = {}): Given => ({
  name,
  entity: 'account',
  values: {},
  pointsTo: new Map(Object.entries(pointsTo)),
})
const order = (all: readonly Given[]) =>
  inOrderOfNeed(all).map(({ one, later }) => [one.name, ...later].join(' '))

describe('the order in which records are given', () => {
  it('makes each after those that it points to', () => {
    expect(
      order([given('deal', { account: ['acme'] }), given('acme', { owner: ['lily'] }), given('lily')]),
    ).to.deep.equal(['lily', 'acme', 'deal'])
  })

  it('makes one of a circle without the field that closes it', () => {
    const all = [
      given('east', { leader: ['lily'] }),
      given('lily', { team: ['east'] }),
      given('acme', { owner: ['lily'] }),
    ]
    expect(order(all)).to.deep.equal(['east leader', 'lily', 'acme'])
  })

  it('leaves out a field that points to the record itself', () => {
    expect(order([given('acme', { parent: ['acme'] })])).to.deep.equal(['acme parent'])
  })
})
