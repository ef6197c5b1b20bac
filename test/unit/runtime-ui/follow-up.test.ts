import { expect } from 'chai'
import type { Entity, Model } from '../../../runtime-ui/api/types.ts'
import { callerBody, namedAlone, readCaller, subjectsOf } from '../../../runtime-ui/screens/log/callers.ts'
import { followUpBody, followUpOf } from '../../../runtime-ui/screens/record/composer/follow-up.ts'
import { startValues } from '../../../runtime-ui/screens/record/composer/quick-fields.ts'

const field = (name: string, type: string, more: object = {}) => ({ name, type, writable: true, ...more })
const about = field('about', 'dynamic_lookup', { relation: { kind: 'dynamic', to: ['account'] } })
const rights = { create: true, read: true }

const task = {
  ...{ name: 'task', title: 'subject', rights, activity: { as: 'task', at: 'due_at' } },
  fields: [
    field('subject', 'text', { required: true }),
    about,
    field('due_at', 'date_time'),
    field('type', 'select'),
  ],
} as unknown as Entity
const call = {
  ...{ name: 'call', title: 'subject', rights },
  activity: { as: 'call', at: 'started_at', followUp: { entity: 'task', set: { type: 'call_back' } } },
  fields: [
    field('subject', 'text', { required: true }),
    about,
    field('started_at', 'date_time'),
    field('number', 'phone'),
  ],
} as unknown as Entity
const account = {
  ...{ name: 'account', title: 'name', rights, timeline: ['record.call', 'record.task'] },
  relations: ['call', 'task'].map((entity) => ({ name: `${entity}s`, entity, field: 'about' })),
  fields: [field('name', 'text', { required: true }), field('phone', 'phone')],
} as unknown as Entity
const all = [account, call, task]

const without = (entity: Entity, name: string) =>
  ({ ...entity, fields: entity.fields.filter((one) => one.name !== name) }) as Entity

describe('a next step', () => {
  const said = { date: '2026-12-01', time: undefined, rest: '' }

  it('becomes an activity with its time, its values and what it is about', () => {
    const followUp = followUpOf(call, account, all)!
    expect(
      followUpBody(followUp, { entity: 'account', id: '7' }, said, 'Call back', 'Asia/Shanghai'),
    ).to.deep.equal({
      ...{ subject: 'Call back', type: 'call_back', due_at: '2026-12-01T01:00:00.000Z' },
      about: { entity: 'account', id: '7' },
    })
    const told = followUpBody(followUp, { entity: 'account', id: '7' }, { ...said, rest: '报价' }, '', 'UTC')
    expect(told).to.deep.include({ subject: '报价', due_at: '2026-12-01T09:00:00.000Z' })
  })

  const none: readonly { readonly what: string; readonly entities: readonly Entity[] }[] = [
    { what: 'its time is not one’s to write', entities: [account, call, without(task, 'due_at')] },
    {
      what: 'it must have more than is said',
      entities: [
        account,
        call,
        { ...task, fields: [...task.fields, field('x', 'text', { required: true })] } as unknown as Entity,
      ],
    },
    {
      what: 'one may not make it',
      entities: [account, call, { ...task, rights: { ...rights, create: false } } as Entity],
    },
  ]
  for (const { what, entities } of none)
    it(`is not asked for where ${what}`, () => {
      expect(followUpOf(call, account, entities)).to.equal(undefined)
    })
})

describe('a call that is noted down', () => {
  const activity = { entity: call, by: about as never }
  const words = { title: 'Call with Acme', now: '2026-12-01T01:00:00.000Z' }

  it('is named, timed, and knows the number', () => {
    const record = { id: '7', name: 'Acme', phone: '+86 571 8888 0001' }
    expect(startValues(activity, { entity: account, record }, words)).to.deep.equal({
      ...{ subject: words.title, started_at: words.now, number: record.phone },
    })
  })

  it('takes no number of which one sees a part', () => {
    const record = { id: '7', name: 'Acme', phone: '138****8000' }
    expect(startValues(activity, { entity: account, record }, words)).not.to.have.property('number')
  })

  const callers = [
    { text: '新来电客户 0571-88880001', read: { name: '新来电客户', phone: '0571-88880001' } },
    { text: '138 0013 8000 王芳', read: { name: '王芳', phone: '138 0013 8000' } },
    { text: '13800138000', read: { name: '13800138000', phone: '13800138000' } },
    { text: 'Acme 24/7 Ltd', read: { name: 'Acme 24/7 Ltd' } },
  ]
  for (const { text, read } of callers)
    it(`reads “${text}” of somebody new`, () => {
      expect(readCaller(text)).to.deep.equal(read)
    })

  it('is about whom its field names, and makes who needs but a name', () => {
    const model = { entities: all } as unknown as Model
    expect(subjectsOf(model, 'call').map(({ name }) => name)).to.deep.equal(['account'])
    expect(
      namedAlone([
        account,
        { ...task, fields: [...task.fields, field('x', 'text', { required: true })] } as unknown as Entity,
      ]).map(({ name }) => name),
    ).to.deep.equal(['account'])
    expect(callerBody(account, '王芳 13800138000')).to.deep.equal({ name: '王芳', phone: '13800138000' })
  })
})
