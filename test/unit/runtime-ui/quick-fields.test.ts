import { expect } from 'chai'
import type { Entity } from '../../../runtime-ui/api/types.ts'
import {
  aboutValue,
  newActivities,
  quickFields,
} from '../../../runtime-ui/screens/record/composer/quick-fields.ts'

const field = (name: string, type: string, more: object = {}) => ({ name, type, writable: true, ...more })
const FIELDS = [
  field('subject', 'text', { required: true }),
  field('about', 'dynamic_lookup', { relation: { kind: 'dynamic', to: ['account'] } }),
  field('number', 'text', { required: true, writable: false }),
  field('where', 'text', { required: true }),
  ...['a', 'b', 'c', 'd', 'e'].map((name) => field(name, 'select')),
  field('hidden', 'date'),
  field('phone', 'phone'),
  field('minutes', 'long_text'),
  field('more', 'rich_text'),
]

const call = {
  ...{ name: 'call', title: 'subject', rights: { create: true }, fields: FIELDS },
  sections: [{ fields: FIELDS.map(({ name }) => name) }],
} as unknown as Entity
const account = {
  ...{ name: 'account', timeline: ['change', 'record', 'record.call'] },
  relations: [{ name: 'calls', entity: 'call', field: 'about' }],
} as unknown as Entity

describe('what is asked of an activity in a hurry', () => {
  const [activity] = newActivities(account, [account, call])

  it('its title, what it must have, a few choices and its words', () => {
    const known = new Set(FIELDS.map(({ name }) => name).filter((name) => name !== 'hidden'))
    expect(quickFields(activity!, known).map(({ name }) => name)).to.deep.equal([
      ...['subject', 'where', 'a', 'b', 'c', 'd', 'minutes'],
    ])
    expect(aboutValue(activity!, 'account', '7')).to.deep.equal({ entity: 'account', id: '7' })
  })

  const none: readonly { what: string; entity: object; other?: object }[] = [
    { what: 'one may not make it', entity: account, other: { ...call, rights: { create: false } } },
    { what: 'it is no activity', entity: { ...account, timeline: ['change'] } },
    { what: 'no field of it leads here', entity: { ...account, relations: [] } },
  ]
  for (const { what, entity, other = call } of none)
    it(`nothing where ${what}`, () => {
      expect(newActivities(entity as Entity, [other as Entity])).to.deep.equal([])
    })
})
