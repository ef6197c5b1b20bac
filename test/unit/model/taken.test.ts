import { expect } from 'chai'
import { findDefinition } from '../../../engine/model/definition-set.ts'
import { takenUses } from '../../../engine/model/taken.ts'
import { copyOf, inForce, registry, SAMPLE, withDefinitions } from './sample.ts'

const STORY = {
  kind: 'scenario',
  name: 'story',
  given: {
    lily: { user: { roles: ['sales'] } },
    acme: { account: { name: 'Acme', phone: '+86 138 0013 8000' } },
  },
  steps: [
    {
      as: 'lily',
      update: 'acme',
      set: { phone: '1' },
      ['then' as string]: { problem: { code: 'X_Y', path: '/phone' } },
    },
  ],
}
const definitions = inForce([...SAMPLE, STORY as never])
const base = { definitions, registry }

/** What is taken by a draft in which an entity has lost a field, as `item: place …`. */
function takenWithout(entity: string, field: string): readonly string[] {
  const now = copyOf(findDefinition(definitions, 'entity', entity)) as { fields: { name: string }[] }
  now.fields = now.fields.filter(({ name }) => name !== field)
  const candidate = { definitions: withDefinitions(definitions, now), registry }
  return takenUses(base, candidate).map(
    ({ item, uses }) =>
      `${item}: ${uses.map(({ definition, path, inKey }) => `${definition.name}${path}${inKey ? '!' : ''}`).join(' ')}`,
  )
}

describe('what a draft takes away', () => {
  it('is named in values, keys and expectations of scenarios, and wherever else', () => {
    expect(takenWithout('account', 'phone')).to.deep.equal([
      'phone: account_page/form/0/fields/1 account_page/page/highlights/0 open_deals/columns/2 ' +
        'french/texts/entity~1account~1phone! french/texts/entity~1account~1phone#help! ' +
        'story/given/acme/account/phone! story/steps/0/set/phone! story/steps/0/then/problem/path',
    ])
  })

  it('is named by the name of its way back, which leads nowhere without it', () => {
    expect(takenWithout('task', 'about')).to.deep.equal(['about: account_page/page/tabs/2/related'])
  })

  it('is nothing where a field is called otherwise, or nothing named it', () => {
    const now = copyOf(findDefinition(definitions, 'entity', 'account')) as { fields: { name: string }[] }
    now.fields = now.fields.map((one) => (one.name === 'phone' ? { ...one, name: 'mobile' } : one))
    expect(takenUses(base, { definitions: withDefinitions(definitions, now), registry })).to.deep.equal([])
    expect(takenWithout('deal_line', 'quantity')).to.deep.equal([])
  })

  it('is nothing that the draft has in a wrong shape', () => {
    const candidate = { definitions: { ...definitions, option_set: new Map() }, registry }
    expect(takenUses(base, candidate, new Set(['option_set/region']))).to.deep.equal([])
  })

  it('is a definition as a whole, with what names its items', () => {
    const without = { ...definitions, option_set: new Map() }
    const [region] = takenUses(base, { definitions: without, registry })
    expect(region).to.deep.include({ kind: 'option_set', name: 'region', others: [] })
    expect(region?.uses.map(({ path }) => path)).to.include.members([
      '/fields/2/optionSet',
      '/filter/and/1/==/1',
    ])
  })
})
