import { expect } from 'chai'
import type { Answer, Client } from '../../support/http.ts'
import { listPath, make, outcome, startWorld, type World } from './world.ts'

describe('filters of a list', () => {
  let world: World
  let admin: Client

  before(async () => {
    world = await startWorld()
    admin = world.admin
    const suzhou = await make(admin, 'campus', { name: 'Suzhou', city: 'SZ' })
    const pump = await make(admin, 'product', { name: 'Pump', campus: suzhou.id })
    const valve = await make(admin, 'product', { name: 'Valve' })
    const root = await make(admin, 'account', {
      name: 'full',
      level: 'a',
      amount: 10.5,
      staff: 3,
      discount: 0.1,
      founded: '2020-02-29',
      seen_at: '2026-03-01T16:30:00Z',
      opens: '08:30',
      active: true,
      tags: ['vip', '老客户'],
      hobbies: ['go'],
      note: 'Brought tea',
      campus: suzhou.id,
      products: [pump.id, valve.id],
    })
    const child = await make(admin, 'account', { name: 'child', level: 'b', amount: -1, parent: root.id })
    await make(admin, 'account', { name: 'empty', level: null })
    const order = await make(admin, 'order', { account: child.id, group: 'g', select: 7, case: 'when' })
    await make(admin, 'activity', { subject: 'on child', about: { entity: 'account', id: child.id } })
    await make(admin, 'activity', { subject: 'on order', about: { entity: 'order', id: order.id } })
    await make(admin, 'activity', { subject: 'on none' })
  })
  after(() => world.stop())

  const v = (path: string) => ({ var: path })
  const cases: readonly (readonly [string, unknown, readonly string[]])[] = [
    ['== is true for the value only', { '==': [v('level'), 'a'] }, ['full']],
    ['!= is null-safe', { '!=': [v('level'), 'a'] }, ['child', 'empty']],
    ['== null finds the empty ones', { '==': [v('level'), null] }, ['empty']],
    ['!= null finds the others', { '!=': [v('level'), null] }, ['child', 'full']],
    ['! of null is true', { '!': v('active') }, ['child', 'empty']],
    ['!! is true for true', { '!!': [v('active')] }, ['full']],
    ['< against null is false', { '<': [v('amount'), 100] }, ['child', 'full']],
    ['not (<) of null is true', { '!': { '<': [v('amount'), 0] } }, ['empty', 'full']],
    ['>= on money to the cent', { '>=': [v('amount'), 10.5] }, ['full']],
    ['between', { '<=': [-1, v('amount'), 0] }, ['child']],
    ['in a list', { in: [v('level'), ['a', 'b']] }, ['child', 'full']],
    ['not in a list, null counts as not in it', { '!': { in: [v('level'), ['a']] } }, ['child', 'empty']],
    ['sums with null are null', { '>': [{ '+': [v('amount'), v('staff')] }, 13] }, ['full']],
    ['a date', { '==': [v('founded'), '2020-02-29'] }, ['full']],
    ['a date before', { '<': [v('founded'), '2020-03-01'] }, ['full']],
    ['an instant', { '>': [v('seen_at'), '2026-03-01T16:00:00Z'] }, ['full']],
    [
      'an instant within a span of days around today',
      { '<=': [{ start_of: [v('today'), 'year'] }, v('created_at'), v('today')] },
      ['child', 'empty', 'full'],
    ],
    [
      'days ago, of an instant and of a date',
      {
        and: [
          { '<': [v('seen_at'), { date_sub: [v('today'), 'P90D'] }] },
          { '<': [v('founded'), { date_sub: [v('today'), 'P90D'] }] },
        ],
      },
      ['full'],
    ],
    ['who asks', { '==': [v('created_by'), v('actor.id')] }, ['child', 'empty', 'full']],
    ['the teams of who asks, who is in none', { in: [v('owner.team'), v('actor.teams')] }, []],
    ['a time of day', { '<': [v('opens'), '09:00'] }, ['full']],
    ['a percent is a fraction', { '==': [v('discount'), 0.1] }, ['full']],
    ['tags that have one', { has: [v('tags'), '老客户'] }, ['full']],
    ['multi-select that has one', { has: [v('hobbies'), 'go'] }, ['full']],
    ['contains within long text', { contains: [v('note'), 'tea'] }, ['full']],
    ['empty', { empty: v('note') }, ['child', 'empty']],
    ['a path through one lookup', { '==': [v('campus.city'), 'SZ'] }, ['full']],
    ['a path through two lookups', { '==': [v('parent.campus.name'), 'Suzhou'] }, ['child']],
    ['a path to nowhere is null', { '==': [v('parent.name'), null] }, ['empty', 'full']],
    [
      'and, or',
      { or: [{ and: [{ '==': [v('level'), 'a'] }, { '>': [v('staff'), 5] }] }, { '<': [v('amount'), 0] }] },
      ['child'],
    ],
    ['SQL in a text is a text', { '==': [v('name'), "'; DROP TABLE account; --"] }, []],
    ['the actor', { '==': [v('owner'), v('actor.id')] }, ['child', 'empty', 'full']],
    ['no filter', null, ['child', 'empty', 'full']],
  ]
  for (const [name, filter, expected] of cases) {
    it(`${name}, by GET and by query alike`, async () => {
      const names = (answer: Answer) => answer.records.map((row) => row.name)
      const got = await admin.get(listPath('account', { filter, sort: 'name' }))
      const asked = await admin.post('/api/records/account/query', { filter, sort: 'name' })
      expect([names(got), names(asked)]).to.deep.equal([expected, expected])
    })
  }

  it('finds by ids: lookup, many-to-many, dynamic lookup', async () => {
    const id = async (entity: string, name: string) =>
      (await admin.get(listPath(entity, { filter: { '==': [v('name'), name] } }))).records[0]!.id
    const find = async (entity: string, filter: unknown, field: string) =>
      (await admin.get(listPath(entity, { filter, sort: field }))).records.map((row) => row[field])
    const [full, child, pump] = [
      await id('account', 'full'),
      await id('account', 'child'),
      await id('product', 'Pump'),
    ]
    expect(await find('account', { '==': [v('parent'), full] }, 'name')).to.deep.equal(['child'])
    expect(await find('account', { '==': [v('parent'), full.toUpperCase()] }, 'name')).to.deep.equal([
      'child',
    ])
    expect(await find('account', { has: [v('products'), pump] }, 'name')).to.deep.equal(['full'])
    expect(await find('activity', { '==': [v('about'), child] }, 'subject')).to.deep.equal(['on child'])
    expect(await find('activity', { empty: v('about') }, 'subject')).to.deep.equal(['on none'])
  })

  it('takes reserved words as names of entity and fields', async () => {
    const filter = {
      and: [{ '==': [v('group'), 'g'] }, { '==': [v('select'), 7] }, { '==': [v('case'), 'when'] }],
    }
    const answer = await admin.get(
      listPath('order', { filter, sort: '-group,case,select', fields: 'group,case,user,select' }),
    )
    const [row] = answer.records
    expect(answer.records.map(({ id: _id, ...rest }) => rest)).to.deep.equal([
      { group: 'g', case: 'when', user: null, select: 7 },
    ])
    expect(row?.id).to.be.a('string')
  })

  it('forgets deleted targets of a many-to-many', async () => {
    const gone = await make(admin, 'product', { name: 'Gone' })
    const buyer = await make(admin, 'account', { name: 'buyer', products: [gone.id.toUpperCase()] })
    expect(buyer.products).to.deep.equal([gone.id])
    expect((await admin.delete(`/api/records/product/${gone.id}`)).status).to.equal(200)
    const found = await admin.get(listPath('account', { filter: { has: [v('products'), gone.id] } }))
    const whole = await admin.get(`/api/records/account/${buyer.id}`)
    expect([found.records, whole.record.products]).to.deep.equal([[], []])
    await admin.delete(`/api/records/account/${buyer.id}`)
  })

  const refusals: readonly (readonly [string, unknown, readonly (number | string)[]])[] = [
    ['an unknown field', { '==': [v('nme'), 1] }, [400, 'RULE_FIELD_UNKNOWN /filter/==/0/var']],
    ['an unknown operator', { like: [v('name'), 'x'] }, [400, 'RULE_OPERATOR_UNKNOWN /filter/like']],
    ['a wrong type', { '>': [v('active'), 1] }, [400, 'RULE_TYPE_WRONG /filter/>/0']],
    ['an option that is none', { '==': [v('level'), 'z'] }, [400, 'RULE_OPTION_UNKNOWN /filter/==/1']],
    [
      '16 digits',
      JSON.parse('{"==":[{"var":"amount"},1234567890.123456]}'),
      [400, 'RULE_NUMBER_TOO_PRECISE /filter/==/1'],
    ],
    ['a filter that is no condition', { '+': [1, 2] }, [400, 'RULE_RESULT_WRONG /filter']],
    ['NUL in a text', { '==': [v('name'), 'a\0b'] }, [400, 'RULE_LITERAL_INVALID /filter/==/1']],
    ['half a surrogate pair', { '==': [v('name'), '\ud83d'] }, [400, 'RULE_LITERAL_INVALID /filter/==/1']],
    ['an id that is none', { '==': [v('parent'), 'x'] }, [400, 'RULE_LITERAL_INVALID /filter/==/1']],
    [
      'a write-only field of another entity',
      { '==': [v('manager.password'), 'x'] },
      [400, 'RULE_FIELD_UNKNOWN /filter/==/0/var'],
    ],
    ['a list', [], [400, 'RULE_SHAPE_INVALID /filter']],
    ['two operators', { '==': [1, 1], '!=': [1, 2] }, [400, 'RULE_SHAPE_INVALID /filter']],
  ]
  for (const [name, filter, expected] of refusals) {
    it(`refuses ${name}`, async () => {
      expect(outcome(await admin.post('/api/records/account/query', { filter }))).to.deep.equal(expected)
    })
  }

  it('hints at the nearest field and says every problem at once', async () => {
    const filter = { and: [{ '==': [v('nmae'), 'x'] }, { '==': [v('levle'), 'a'] }] }
    const answer = await admin.post(
      '/api/records/account/query',
      { filter },
      { headers: { 'accept-language': 'en' } },
    )
    expect(answer.problems.map(({ path, hint }) => [path, hint])).to.deep.equal([
      ['/filter/and/0/==/0/var', 'Did you mean “name”?'],
      ['/filter/and/1/==/0/var', 'Did you mean “level”?'],
    ])
  })

  it('answers filters of 10,000 elements and refuses those beyond bounds', async () => {
    const many = Array.from({ length: 10_000 }, (_, index) => `n${index}`)
    const inList = await admin.post('/api/records/account/query', {
      filter: { in: [v('name'), [...many, 'full']] },
    })
    const ors = await admin.post('/api/records/account/query', {
      filter: { or: many.map((name) => ({ '==': [v('name'), name] })) },
    })
    const deep = (depth: number): unknown =>
      depth === 0 ? { '==': [v('name'), 'full'] } : { '!': deep(depth - 1) }
    const tooDeep = await admin.post('/api/records/account/query', { filter: deep(45) })
    const allowed = await admin.post('/api/records/account/query', { filter: deep(10) })
    expect([inList.status, ors.status < 500, tooDeep.status, allowed.status]).to.deep.equal([
      200,
      true,
      400,
      200,
    ])
    expect(tooDeep.problems[0]?.code).to.equal('RULE_TOO_DEEP')
  })
})
