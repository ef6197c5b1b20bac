import { expect } from 'chai'
import type { Entity } from '../../../runtime-ui/api/types.ts'
import { cardActs } from '../../../runtime-ui/screens/list/swipe/card-acts.ts'

const field = (name: string, type: string, more: object = {}) => ({ name, type, writable: true, ...more })
const entity = (more: object) =>
  ({
    name: 'lead',
    owned: true,
    rights: { update: true, create: true, read: true },
    fields: [field('phone', 'phone'), field('owner', 'user')],
    relations: [],
    timeline: [],
    ...more,
  }) as unknown as Entity
const kinds = (one: Entity, record: object) =>
  cardActs(one, [], { id: 'x', ...record } as never).map(({ kind }) => kind)

describe('the acts on a card', () => {
  it('are those that the record and the rights give', () => {
    expect(kinds(entity({}), { phone: '138' })).to.deep.equal(['call', 'assign'])
    expect(kinds(entity({}), { phone: null })).to.deep.equal(['assign'])
    expect(kinds(entity({ rights: { update: false } }), {})).to.deep.equal([])
  })

  it('dial no number that is masked', () => {
    const masked = entity({ fields: [field('phone', 'phone', { masked: true })] })
    expect(kinds(masked, { phone: '138****1234' })).to.deep.equal([])
  })

  it('end a task that is open, and no other', () => {
    const task = entity({ activity: { as: 'task', status: 'status', done: ['done', 'dropped'] } })
    expect(kinds(task, { status: 'open' })).to.deep.equal(['done', 'assign'])
    expect(kinds(task, { status: 'dropped' })).to.deep.equal(['assign'])
    expect(kinds(task, {})).to.deep.equal(['assign'])
  })
})
